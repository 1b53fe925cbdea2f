"""Times at the desk: a series planned, one cancelled, moved, not seen; how the time of a session was kept."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import held, planned, signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.episodes.actions import end_episode
from attune.care.schedule.actions import cancel_appointment
from attune.care.schedule.models import Appointment, Move, Series, Session

WEEKLY = {"day": "2027-03-14", "time": "01:30", "repeat": "1", "times": "4"}
IN_THREE_DAYS, AN_HOUR_AGO = NOW + timedelta(days=3), NOW - timedelta(hours=1)


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


@pytest.fixture
def ahead(cast: Cast) -> Appointment:
    return planned(cast.amara, cast.ben, IN_THREE_DAYS)


def of(one: Appointment, what: str) -> str:
    return f"/desk/appointments/{one.id}/{what}/"


def text_of(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return unescape(page.content.decode())


def episode(browser: Client, cast: Cast) -> str:
    return text_of(browser, f"/desk/episodes/{cast.amara.episode_id}/")


def plan(browser: Client, cast: Cast, **sent: str) -> tuple[int, str]:
    page = browser.post(f"/desk/episodes/{cast.amara.episode_id}/appointments/new/", sent)
    return page.status_code, unescape(page.content.decode())


def test_a_series_is_planned_and_says_what_it_is(cast: Cast, ben: Client) -> None:
    assert plan(ben, cast, **WEEKLY | {"time": "16:00", "place": "video", "repeat": "2", "times": "7"})[0] == 302
    page = episode(ben, cast)
    assert page.count("every second week") == 7
    assert "3 more, until 6 June 2027" in page
    assert Series.objects.get().appointments.filter(place="video").count() == 7


def test_a_day_that_cannot_be_is_named_and_left_out_when_that_is_said(cast: Cast, ben: Client) -> None:
    status, page = plan(ben, cast, **WEEKLY)
    assert status == 422
    assert page.count("Sunday 28 March 2027: the clocks skip this hour.") == 2, "above, and at its field"
    assert 'type="checkbox" id="leave_out"' in page
    assert 'value="2027-03-14"' in page
    assert not Appointment.objects.exists()
    assert plan(ben, cast, **WEEKLY | {"leave_out": "yes"})[0] == 302
    assert Appointment.objects.count() == 3


def test_an_hour_that_comes_twice_says_which_is_meant(cast: Cast, ben: Client) -> None:
    assert plan(ben, cast, day="2027-10-24", time="01:30", repeat="1", times="3")[0] == 302
    assert episode(ben, cast).count("this hour comes twice that day, and the first is meant") == 1
    assert [one.starts_at.hour for one in Appointment.objects.order_by("starts_at")] == [0, 0, 1]  # in UTC


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"times": ""}, "until", "a series needs an end"),
        ({"until": "2027-04-14"}, "until", "not both"),
        ({"times": "53"}, "times", "From 2 to 52."),
        ({"times": "many"}, "times", "Write a whole number"),
        ({"times": "٣"}, "times", "Write a whole number"),
        ({"times": "", "until": "soon"}, "until", "Write the day as"),
        ({"repeat": "daily"}, "repeat", "Choose one of these."),
    ],
)
def test_a_series_that_cannot_be_says_why(
    cast: Cast, ben: Client, sent: dict[str, str], field: str, sentence: str
) -> None:
    status, page = plan(ben, cast, **WEEKLY | sent)
    assert status == 422
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert sentence in page
    assert not Appointment.objects.exists()


def test_what_stands_beneath_once_is_not_read(cast: Cast, ben: Client) -> None:
    assert plan(ben, cast, **WEEKLY | {"repeat": "once", "times": "many"})[0] == 302
    assert Appointment.objects.get().series is None


def test_cancelled_at_whose_wish_and_how_long_before(cast: Cast, ben: Client, ahead: Appointment) -> None:
    page = text_of(ben, of(ahead, "cancelled"))
    assert "3 days before" in page
    assert 'value="client"' in page
    assert ">Amara</label>" in page
    assert "that follow" not in page
    refused = ben.post(of(ahead, "cancelled"), {})
    assert refused.status_code == 422
    assert 'href="#side"' in refused.content.decode()
    for _ in range(2):
        assert ben.post(of(ahead, "cancelled"), {"side": "client"}).status_code == 302
    assert "Cancelled by the client, 3 days before." in episode(ben, cast)
    assert ben.get(of(ahead, "cancelled")).status_code == 409
    assert ben.post(of(ahead, "cancelled"), {"side": "therapist"}).status_code == 409
    assert ben.post(of(ahead, "reinstated")).status_code == 302
    assert "Cancelled" not in episode(ben, cast)


def test_this_and_all_that_follow(cast: Cast, ben: Client) -> None:
    plan(ben, cast, **WEEKLY | {"time": "16:00"})
    second = Appointment.objects.order_by("starts_at")[1]
    assert "this one, and the 2 that follow until 4 April 2027" in text_of(ben, of(second, "cancelled"))
    ben.post(of(second, "cancelled"), {"side": "other", "which": "following"})
    assert Appointment.objects.filter(state="cancelled", cancelled_by="other").count() == 3
    page = episode(ben, cast)
    assert page.count("All 3 take place after all") == 1
    assert "2 more cancelled with it, until 4 April 2027" in page
    assert page.count("It takes place after all") == 3, "each can be taken back by itself"
    ben.post(of(second, "reinstated"), {"together": "yes"})
    assert not Appointment.objects.filter(state="cancelled").exists()


def test_older_cancelled_hours_say_nothing_that_nobody_knows(cast: Cast, ben: Client, ahead: Appointment) -> None:
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    assert "Cancelled, 3 days before." in episode(ben, cast)
    Appointment.objects.update(told_at=None)
    assert re.search(r"Cancelled\.\s*<", episode(ben, cast))


def test_after_its_hour_it_is_called_late_and_nothing_else(cast: Cast, ben: Client) -> None:
    begun = planned(cast.amara, cast.ben, AN_HOUR_AGO)
    assert "Cancelled late" in text_of(ben, of(begun, "cancelled"))
    ben.post(of(begun, "cancelled"), {"side": "client"})
    page = episode(ben, cast)
    assert "Cancelled by the client, entered after its hour." in page
    assert "It takes place after all" in page, "for ten minutes"
    Appointment.objects.update(told_at=NOW - timedelta(minutes=11))
    assert "It takes place after all" not in episode(ben, cast)
    assert ben.post(of(begun, "reinstated")).status_code == 409


def test_not_seen_is_told_kindly_and_taken_back(cast: Cast, ben: Client) -> None:
    begun = planned(cast.amara, cast.ben, AN_HOUR_AGO)
    for _ in range(2):
        assert ben.post(of(begun, "not-seen")).status_code == 302
    page = episode(ben, cast)
    assert "Nobody came, and nobody had said. That may mean nothing." in page
    assert "It took place" not in page
    assert ben.post(of(begun, "held")).status_code == 409
    assert ben.post(of(begun, "reinstated")).status_code == 302
    assert ben.post(of(begun, "held")).status_code == 302
    assert ben.post(of(begun, "not-seen")).status_code == 409
    assert ben.post(of(begun, "reinstated")).status_code == 409


def test_what_lies_ahead_was_not_missed(cast: Cast, ben: Client, ahead: Appointment) -> None:
    assert "Not seen" not in episode(ben, cast)
    assert ben.post(of(ahead, "not-seen")).status_code == 409
    assert ben.get(of(ahead, "not-seen")).status_code == 405


def test_what_was_called_off_before_the_last_session_is_not_counted_up(cast: Cast, ben: Client) -> None:
    begun = planned(cast.amara, cast.ben, NOW - timedelta(days=20))
    ben.post(of(begun, "not-seen"))
    assert "Nobody came" in episode(ben, cast)
    held(cast.amara, cast.ben)
    assert "Nobody came" not in episode(ben, cast)


def test_moved_at_whose_wish_and_from_when(cast: Cast, ben: Client, ahead: Appointment) -> None:
    address, seen = of(ahead, "moved"), ahead.starts_at.isoformat()
    page = text_of(ben, address)
    assert f'name="seen" value="{seen}"' in page
    assert 'value="2026-11-20"' in page
    assert "3 days before" in page
    sent = {"seen": seen, "day": "2026-11-21", "time": "10:00", "side": "therapist", "place": "video"}
    for wrong, field in (({"day": "soon"}, "day"), ({"side": ""}, "side"), ({"seen": "then"}, "time")):
        refused = ben.post(address, sent | wrong)
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.content.decode()
    assert not Move.objects.exists()
    assert ben.post(address, sent).status_code == 302
    page = episode(ben, cast)
    assert "Saturday 21 November 2026, 10:00" in page
    assert "Moved from Friday 20 November 2026, 15:40 at the wish of the therapist, 3 days before." in page


def test_whoever_was_overtaken_finds_both_times(cast: Cast, ben: Client, ahead: Appointment) -> None:
    address = of(ahead, "moved")
    sent = {"seen": ahead.starts_at.isoformat(), "day": "2026-11-21", "time": "10:00", "side": "client"}
    ben.post(address, sent)
    overtaken = ben.post(address, sent | {"day": "2026-11-23", "time": "09:00"})
    page = overtaken.content.decode()
    assert overtaken.status_code == 422
    assert "Meanwhile somebody moved it to Saturday 21 November 2026, 10:00." in page
    assert 'value="2026-11-23"' in page
    again = re.search(r'name="seen" value="([^"]+)"', page)
    assert again
    assert ben.post(address, sent | {"day": "2026-11-23", "time": "09:00", "seen": again[1]}).status_code == 302
    assert Appointment.objects.get().day.isoformat() == "2026-11-23"


def test_what_does_not_stand_is_not_moved(cast: Cast, ben: Client, ahead: Appointment) -> None:
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    assert ben.get(of(ahead, "moved")).status_code == 409
    assert ben.post(of(ahead, "moved"), {}).status_code == 409


def test_how_its_time_was_kept(cast: Cast, ben: Client) -> None:
    address = f"/desk/sessions/{held(cast.amara, cast.ben).id}/time-kept/"
    assert 'name="kept"' in text_of(ben, address)
    assert "Time:" not in episode(ben, cast), "nobody has to say"
    for sent, field in (({"kept": "late", "off_by": "ten"}, "off_by"), ({"kept": "gladly"}, "kept")):
        refused = ben.post(address, sent)
        assert refused.status_code == 422
        assert f'href="#{field}"' in refused.content.decode()
    for sent, sentence in (
        ({"kept": "late", "off_by": "10"}, "Time: started 10 minutes late."),
        ({"kept": "early", "off_by": "1"}, "Time: ended 1 minute early."),
        ({"kept": "over", "off_by": ""}, "Time: ran over."),
        ({"kept": "planned", "off_by": "5"}, "Time: as planned."),
    ):
        assert ben.post(address, sent).status_code == 302
        assert sentence in episode(ben, cast)
    assert re.search(r'value="planned"[^>]* checked', text_of(ben, address))
    ben.post(address, {"kept": ""})
    assert "Time:" not in episode(ben, cast)


def addresses(cast: Cast) -> list[str]:
    ahead, session = planned(cast.amara, cast.ben, IN_THREE_DAYS), held(cast.amara, cast.ben)
    return [*(of(ahead, what) for what in ("cancelled", "moved", "not-seen", "reinstated")),
            f"/desk/sessions/{session.id}/time-kept/"]  # fmt: skip


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_the_wrong_person_finds_nothing_and_changes_nothing(cast: Cast, name: str) -> None:
    other, listed = signed_in(cast, name), addresses(cast)
    events = Event.objects.count()
    for address in listed:
        missing = re.sub(r"[0-9a-f-]{36}", str(uuid4()), address)
        page, none = (other.post(one, {"side": "client", "kept": "late"}) for one in (address, missing))
        assert (page.status_code, none.status_code) == (404, 404), address
        assert page.content == none.content
    assert Event.objects.count() == events
    assert set(Appointment.objects.values_list("state", flat=True)) == {"planned"}


def test_when_the_work_has_ended_no_time_is_changed(cast: Cast, ben: Client) -> None:
    listed = addresses(cast)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    for address in listed:
        assert ben.post(address, {"side": "client", "kept": "late"}).status_code == 409, address
    assert not Session.objects.exclude(kept="").exists()
    assert not Appointment.objects.exclude(state="planned").exists()
    assert "How its time was kept" not in episode(ben, cast)
