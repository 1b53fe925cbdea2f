"""The one place that lifts the guard of the audit: to empty the tables between tests, and to tamper in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from attune.audit.triggers import TABLES, installed_triggers, reinstall


@contextmanager
def lifted() -> Iterator[None]:
    """Take the triggers away, as somebody with the database's password could, and put them back."""
    drop_triggers()
    try:
        yield
    finally:
        reinstall(connection.schema_editor())


def drop_triggers() -> None:
    """Take the triggers away for good."""
    with connection.cursor() as cursor:
        for name in installed_triggers(connection):
            table = next(table for table in TABLES if name.startswith(table))
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def let_flushes_through() -> None:
    """Transactional tests empty all tables at their end: for that moment, and only then, the guard is lifted."""
    teardown = TransactionTestCase._fixture_teardown

    def lifting(self: Any) -> None:
        with lifted():
            teardown(self)

    TransactionTestCase._fixture_teardown = lifting
