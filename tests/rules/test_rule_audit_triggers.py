"""The guard of the audit stands after all migrations. A remade table would have lost it without a word."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from support import guard

from attune.audit.triggers import installed_triggers, missing_triggers


def test_every_migration_has_run_and_every_trigger_stands(db: None) -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert missing_triggers(connection) == set()
    assert len(installed_triggers(connection)) == 5


def test_a_guard_that_is_gone_is_missed(db: None) -> None:
    stood = installed_triggers(connection)
    guard.drop_triggers()
    assert missing_triggers(connection) == stood
