"""Events are written with the work that they tell of, last, all or none, and in one chain."""

from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, Thread
from threading import Event as Flag

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from support.actors import NOON, Actor

from attune.audit import journal, note, unit
from attune.audit.chain import hash_of, sql_text, text_of
from attune.audit.models import Event, Shown
from attune.audit.verify import verify
from attune.base.ids import new_id

pytestmark = pytest.mark.django_db


def in_threads(*works):
    """Run each in a thread of its own with its own connections; raise what any of them raised."""
    raised = []

    def run(work):
        try:
            work()
        except Exception as problem:
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


def test_an_event_says_who_what_and_whose(ben):
    subject, episode, amara = new_id(), new_id(), new_id()
    note("brief.read", by=ben, at=NOON, subject=subject, subject_kind="brief", episode=episode, shown=[amara, amara])
    event = Event.objects.get()
    assert (event.seq, event.prev, event.at, event.actor, event.actor_kind) == (1, "", NOON, ben.person_id, "person")
    assert (event.verb, event.subject_kind, event.subject, event.episode) == ("brief.read", "brief", subject, episode)
    assert [(row.event_id, row.person) for row in Shown.objects.all()] == [(event.id, amara)]
    assert event.shown == hash_of(amara.hex)
    assert event.hash == hash_of(text_of(event))


def test_the_machine_and_the_unknown_have_no_id():
    note("link.refused", by=Actor(None, "anonymous"), at=NOON)
    note("reminder.due", by=Actor(None, "machine"), at=NOON)
    assert list(Event.objects.order_by("seq").values_list("actor", "actor_kind")) == [
        (None, "anonymous"),
        (None, "machine"),
    ]


@pytest.mark.parametrize(
    "at", [datetime(2026, 3, 2, 12, tzinfo=UTC), NOON, datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)]
)
def test_both_languages_write_an_event_as_the_same_text(ben, at):
    note("brief.read", by=ben, at=at, subject=new_id(), subject_kind="brief", shown=[new_id()])
    note("link.refused", by=Actor(None, "anonymous"), at=at)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql_text(connection.vendor, 'e')} FROM audit_event e ORDER BY seq")
        assert [text for (text,) in cursor.fetchall()] == [text_of(event) for event in Event.objects.order_by("seq")]


def test_events_of_one_unit_follow_each_other(ben):
    with unit() as record:
        for _ in range(200):  # more than one statement's worth on SQLite
            record("brief.read", by=ben, at=NOON)
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 201))
    assert verify().whole


def test_events_are_the_last_statements(ben):
    with CaptureQueriesContext(connection) as said, unit() as record:
        record("session.held", by=ben, at=NOON, shown=[new_id(), new_id()])
        Session.objects.create(session_key="a", session_data="", expire_date=NOON)
    writes = [query["sql"] for query in said.captured_queries if query["sql"].startswith("INSERT")]
    assert ["django_session" in writes[0], "audit_event" in writes[1], "audit_shown" in writes[2]] == [True] * 3
    assert len(writes) == 3


def test_a_unit_without_events_writes_none():
    with unit():
        pass
    assert not Event.objects.exists()


def test_what_fails_leaves_no_event(ben):
    with suppress(ZeroDivisionError), unit() as record:
        Session.objects.create(session_key="a", session_data="", expire_date=NOON)
        record("session.held", by=ben, at=NOON)
        1 / 0  # noqa: B018
    assert not Event.objects.exists()
    assert not Session.objects.exists()
    note("brief.read", by=ben, at=NOON)
    assert verify().count == 1


def test_a_unit_inside_a_unit_joins_it(ben):
    with unit() as outer:
        outer("first.done", by=ben, at=NOON)
        with unit() as inner:
            inner("second.done", by=ben, at=NOON)
        assert not Event.objects.exists()
        outer("third.done", by=ben, at=NOON)
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == [
        "first.done",
        "second.done",
        "third.done",
    ]


@pytest.mark.parametrize("events", [0, 1])
def test_a_failure_inside_ends_the_whole_unit_even_when_caught(ben, events):
    def whole():
        with unit() as record:
            for _ in range(events):
                record("session.held", by=ben, at=NOON)
            with suppress(ZeroDivisionError), unit():
                Session.objects.create(session_key="a", session_data="", expire_date=NOON)
                1 / 0  # noqa: B018

    with pytest.raises(transaction.TransactionManagementError, match="nothing of it is kept"):
        whole()
    assert not Event.objects.exists()
    assert not Session.objects.exists()


def test_a_unit_is_not_put_inside_another_transaction(ben):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), unit():
        pass


@pytest.mark.parametrize(("verb", "kind"), [("Amara said", ""), ("", ""), ("brief.read", "a note: he left"), ("é", "")])
def test_no_content_gets_in_as_a_word(ben, verb, kind):
    with pytest.raises(ValueError, match="no content"):
        note(verb, by=ben, at=NOON, subject_kind=kind)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_make_one_chain(ben):
    ready = Barrier(8)

    def write():
        ready.wait(10)
        for _ in range(6):
            with unit() as record:
                record("brief.read", by=ben, at=NOON, shown=[new_id()])
                record("checkin.received", by=ben, at=NOON)

    in_threads(*[write] * 8)
    verdict = verify()
    assert (verdict.whole, verdict.count) == (True, 96)


@pytest.mark.django_db(transaction=True)
def test_two_crossed_transactions_do_not_wait_for_each_other(ben):
    """One has told the journal and still wants a row; the other holds that row and is about to end. Were events
    written when they are told, each would wait for the other for ever."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    Session.objects.create(session_key="shared", session_data="", expire_date=NOON)
    told, held = Flag(), Flag()

    def first():
        with unit() as record:
            record("first.done", by=ben, at=NOON)
            told.set()
            assert held.wait(10)
            Session.objects.filter(session_key="shared").update(session_data="first")

    def second():
        with unit() as record:
            assert told.wait(10)
            Session.objects.filter(session_key="shared").update(session_data="second")
            held.set()
            record("second.done", by=ben, at=NOON)

    in_threads(first, second)
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True)) == ["second.done", "first.done"]
    assert Session.objects.get().session_data == "first"


def test_whoever_waits_too_long_for_a_turn_is_told_as_by_the_database(monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at once")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    with journal._turn, pytest.raises(OperationalError), journal.unit():
        pass
    with journal.unit():
        pass
