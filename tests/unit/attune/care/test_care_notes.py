"""A therapist's own note: theirs alone, sealed with their key, never written over, and gone when its time is over."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast, make_cast

from attune.audit.models import Event
from attune.base.errors import Conflict, Refused
from attune.care.notes.actions import Hour, fold_note, fold_notes, keep_moment, write_note
from attune.care.notes.models import Moment, PrivateNote
from attune.care.notes.readers import arrival_of, get_note, list_notes
from attune.care.schedule.actions import plan_appointment
from attune.care.schedule.times import When
from attune.people.viewers import Viewer, get_viewer
from attune.vault.keys import Owner, keyring

pytestmark = pytest.mark.django_db(databases=["default", "vault"])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def hour(cast: Cast) -> Hour:
    today = NOW.date()
    when = When(today, NOW.replace(hour=16, minute=0).time(), "Europe/London", "room")
    made = plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=1))
    return Hour(made.id, made.episode_id)


def ola(cast: Cast) -> Viewer:
    return get_viewer(cast.accounts["Ola"].person_id, at=NOW)


def test_what_is_written_can_be_read_by_its_author_alone(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"intention": "wait", "body": "here", "heart": "way"}, seen=0, by=cast.ben, at=NOW)
        mine = get_note(cast.ben, hour.appointment, at=NOW)
        assert mine is not None
        assert mine.intention == "wait"
        assert arrival_of(mine) == {"body": "here", "heart": "way"}
        assert mine.seal_owner() == Owner("staff", cast.ben.me)
        assert get_note(ola(cast), hour.appointment, at=NOW) is None
        assert list_notes(ola(cast), at=NOW) == []


def test_two_who_work_together_have_a_note_each(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "mine"}, seen=0, by=cast.ben, at=NOW)
        write_note(hour, said={"words": "hers"}, seen=0, by=ola(cast), at=NOW)
        assert [one.words for one in list_notes(cast.ben, at=NOW)] == ["mine"]


def test_a_page_writes_its_own_fields_and_leaves_the_rest(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"intention": "wait"}, seen=0, by=cast.ben, at=NOW)
        write_note(hour, said={"became": "did", "words": "It was quiet."}, seen=1, by=cast.ben, at=NOW)
        mine = get_note(cast.ben, hour.appointment, at=NOW)
        assert mine is not None
        assert (mine.intention, mine.became, mine.words, mine.revision) == ("wait", "did", "It was quiet.", 2)


def test_another_window_is_not_written_over(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "first"}, seen=0, by=cast.ben, at=NOW)
        with pytest.raises(Conflict):
            write_note(hour, said={"words": "second"}, seen=0, by=cast.ben, at=NOW)
        mine = get_note(cast.ben, hour.appointment, at=NOW)
        assert mine is not None
        assert mine.words == "first"


def test_the_same_twice_is_once(cast: Cast, hour: Hour) -> None:
    with keyring():
        for _ in range(2):
            write_note(hour, said={"words": "first", "days": "30"}, seen=0, by=cast.ben, at=NOW)
    assert PrivateNote.objects.get().revision == 1
    assert Event.objects.filter(verb="note.written").count() == 1


def test_nothing_said_is_nothing_kept(cast: Cast, hour: Hour) -> None:
    write_note(hour, said={"words": "  ", "body": ""}, seen=0, by=cast.ben, at=NOW)
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize(
    ("field", "sent"),
    [("body", "tired"), ("became", "failed"), ("taken", "well"), ("words", "x" * 4001), ("days", "400")],
)
def test_what_cannot_be_taken_is_refused_by_field(cast: Cast, hour: Hour, field: str, sent: str) -> None:
    with pytest.raises(Refused) as refused:
        write_note(hour, said={field: sent}, seen=0, by=cast.ben, at=NOW)
    assert list(refused.value.fields) == [field]
    assert not PrivateNote.objects.exists()


def test_it_folds_away_when_its_time_is_over(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "a week", "days": "7"}, seen=0, by=cast.ben, at=NOW)
        keep_moment(hour, by=cast.ben, at=NOW)
        nearly, over = NOW + timedelta(days=6, hours=23), NOW + timedelta(days=7)
        assert get_note(cast.ben, hour.appointment, at=nearly) is not None
        assert get_note(cast.ben, hour.appointment, at=over) is None
        fold_notes(at=nearly)
        assert PrivateNote.objects.exists()
        fold_notes(at=over)
    assert not PrivateNote.objects.exists()
    assert not Moment.objects.exists()


def test_what_folded_away_is_not_brought_back_by_a_page_that_stayed_open(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"intention": "old", "days": "7"}, seen=0, by=cast.ben, at=NOW)
        later = NOW + timedelta(days=8)
        with pytest.raises(Conflict):
            write_note(hour, said={"words": "new"}, seen=1, by=cast.ben, at=later)
        write_note(hour, said={"words": "new"}, seen=0, by=cast.ben, at=later)
        mine = get_note(cast.ben, hour.appointment, at=later)
        assert mine is not None
        assert (mine.intention, mine.words, mine.days) == (None, "new", 7)


def test_the_days_chosen_last_hold_for_the_next(cast: Cast, hour: Hour) -> None:
    other = Hour(
        plan_appointment(
            cast.farah.episode,
            when=When(NOW.date(), NOW.replace(hour=17).time(), "Europe/London", ""),
            by=cast.ben,
            at=NOW,
        ).id,
        cast.farah.episode_id,
    )
    with keyring():
        write_note(hour, said={"words": "a", "days": "90"}, seen=0, by=cast.ben, at=NOW)
        write_note(other, said={"words": "b"}, seen=0, by=cast.ben, at=NOW)
        assert [one.days for one in list_notes(cast.ben, at=NOW)] == [90, 90]


def test_the_days_chosen_outlive_the_note(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "a", "days": "7"}, seen=0, by=cast.ben, at=NOW)
        later = NOW + timedelta(days=20)
        write_note(hour, said={"words": "b"}, seen=0, by=cast.ben, at=later)
        assert [one.days for one in list_notes(cast.ben, at=later)] == [7]


def test_a_new_line_is_one_sign(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "\r\n".join(["x" * 99] * 40)}, seen=0, by=cast.ben, at=NOW)
        assert len(PrivateNote.objects.get().words or "") == 3999


def test_a_moment_is_a_time_and_two_presses_at_once_are_one(cast: Cast, hour: Hour) -> None:
    for seconds in (0, 1, 5):
        keep_moment(hour, by=cast.ben, at=NOW + timedelta(seconds=seconds))
    assert [one.at for one in Moment.objects.order_by("at")] == [NOW, NOW + timedelta(seconds=5)]
    assert Event.objects.filter(subject_kind="private-note").count() == 1, "the audit keeps no moment"


def test_it_can_be_deleted_at_once(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "gone"}, seen=0, by=cast.ben, at=NOW)
        keep_moment(hour, by=cast.ben, at=NOW)
        note = PrivateNote.objects.get().id
        fold_note(note, by=ola(cast), at=NOW)
        assert PrivateNote.objects.count() == 1  # somebody else's is not touched
        fold_note(note, by=cast.ben, at=NOW)
    assert not PrivateNote.objects.exists()
    assert not Moment.objects.exists()


def test_the_audit_knows_that_it_was_written_and_no_word_of_it(cast: Cast, hour: Hour) -> None:
    with keyring():
        write_note(hour, said={"words": "secret words"}, seen=0, by=cast.ben, at=NOW)
    event = Event.objects.get(verb="note.written")
    assert (event.subject_kind, event.actor) == ("private-note", cast.ben.me)
    stored = PrivateNote.objects.values_list("words", flat=True).get()
    assert b"secret" not in bytes(stored)
