"""The master key: it opens the vault, and does not lie beside what it opens."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from attune.base.errors import Misconfigured
from attune.commands.checks.backups import list_backups, list_files
from attune.environment import DEMO_MASTER_FILE
from attune.people.models import Installation
from attune.vault.keys import check_master

KEY_AT_HOME = "The master key lies inside ATTUNE_HOME, beside what it opens: move the file elsewhere and name it there."
#: What holds a key is small: a file of its own, or one of settings.
_AT_MOST = 64 * 1024


def master() -> Iterator[str]:
    """A key that is missing or another one, lies at home, or is a demo's."""
    try:
        check_master()
    except Misconfigured as problem:
        yield problem.sentence
    if settings.ATTUNE.key_lies_at_home:
        yield KEY_AT_HOME
    house = Installation.objects.first()
    if house and house.kind == "clinic" and (settings.ATTUNE.home / DEMO_MASTER_FILE).exists():
        yield "A demo's master key lies in the home of a clinic: move the clinic's data to a home of its own."


def beside_a_backup() -> Iterator[str]:
    """Whoever carries that folder away has what is sealed and what opens it."""
    key = settings.ATTUNE.master_key_file
    if key is None or settings.ATTUNE.key_lies_at_home:
        return
    for path in list_backups(key.parent):
        yield (
            f"{path} looks like a database or a backup of one, and the master key lies in the same folder: move one of "
            "the two to where nobody takes both."
        )


def copied_home() -> Iterator[str]:
    """The master key written into a file beside the databases, such as one of settings."""
    keys = [key for key in (settings.ATTUNE.master_key, settings.ATTUNE.master_key_old) if key]
    for folder in _folders():
        for path in list_files(folder):
            if path.name != DEMO_MASTER_FILE and _holds(path, [b64encode(key) for key in keys]):
                yield (
                    f"{path} holds the master key, beside what it opens: move it out of that folder, and name the "
                    "key's file elsewhere in ATTUNE_MASTER_KEY_FILE."
                )


def _folders() -> list[Path]:
    """Where something lies that the key opens."""
    databases = [Path(config["NAME"]).parent for config in settings.DATABASES.values() if "sqlite3" in config["ENGINE"]]
    return sorted({folder.resolve() for folder in (settings.ATTUNE.home, *databases) if folder.is_dir()})


def _holds(path: Path, texts: list[bytes]) -> bool:
    if path.resolve() == settings.ATTUNE.master_key_file or path.stat().st_size > _AT_MOST:
        return False
    content = path.read_bytes()
    return any(text in content for text in texts)
