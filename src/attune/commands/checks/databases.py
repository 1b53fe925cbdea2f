"""The databases themselves: as new as the program, in a safe journal, with the audit guarded."""

from collections.abc import Iterator
from importlib.metadata import version as version_of

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from attune.audit.triggers import missing_triggers
from attune.base.sqlite import wal_is_safe
from attune.people.models import Installation
from attune.people.readers import NOT_BEGUN

_OURS = {"vault", "audit", "people", "care"}


def pending() -> Iterator[str]:
    """Migrations that are missing, or that this program does not know. Before these, nothing else can be asked."""
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield f"The database “{alias}” is older than this program: run `attune migrate`."
        known = set(executor.loader.disk_migrations)
        if any(key not in known for key in executor.loader.applied_migrations if key[0] in _OURS):
            yield f"The database “{alias}” is newer than this program: install the newer program again."


def journal() -> Iterator[str]:
    """SQLite that can corrupt itself."""
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


def guards() -> Iterator[str]:
    """An audit that could be changed."""
    missing = missing_triggers(connections["default"])
    if missing:
        yield f"The audit is not guarded ({', '.join(sorted(missing))} missing): restore the database from a backup."


def release() -> Iterator[str]:
    """What a newer program wrote."""
    house = Installation.objects.first()
    if house is None:
        yield NOT_BEGUN
    elif _parts(house.version) > _parts(version_of("attune-therapy")):
        yield f"This database was made by Attune {house.version}: install that release or a newer one."


def _parts(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".") if part.isdigit())
