"""An hour from its therapist's side: arriving, the closed book, looking back, one's own notes."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import answered, planned, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.audit.models import Event, Shown
from attune.base.clock import fixed
from attune.care.checkins.actions import mark_read
from attune.care.episodes.actions import end_assignment, grant_deputy
from attune.care.episodes.models import Assignment
from attune.care.notes.actions import Hour, write_note
from attune.care.notes.models import Moment, PrivateNote
from attune.care.schedule.actions import cancel_appointment, hold_session, note_not_seen
from attune.care.schedule.models import Appointment
from attune.people.models import Person
from attune.vault.keys import keyring

IN_THE_HOUR = NOW + timedelta(minutes=10)


@pytest.fixture
def hour(cast: Cast) -> Appointment:
    """Amara comes at 15:45; it is 15:40."""
    return planned(cast.amara, cast.ben, NOW + timedelta(minutes=5))


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield signed_in(cast)


def address(hour: Appointment, page: str) -> str:
    return f"/desk/appointments/{hour.id}/{page}/"


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def note(cast: Cast) -> PrivateNote:
    return PrivateNote.objects.get(author=cast.ben.me)


def test_arriving_keeps_an_intention_and_closes_the_book(cast: Cast, ben: Client, hour: Appointment) -> None:
    sent = {"body": "here", "heart": "way", "intention": "Wait until she has finished.", "revision": "0"}
    page = ben.post(address(hour, "arrive"), sent)
    assert (page.status_code, page["Location"]) == (302, address(hour, "closed-book"))
    assert note(cast).intention == "Wait until she has finished."
    again = text_of(ben, address(hour, "arrive"))
    assert "Wait until she has finished." in again
    assert 'name="body" value="here" id="body" checked' in again


def test_everything_may_be_left(cast: Cast, ben: Client, hour: Appointment) -> None:
    assert ben.post(address(hour, "arrive"), {"revision": "0"}).status_code == 302
    assert not PrivateNote.objects.exists()


def test_what_is_too_long_comes_back_with_its_reason(ben: Client, hour: Appointment) -> None:
    page = ben.post(address(hour, "arrive"), {"intention": "x" * 201, "revision": "0"})
    assert page.status_code == 422
    assert "At most 200 letters." in page.content.decode()
    assert "x" * 201 in page.content.decode()
    assert not PrivateNote.objects.exists()


def test_the_second_window_finds_both_texts(cast: Cast, ben: Client, hour: Appointment) -> None:
    ben.post(address(hour, "arrive"), {"intention": "first", "revision": "0"})
    page = ben.post(address(hour, "arrive"), {"intention": "second", "revision": "0"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "first" in text
    assert "second" in text
    assert 'name="revision" value="1"' in text
    assert ben.post(address(hour, "arrive"), {"intention": "second", "revision": "1"}).status_code == 302
    assert note(cast).intention == "second"


def test_the_closed_book_shows_name_time_and_wish_and_nothing_may_reach_it(
    cast: Cast, ben: Client, hour: Appointment
) -> None:
    came = answered(
        cast.amara, cast.ben, ask("before", "attune-before", "full", appointment_id=hour.id), {"today": "My father."}
    )
    waits = text_of(ben, address(hour, "closed-book"))
    assert "My father." not in waits, "what was not opened is read in the brief"
    assert "Something stands in the brief for you." in waits
    mark_read(came, by=cast.ben, at=NOW)
    page = ben.get(address(hour, "closed-book"))
    text = page.content.decode()
    assert "My father." in text
    assert "15:45 to 16:35" in text
    assert "connect-src 'none'" in page["Content-Security-Policy"]
    assert "Caseload" not in text, "no way to other people's names lies open in the room"


def test_of_a_couple_no_words_lie_open(cast: Cast, ben: Client) -> None:
    both = planned(cast.farah, cast.ben, NOW + timedelta(minutes=20))
    came = answered(
        cast.farah, cast.ben, ask("before", "attune-before", "full", appointment_id=both.id), {"today": "His debts."}
    )
    mark_read(came, by=cast.ben, at=NOW)
    text = text_of(ben, address(both, "closed-book"))
    assert "His debts." not in text
    assert "brief" not in text


def test_a_moment_is_kept_by_one_press_and_stands_on_the_page_to_look_back(
    cast: Cast, ben: Client, hour: Appointment
) -> None:
    with fixed(IN_THE_HOUR):
        assert ben.post(address(hour, "closed-book")).status_code == 302
        assert Moment.objects.get().at == IN_THE_HOUR
        assert "One is kept, at 15:50." in text_of(ben, address(hour, "closed-book"))
        assert ">15:50</time>" in text_of(ben, address(hour, "reflection"))


def test_looking_back(cast: Cast, ben: Client, hour: Appointment) -> None:
    ben.post(address(hour, "arrive"), {"intention": "Wait.", "revision": "0"})
    assert ben.get(address(hour, "reflection")).status_code == 409, "it has not begun"
    with fixed(IN_THE_HOUR):
        hold_session(hour, by=cast.ben, at=IN_THE_HOUR)
        assert "Wait." in text_of(ben, address(hour, "reflection"))
        sent = {"became": "partly", "words": "I hurried Amara.", "moved": "hurry", "taken": "explained", "days": "7"}
        page = ben.post(address(hour, "reflection"), sent | {"revision": "1"})
        assert (page.status_code, page["Location"]) == (302, "/desk/notes/")
        text = text_of(ben, "/desk/notes/")
    for said in ("Wait.", "partly", "I hurried Amara.", "hurry", "I explained", "folds away on 24 November 2026"):
        assert said in text


def test_an_hour_that_was_called_off_has_no_pages(cast: Cast, ben: Client, hour: Appointment) -> None:
    cancel_appointment(hour, side="client", by=cast.ben, at=NOW)
    assert [ben.get(address(hour, page)).status_code for page in ("arrive", "closed-book", "reflection")] == [409] * 3


def test_what_is_taken_to_supervision_names_no_client(cast: Cast, ben: Client, hour: Appointment) -> None:
    said = {"words": "I hurried amara, unlike Farah; Amaranth is a plant.", "intention": "Wait.", "moved": "hurry"}
    write_note(Hour(hour.id, hour.episode_id), said=said, seen=0, by=cast.ben, at=NOW)
    mine = note(cast).id
    text = unescape(ben.post("/desk/notes/", {"take": [f"{mine}:words", f"{mine}:nothing"]}).content.decode())
    assert "I hurried [client], unlike [client]; Amaranth is a plant." in text
    assert "Wait." not in text
    assert "No line was ticked." in ben.post("/desk/notes/").content.decode()


def test_a_note_is_nobody_elses(cast: Cast, ben: Client, hour: Appointment) -> None:
    said = {"words": "Mine alone.", "intention": "Only mine."}
    write_note(Hour(hour.id, hour.episode_id), said=said, seen=0, by=cast.ben, at=NOW)
    person = Person.objects.get(pk=cast.accounts["Ola"].person_id)
    until = NOW + timedelta(days=1)
    grant_deputy(cast.amara.episode, person=person, until=until, reason="Ill.", by=cast.ben, at=NOW)
    ola = signed_in(cast, "Ola")
    with fixed(IN_THE_HOUR):
        for where in (*(address(hour, page) for page in ("arrive", "closed-book", "reflection")), "/desk/notes/"):
            text = text_of(ola, where)
            assert "ine alone" not in text
            assert "nly mine" not in text
        ola.post("/desk/notes/", {"fold": str(note(cast).id)})
        ola.post(address(hour, "reflection"), {"words": "Hers.", "revision": "0"})
        ola.post("/desk/notes/", {"take": f"{note(cast).id}:words"})
    assert note(cast).words == "Mine alone."


def test_where_the_work_is_not_ones_own_any_more_the_note_stays_and_the_name_goes(
    cast: Cast, ben: Client, hour: Appointment
) -> None:
    write_note(Hour(hour.id, hour.episode_id), said={"words": "It was quiet."}, seen=0, by=cast.ben, at=NOW)
    end_assignment(Assignment.objects.get(episode=cast.amara.episode, until=None), by=cast.ben, at=NOW)
    text = text_of(ben, "/desk/notes/")
    assert "It was quiet." in text
    assert "not your work any more" in text
    assert "Amara" not in text
    assert ben.get(address(hour, "reflection")).status_code == 404


def test_deleted_at_once(cast: Cast, ben: Client, hour: Appointment) -> None:
    write_note(Hour(hour.id, hour.episode_id), said={"words": "Gone."}, seen=0, by=cast.ben, at=NOW)
    assert ben.post("/desk/notes/", {"fold": "nothing"}).status_code == 404
    assert ben.post("/desk/notes/", {"fold": str(note(cast).id)}).status_code == 302
    assert not PrivateNote.objects.exists()


def test_an_hour_to_which_nobody_came_keeps_its_note_in_its_authors_hands(
    cast: Cast, ben: Client, hour: Appointment
) -> None:
    ben.post(address(hour, "arrive"), {"intention": "Wait.", "revision": "0"})
    with fixed(IN_THE_HOUR):
        note_not_seen(hour, by=cast.ben, at=IN_THE_HOUR)
        assert "Wait." in text_of(ben, address(hour, "reflection"))
        sent = {"words": "I waited, and was sad.", "revision": "1"}
        assert ben.post(address(hour, "reflection"), sent).status_code == 302
    assert note(cast).words == "I waited, and was sad."


def test_what_was_typed_while_the_hour_was_called_off_is_kept(cast: Cast, ben: Client, hour: Appointment) -> None:
    with fixed(IN_THE_HOUR):
        note_not_seen(hour, by=cast.ben, at=IN_THE_HOUR)
        assert ben.post(address(hour, "reflection"), {"words": "Typed.", "revision": "0"}).status_code == 302
    assert note(cast).words == "Typed."


def test_every_field_that_the_other_window_kept_otherwise_is_shown(cast: Cast, ben: Client, hour: Appointment) -> None:
    with fixed(IN_THE_HOUR):
        ben.post(address(hour, "reflection"), {"words": "Same.", "moved": "Moved first", "revision": "0"})
        page = ben.post(address(hour, "reflection"), {"words": "Same.", "moved": "second", "revision": "0"})
    text = unescape(page.content.decode())
    assert "What moved me, as it was kept:" in text
    assert "Moved first" in text
    assert "What stays with me, as it was kept:" not in text


def test_the_days_chosen_last_are_ticked_on_the_next_page(cast: Cast, ben: Client, hour: Appointment) -> None:
    earlier = planned(cast.farah, cast.ben, NOW - timedelta(hours=2))
    ben.post(address(earlier, "reflection"), {"words": "A.", "days": "7", "revision": "0"})
    with fixed(IN_THE_HOUR):
        assert 'value="7" id="days" checked' in text_of(ben, address(hour, "reflection"))


def test_moments_stand_in_my_notes(cast: Cast, ben: Client, hour: Appointment) -> None:
    with fixed(IN_THE_HOUR):
        ben.post(address(hour, "closed-book"))
        assert "moments: 15:50" in text_of(ben, "/desk/notes/")


def test_what_comes_in_during_the_hour_is_no_signal(cast: Cast, ben: Client, hour: Appointment) -> None:
    with fixed(IN_THE_HOUR):
        answered(
            cast.amara, cast.ben, ask("before", "attune-before", "full", appointment_id=hour.id), {"today": "Late."}
        )
        text = text_of(ben, address(hour, "closed-book"))
    assert "Late." not in text
    assert "Something stands in the brief" not in text


def test_short_words_are_given_back_too_when_the_session_ran_out(ben: Client, hour: Appointment) -> None:
    text_of(ben, address(hour, "arrive"))
    with fixed(NOW + timedelta(minutes=20)):
        sent = urlencode({"moved": "hurry", "words": "wait", "days": "7", "revision": "0"})
        page = ben.post(address(hour, "reflection"), sent, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 403
    assert "hurry" in page.content.decode()
    assert "wait" in page.content.decode()


def test_an_empty_list_says_where_notes_begin(ben: Client) -> None:
    assert "Nothing is written here." in text_of(ben, "/desk/notes/")


def test_many_notes_cost_no_more_than_a_few(cast: Cast, ben: Client, hour: Appointment) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(ben, "/desk/notes/")
        return len(asked)

    write_note(Hour(hour.id, hour.episode_id), said={"words": "One."}, seen=0, by=cast.ben, at=NOW)
    queries()  # what is looked up once in the life of a process is looked up now
    few = queries()
    for n in range(20):
        one = planned(cast.farah, cast.ben, NOW + timedelta(days=n + 1))
        write_note(Hour(one.id, one.episode_id), said={"words": f"Note {n}."}, seen=0, by=cast.ben, at=NOW)
    assert queries() == few


def test_who_wrote_is_in_the_audit_with_whom_the_page_named(cast: Cast, ben: Client, hour: Appointment) -> None:
    text_of(ben, address(hour, "arrive"))
    event = Event.objects.latest("seq")
    assert (event.verb, event.subject) == ("hour.read", hour.id)
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_the_closed_book_outlasts_the_idle_time_of_the_desk_and_opens_nothing_else(
    cast: Cast, ben: Client, hour: Appointment
) -> None:
    """In an hour nobody touches anything: a moment can be kept at its end, and whoever comes by finds no other page."""
    text_of(ben, address(hour, "closed-book"))
    for minutes in (16, 40, 50):
        with fixed(NOW + timedelta(minutes=minutes)):
            assert ben.post(address(hour, "closed-book"))["Location"] == address(hour, "closed-book")
            text_of(ben, address(hour, "closed-book"))
    assert Moment.objects.count() == 3
    with fixed(NOW + timedelta(minutes=51)):
        page = ben.get("/desk/caseload/")
        assert (page.status_code, page["Location"].split("?")[0]) == (302, "/sign-in/")
        assert ben.get(address(hour, "closed-book")).status_code == 302, "that ended the session"


@pytest.mark.parametrize("minutes", [71, 300])
def test_the_closed_book_shuts_a_quarter_of_an_hour_after_its_hour(
    ben: Client, hour: Appointment, minutes: int
) -> None:
    text_of(ben, address(hour, "closed-book"))
    with fixed(NOW + timedelta(minutes=minutes)):
        assert ben.get(address(hour, "closed-book"))["Location"].startswith("/sign-in/")


def test_a_book_that_is_opened_days_ahead_outlasts_nothing(cast: Cast, ben: Client) -> None:
    ahead = planned(cast.farah, cast.ben, NOW + timedelta(days=2))
    text_of(ben, address(ahead, "closed-book"))
    with fixed(NOW + timedelta(minutes=20)):
        assert ben.get(address(ahead, "closed-book"))["Location"].startswith("/sign-in/")


def test_another_hours_book_is_not_open_because_one_is(cast: Cast, ben: Client, hour: Appointment) -> None:
    other = planned(cast.farah, cast.ben, NOW + timedelta(minutes=30))
    text_of(ben, address(hour, "closed-book"))
    with fixed(NOW + timedelta(minutes=20)):
        assert ben.get(address(other, "closed-book"))["Location"].startswith("/sign-in/")
