"""The files of the house: closed to everybody else on the machine."""

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from attune.environment import DEMO_MASTER_FILE


def readable_by_others() -> Iterator[str]:
    """The home, a key or a database that others on this machine can open."""
    key = settings.ATTUNE.master_key_file
    for path in (settings.ATTUNE.home, *_state(settings.ATTUNE.home), *([key] if key else [])):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by other users of this machine: chmod go= {path}"


def _state(home: Path) -> list[Path]:
    return [home / name for name in ("secret.key", DEMO_MASTER_FILE, "attune.sqlite3", "vault.sqlite3")]
