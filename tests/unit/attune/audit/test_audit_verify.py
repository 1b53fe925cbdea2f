"""Whoever gets past the triggers is still found: the first event that is not as it was written is named."""

from datetime import timedelta

import pytest
from django.db.models import F
from support import guard
from support.actors import NOON

from attune.audit.chain import hash_of, text_of
from attune.audit.commands import run_head, run_verify
from attune.audit.models import Event, Shown
from attune.audit.verify import CHUNK, Head, head, verify
from attune.base.errors import Refused
from attune.base.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def seven(some_events):
    """Seven events, and the head that somebody wrote down."""
    some_events(7)
    return head()


def tamper(**changes):
    """Change event 4 past the triggers, leaving its hash as it was."""
    with guard.lifted():
        assert Event.objects.filter(seq=4).update(**changes) == 1


def rehash(first: int) -> None:
    """What a careful forger does: compute the chain anew from here."""
    prev = Event.objects.get(seq=first - 1).hash if first > 1 else ""
    with guard.lifted():
        for event in Event.objects.filter(seq__gte=first).order_by("seq"):
            event.prev = prev
            event.hash = prev = hash_of(text_of(event))
            event.save()


def named(known: Head | None = None) -> tuple[int, str]:
    fault = verify(known).fault
    assert fault is not None
    assert fault.id in ("", *(row.id.hex for row in Event.objects.filter(seq=fault.seq)))
    return fault.seq, fault.what


def test_a_chain_left_alone_is_whole(seven):
    verdict = verify(seven)
    assert (verdict.whole, verdict.count, verdict.head) == (True, 7, seven)
    assert verify(Head(3, Event.objects.get(seq=3).hash)).whole


def test_an_empty_chain_is_whole():
    assert verify().whole
    assert str(head()) == "0:"
    assert verify(head()).whole


@pytest.mark.parametrize(
    "changes",
    [
        {"verb": "brief.printed"},
        {"actor": None},
        {"subject": F("episode")},
        {"at": NOON - timedelta(days=1)},
        {"at": NOON - timedelta(microseconds=1)},
        {"actor_kind": "machine"},
        {"shown": "0" * 64},
        {"prev": "0" * 64},
        {"hash": "0" * 64},
        {"id": "0190a6a0-0000-7000-8000-000000000000"},
    ],
)
def test_an_edited_event_is_named(seven, changes):
    tamper(**changes)
    seq, what = named()
    assert (seq, "edited" in what) == (4, True)


def test_an_edited_event_with_its_hash_made_anew_is_named_by_the_next(seven):
    tamper(verb="brief.printed")
    event = Event.objects.get(seq=4)
    tamper(hash=hash_of(text_of(event)))
    seq, what = named()
    assert (seq, "does not follow" in what) == (5, True)


def test_a_chain_written_anew_is_found_by_the_head(seven):
    tamper(verb="brief.printed")
    rehash(4)
    assert verify().whole
    assert named(seven) == (
        7,
        "it is not the event that stood here when the head was written down: the chain was rewritten",
    )


@pytest.mark.parametrize("seq", [1, 4])
def test_an_event_deleted_from_the_middle_is_named(seven, seq):
    with guard.lifted():
        Event.objects.filter(seq=seq).delete()
    assert named() == (seq + 1, f"before it, event {seq} is missing: it was deleted or moved")


def test_an_event_deleted_and_the_gap_closed_is_named(seven):
    with guard.lifted():
        Event.objects.filter(seq=4).delete()
        for seq in (5, 6, 7):
            Event.objects.filter(seq=seq).update(seq=seq - 1)
    assert named()[0] == 4


def test_a_deleted_end_is_found_by_the_head(seven):
    with guard.lifted():
        Event.objects.filter(seq__gt=4, shown="").delete()
        Shown.objects.filter(event__seq=6).delete()
        Event.objects.filter(seq=6).delete()
    assert verify().whole
    seq, what = named(seven)
    assert (seq, "cut off" in what, "7" in what) == (5, True, True)


def test_reordered_events_are_named(seven):
    with guard.lifted():
        Event.objects.filter(seq=4).update(seq=99)
        Event.objects.filter(seq=5).update(seq=4)
        Event.objects.filter(seq=99).update(seq=5)
    assert named()[0] == 4


def test_reordered_events_with_hashes_of_their_own_are_named(seven):
    with guard.lifted():
        Event.objects.filter(seq=4).update(seq=99)
        Event.objects.filter(seq=5).update(seq=4)
        Event.objects.filter(seq=99).update(seq=5)
        for event in Event.objects.filter(seq__in=(4, 5)):
            event.hash = hash_of(text_of(event))
            event.save()
    seq, what = named()
    assert (seq, "does not follow" in what) == (4, True)


@pytest.mark.parametrize("seq", [0, -3, 8])
def test_an_event_slipped_in_is_named(seven, seq):
    forged = Event(seq=seq, at=NOON, actor_kind="machine", verb="forged.one", prev="f" * 64)
    forged.hash = hash_of(text_of(forged))
    with guard.lifted():
        forged.save(force_insert=True)
    assert named()[0] == seq


def test_a_person_shown_cannot_be_added_exchanged_or_removed(seven):
    third, fourth = Event.objects.get(seq=3), Event.objects.get(seq=4)
    with guard.lifted():
        added = Shown.objects.create(event=fourth, person=new_id())
    assert named() == (4, "the persons shown are not those it was written with")
    with guard.lifted():
        added.delete()
        Shown.objects.filter(pk=third.shown_persons.first().pk).update(person=new_id())
    assert named()[0] == 3
    with guard.lifted():
        third.shown_persons.all().delete()
    assert named()[0] == 3


def test_a_long_chain_is_read_in_chunks(some_events, monkeypatch):
    monkeypatch.setattr("attune.audit.verify.CHUNK", 2)
    some_events(7)
    assert (verify().whole, verify().count) == (True, 7)
    tamper(verb="brief.printed")
    assert named()[0] == 4
    assert CHUNK > 2


def test_what_the_commands_say(seven):
    assert run_head() == (0, f"7:{seven.hash}")
    assert run_verify(f"7:{seven.hash}") == (0, f"Whole: 7 events, each as it was written. Head 7:{seven.hash}")
    assert run_verify(f"8:{seven.hash}")[0] == 1
    tamper(verb="brief.printed")
    code, sentence = run_verify()
    assert code == 1
    assert sentence.startswith(f"Not whole. Event 4 ({Event.objects.get(seq=4).id.hex}): it was edited")


@pytest.mark.parametrize("text", ["", "7", "x:abc", "-1:abc", "٣:abc"])
def test_a_head_of_another_form_is_refused(text):
    with pytest.raises(Refused, match="SEQ:HASH"):
        Head.parse(text)
