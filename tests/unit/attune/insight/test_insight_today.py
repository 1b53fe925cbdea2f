"""Today: what waits comes first, the day in its order, one line of the brief each, and nothing that was not opened."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.askings import ask
from support.cast import NOW, ZONE, Cast, make_cast

from attune.audit.models import Event, Shown
from attune.base.ids import new_id
from attune.care.checkins.actions import invite
from attune.care.checkins.models import Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.messages.actions import open_from_client, send_to_client, send_to_therapist
from attune.care.schedule.actions import When, cancel_appointment, hold_session, plan_appointment
from attune.care.schedule.models import Appointment
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.open_brief import open_brief
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.insight.today import Today, get_today
from attune.people.models import Person
from attune.people.viewers import Viewer, get_viewer
from attune.practices.page import headline
from attune.vault.keys import keyring

SOON = NOW + timedelta(minutes=20)
DAY = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()


def plan(cast: Cast, who: Participant, starts: datetime = SOON, at: datetime = NOW - 3 * DAY) -> Appointment:
    wall = starts.astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return plan_appointment(who.episode, when=when, by=cast.ben, at=at)


def send(cast: Cast, who: Participant, appointment: Appointment, answers: dict[str, str], at: datetime = NOW) -> None:
    asking = ask("before", "attune-before", "full", appointment_id=appointment.id)
    _, token = invite(who, asking=asking, by=cast.ben, at=at)
    receive_checkin(token=token, sent=Sent(answers, new_id()), at=at)


def today(cast: Cast, at: datetime = NOW) -> Today:
    return get_today(cast.ben, at=at)


def waits(page: Today) -> list[tuple[str, str]]:
    return [(one.kind, one.names) for one in page.waiting]


def test_a_first_day(cast: Cast) -> None:
    page = today(cast)
    assert (page.name, page.begun, page.waiting, page.meetings, page.tomorrow) == ("Ben", True, [], [], [])
    chidi = get_viewer(cast.accounts["Chidi"].person_id, at=NOW)
    assert not get_today(chidi, at=NOW).begun


def test_the_day_in_its_order_and_tomorrow_in_a_word(cast: Cast) -> None:
    later, sooner = plan(cast, cast.amara, SOON + timedelta(hours=1)), plan(cast, cast.farah)
    plan(cast, cast.amara, SOON + DAY)
    plan(cast, cast.amara, SOON + 2 * DAY)
    page = today(cast)
    assert [one.appointment for one in page.meetings] == [sooner, later]
    assert [one.names for one in page.meetings] == ["Farah, Gil", "Amara"]
    assert [(one.number, one.state) for one in page.meetings] == [(1, "ahead"), (1, "ahead")]
    assert [one.starts_at for one in page.tomorrow] == [SOON + DAY]
    assert Event.objects.latest("seq").verb == "today.read"
    assert set(Shown.objects.filter(event=Event.objects.latest("seq")).values_list("person", flat=True)) == {
        who.person_id for who in (cast.amara, cast.farah, cast.gil)
    }


def test_a_day_is_the_day_of_who_looks(cast: Cast) -> None:
    """Half past four in the afternoon in London is two in the morning of the next day in Auckland."""
    plan(cast, cast.amara)
    Person.objects.filter(pk=cast.ben.me).update(zone="Pacific/Auckland")
    evening = NOW.replace(hour=9)
    assert not today(cast, at=evening).meetings
    assert len(today(cast, at=evening).tomorrow) == 1
    assert len(today(cast).meetings) == 1


def test_cancelled_does_not_stand_there(cast: Cast) -> None:
    cancel_appointment(plan(cast, cast.amara), by=cast.ben, at=NOW)
    assert not today(cast).meetings


def test_what_was_not_opened_is_told_and_not_shown(cast: Cast) -> None:
    appointment = plan(cast, cast.amara)
    send(cast, cast.amara, appointment, {"today": "My father.", "unsaid": "I am afraid."})
    page = today(cast)
    assert waits(page) == [("unread", "Amara")]
    assert page.meetings[0].page is None
    open_brief(cast.amara.episode_id, by=cast.ben, at=NOW)
    page = today(cast)
    assert waits(page) == []
    assert page.meetings[0].page is not None
    assert (page.meetings[0].wish, page.meetings[0].unsaid) == ("My father.", True)
    line = headline(page.meetings[0].page)
    assert line is not None
    assert line.kind == "quiet", "what was left unsaid stands in the brief alone"


def test_of_a_couple_no_word_and_no_name_of_who_wrote(cast: Cast) -> None:
    appointment = plan(cast, cast.farah)
    send(cast, cast.gil, appointment, {"today": "The move."})
    assert waits(today(cast)) == [("unread", "Farah, Gil")]
    open_brief(cast.farah.episode_id, by=cast.ben, at=NOW)
    meeting = today(cast).meetings[0]
    assert meeting.page is not None
    assert (headline(meeting.page), meeting.wish, meeting.unsaid) == (None, "", False)


def write(who: Participant, text: str = "My father called.", at: datetime = NOW) -> None:
    Participant.objects.update(own_pages_since=at)
    send_to_therapist(who.id, text=text, submission=new_id(), by=Viewer(who.person_id), at=at)


def test_a_message_waits_like_a_check_in_the_oldest_first(cast: Cast) -> None:
    send(cast, cast.farah, plan(cast, cast.farah), {"today": "The move."}, at=NOW - timedelta(hours=1))
    write(cast.amara, at=NOW - timedelta(hours=2))
    write(cast.amara, at=NOW)
    page = today(cast)
    assert waits(page) == [("message", "Amara"), ("unread", "Farah, Gil")]
    assert (page.waiting[0].since, page.waiting[0].about) == (NOW - timedelta(hours=2), cast.amara.id)
    open_from_client(cast.amara.id, by=cast.ben, at=NOW)
    assert waits(today(cast)) == [("unread", "Farah, Gil")]


def test_what_a_therapist_wrote_waits_for_no_therapist(cast: Cast) -> None:
    Participant.objects.update(own_pages_since=NOW)
    send_to_client(cast.amara.id, text="I have read it.", submission=new_id(), by=cast.ben, at=NOW)
    assert waits(today(cast)) == []


def test_of_a_couple_nobody_is_told_apart_by_a_message(cast: Cast) -> None:
    send(cast, cast.farah, plan(cast, cast.farah), {"today": "The move."})
    write(cast.gil, at=NOW - timedelta(hours=1))
    assert [(one.kind, one.names, one.since) for one in today(cast).waiting] == [
        ("unread", "Farah, Gil", NOW - timedelta(hours=1))
    ]
    open_from_client(cast.gil.id, by=cast.ben, at=NOW)
    assert [one.since for one in today(cast).waiting] == [NOW]


def test_a_message_of_ended_work_still_waits(cast: Cast) -> None:
    write(cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert waits(today(cast)) == [("message", "Amara")]


def test_a_concern_comes_first_and_silences_the_line(cast: Cast) -> None:
    appointment = plan(cast, cast.amara)
    send(cast, cast.amara, appointment, {"today": "My father."})
    _, token = invite(cast.amara, asking=ask("questionnaire", "phq-9", "full"), by=cast.ben, at=NOW)
    receive_checkin(token=token, sent=Sent({"item-9": "1"}, new_id()), at=NOW)
    assert waits(today(cast)) == [("concern", "Amara"), ("unread", "Amara")]
    open_brief(cast.amara.episode_id, by=cast.ben, at=NOW)
    page = today(cast)
    assert waits(page) == [("concern", "Amara")]
    assert page.meetings[0].page is not None
    assert (headline(page.meetings[0].page), page.meetings[0].wish) == (None, "")


def test_an_hour_that_has_passed_asks_whether_it_took_place(cast: Cast) -> None:
    yesterday, early = plan(cast, cast.amara, SOON - DAY), plan(cast, cast.amara, SOON - timedelta(hours=2))
    page = today(cast)
    assert waits(page) == [("unsaid", "Amara")]
    assert page.waiting[0].about == yesterday.id
    assert [(one.state, one.page is None) for one in page.meetings] == [("ahead", True)], "yesterday's stands first"
    hold_session(yesterday, by=cast.ben, at=NOW)
    hold_session(early, by=cast.ben, at=NOW)
    page = today(cast)
    assert waits(page) == []
    assert [(one.state, one.number) for one in page.meetings] == [("held", 2)]


def test_of_each_work_the_earliest_is_asked_for(cast: Cast) -> None:
    for days in (1, 3, 2):
        plan(cast, cast.amara, SOON - days * DAY, at=NOW - 9 * DAY)
    assert [one.since for one in today(cast).waiting] == [SOON - 3 * DAY]


def test_of_ended_work_no_meeting_is_left(cast: Cast) -> None:
    for starts in (SOON - DAY, SOON, SOON + DAY):
        plan(cast, cast.amara, starts)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    page = today(cast)
    assert (page.waiting, page.meetings, page.tomorrow) == ([], [], [])


def test_words_wait_also_when_the_work_has_ended(cast: Cast) -> None:
    send(cast, cast.amara, plan(cast, cast.amara), {"today": "A last word."})
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert waits(today(cast)) == [("unread", "Amara")]


def test_nobody_elses_and_nobody_who_keeps_one_out(cast: Cast) -> None:
    send(cast, cast.amara, plan(cast, cast.amara), {"today": "My father."})
    ola = get_viewer(cast.accounts["Ola"].person_id, at=NOW)
    assert waits(get_today(ola, at=NOW)) == []
    cast.amara.episode.assignments.create(therapist_id=ola.me, since=NOW)
    assert waits(get_today(ola, at=NOW)) == [("unread", "Amara")]
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    page = get_today(ola, at=NOW)
    assert (waits(page), page.meetings) == ([], [])


def test_the_oldest_word_waits_first(cast: Cast) -> None:
    send(cast, cast.farah, plan(cast, cast.farah), {"today": "Later."}, at=NOW)
    send(cast, cast.amara, plan(cast, cast.amara), {"today": "Earlier."}, at=NOW - timedelta(hours=1))
    assert waits(today(cast)) == [("unread", "Amara"), ("unread", "Farah, Gil")]
    assert Response.objects.filter(read_at=None).count() == 2


def test_the_night_on_which_the_clocks_change(cast: Cast) -> None:
    at = datetime(2027, 3, 28, 12, tzinfo=UTC)
    for starts in (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), datetime(2027, 3, 28, 0, 1, tzinfo=UTC)):
        plan(cast, cast.amara, starts, at=at - DAY)
    last, next_day = datetime(2027, 3, 28, 22, 59, tzinfo=UTC), datetime(2027, 3, 28, 23, 1, tzinfo=UTC)
    plan(cast, cast.farah, last, at=at - DAY)
    plan(cast, cast.farah, next_day, at=at - DAY)
    page = today(cast, at=at)
    assert [one.appointment.starts_at.minute for one in page.meetings] == [1, 59]
    assert [one.starts_at for one in page.tomorrow] == [next_day]
