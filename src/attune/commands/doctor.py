"""`attune doctor`: what is unsafe about this set-up, each with what to do. `serve` refuses what it finds."""

import stat
from argparse import Namespace
from collections.abc import Callable, Iterator
from importlib.metadata import version as version_of
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from attune.audit.triggers import missing_triggers
from attune.base.errors import Misconfigured
from attune.base.sqlite import wal_is_safe
from attune.environment import DEMO_MASTER_FILE
from attune.people.models import Installation
from attune.people.readers import NOT_BEGUN
from attune.vault.keys import check_master


def run(words: Namespace) -> int:
    """Print what was found; 1 when something is wrong."""
    faults = list_faults()
    for fault in faults:
        print(f"✗ {fault}")
    if not faults:
        print("Nothing is wrong that this command can see.")
    return 1 if faults else 0


def list_faults() -> list[str]:
    """Every fault as a sentence: what is wrong, and what to do."""
    pending = list(_pending())
    return pending or [fault for check in _CHECKS for fault in check()]


def _pending() -> Iterator[str]:
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield f"The database “{alias}” is older than this program: run `attune migrate`."
        known = set(executor.loader.disk_migrations)
        if any(key not in known for key in executor.loader.applied_migrations if key[0] in _OURS):
            yield f"The database “{alias}” is newer than this program: install the newer program again."


KEY_AT_HOME = "The master key lies inside ATTUNE_HOME, beside what it opens: move the file elsewhere and name it there."
_OURS = {"vault", "audit", "people", "care"}


def _journal() -> Iterator[str]:
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite" or wal_is_safe():
            continue
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone()[0] == "wal":
                yield (
                    f"“{alias}” is in write-ahead mode under a SQLite that can corrupt itself there: stop every "
                    "process that has it open, and start again; Attune chooses the safe journal."
                )


def _master() -> Iterator[str]:
    try:
        check_master()
    except Misconfigured as problem:
        yield problem.sentence
    if settings.ATTUNE.key_lies_at_home:
        yield KEY_AT_HOME
    house = Installation.objects.first()
    if house and house.kind == "clinic" and (settings.ATTUNE.home / DEMO_MASTER_FILE).exists():
        yield "A demo's master key lies in the home of a clinic: move the clinic's data to a home of its own."


def _readable_by_others() -> Iterator[str]:
    key = settings.ATTUNE.master_key_file
    for path in (settings.ATTUNE.home, *_state(settings.ATTUNE.home), *([key] if key else [])):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"{path} can be read by other users of this machine: chmod go= {path}"


def _state(home: Path) -> list[Path]:
    return [home / name for name in ("secret.key", DEMO_MASTER_FILE, "attune.sqlite3", "vault.sqlite3")]


def _databases_elsewhere() -> Iterator[str]:
    chosen = {"DATABASE_URL": settings.ATTUNE.database_url, "VAULT_DATABASE_URL": settings.ATTUNE.vault_database_url}
    for name, url in chosen.items():
        parts = urlsplit(url)
        if parts.scheme == "sqlite" or unquote(parts.hostname or "/").startswith("/") or is_here(parts.hostname):
            continue
        if not parts.password:
            yield f"{name} reaches another machine without a password: give its user one, and say it there."
        if parse_qs(parts.query).get("sslmode", [""])[-1] not in _ENCRYPTED:
            yield f"{name} reaches another machine in clear: add ?sslmode=verify-full (or require) to it."


def is_here(host: str | None) -> bool:
    """Whether this name or number is this machine and no other."""
    return host in ("localhost", "::1") or (host or "").startswith("127.")


_ENCRYPTED = {"require", "verify-ca", "verify-full"}


def _guards() -> Iterator[str]:
    missing = missing_triggers(connections["default"])
    if missing:
        yield f"The audit is not guarded ({', '.join(sorted(missing))} missing): restore the database from a backup."


def _release() -> Iterator[str]:
    house = Installation.objects.first()
    if house is None:
        yield NOT_BEGUN
    elif _parts(house.version) > _parts(version_of("attune-therapy")):
        yield f"This database was made by Attune {house.version}: install that release or a newer one."


def _parts(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdigit())


_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    _journal,
    _master,
    _readable_by_others,
    _databases_elsewhere,
    _guards,
    _release,
)
