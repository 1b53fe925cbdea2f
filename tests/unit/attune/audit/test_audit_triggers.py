"""The database refuses to change the audit, and a table remade without its guard is noticed."""

import pytest
from django.db import DatabaseError, connection, models, transaction
from support import guard
from support.actors import NOON, Actor

from attune.audit import note
from attune.audit.commands import run_verify
from attune.audit.models import Event
from attune.audit.triggers import installed_triggers, missing_triggers, reinstall
from attune.base.ids import new_id

pytestmark = pytest.mark.django_db
TABLES = ["audit_event", "audit_shown"]


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(caught.value)


def test_after_all_migrations_every_trigger_stands():
    assert missing_triggers(connection) == set()
    assert len(installed_triggers(connection)) == 5


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_changed_or_removed(some_events, table):
    some_events(3)
    assert "append-only" in refused(f"UPDATE {table} SET id = id")
    assert "append-only" in refused(f"DELETE FROM {table}")
    if connection.vendor == "postgresql":
        connection.check_constraints()  # nothing pending that would stop it for another reason
        assert "append-only" in refused(f"TRUNCATE {table} CASCADE")
    assert Event.objects.count() == 3


def test_an_event_cannot_be_put_out_of_place(some_events):
    """SQLite refuses it; on PostgreSQL the trigger gives every event its place, whatever it claims."""
    some_events(2)
    forged = Event(seq=7, at=NOON, actor_kind="machine", verb="forged.one", prev="f" * 64, hash="f" * 64)
    if connection.vendor == "sqlite":
        for seq, prev in ((7, "f" * 64), (3, "f" * 64), (2, Event.objects.get(seq=1).hash)):
            forged.seq, forged.prev = seq, prev
            with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
                forged.save(force_insert=True)
    else:
        forged.save(force_insert=True)
        placed = Event.objects.get(verb="forged.one")
        assert (placed.seq, placed.prev) == (3, Event.objects.get(seq=2).hash)
    assert run_verify()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_a_remade_table_has_lost_its_guard_and_gets_it_back(some_events):
    some_events(3)
    wider = models.CharField(max_length=90)
    wider.set_attributes_from_name("verb")
    wider.model = Event
    own = Event._meta.get_field("verb")
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Event, own, wider)
        if connection.vendor == "sqlite":
            assert missing_triggers(connection) >= {"audit_event_chain", "audit_event_no_update"}
            code, sentence = run_verify()
            assert code == 1
            assert "guard is down" in sentence
            assert "audit_event_chain" in sentence
        with connection.schema_editor() as editor:
            reinstall(editor)
        assert missing_triggers(connection) == set()
        assert "append-only" in refused("DELETE FROM audit_event")
        note("brief.read", by=Actor(new_id()), at=NOON)
        assert run_verify()[0] == 0
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Event, wider, own)
            reinstall(editor)


def test_the_guard_is_lifted_for_a_moment_only(some_events):
    some_events(1)
    with guard.lifted():
        assert installed_triggers(connection) == set()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_event")
    assert missing_triggers(connection) == set()
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_transactional_test_wrote_is_flushed_after_it(some_events):
    some_events(3)


def test_and_the_next_one_finds_an_empty_guarded_audit():
    assert not Event.objects.exists()
    assert missing_triggers(connection) == set()
