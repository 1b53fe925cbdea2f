"""Times: wall time and zone give the instant, nothing is promised twice, and a session is held once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from support.cast import NOW, ZONE, Cast

from attune.audit.models import Event
from attune.base.errors import Conflict, Refused
from attune.care.schedule.actions import (
    can_hold,
    cancel_appointment,
    hold_session,
    plan_appointment,
    reinstate_appointment,
)
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.readers import list_ahead
from attune.care.schedule.times import When


def plan(cast: Cast, day: date, hour: time = time(16), zone: str = ZONE) -> Appointment:
    return plan_appointment(cast.amara.episode, when=When(day, hour, zone), by=cast.ben, at=NOW)


@pytest.mark.parametrize(
    ("when", "instant"),
    [
        (When(date(2026, 7, 1), time(16), ZONE), datetime(2026, 7, 1, 15, tzinfo=UTC)),
        (When(date(2026, 11, 17), time(16), ZONE), datetime(2026, 11, 17, 16, tzinfo=UTC)),
        (When(date(2026, 11, 17), time(16), "Asia/Kolkata"), datetime(2026, 11, 17, 10, 30, tzinfo=UTC)),
        (When(date(2026, 10, 25), time(1, 30), ZONE), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
    ids=["summer", "winter", "half-an-hour-zone", "the-first-of-an-hour-that-comes-twice"],
)
def test_wall_time_and_zone_give_the_instant(when: When, instant: datetime) -> None:
    assert when.instant().astimezone(UTC) == instant


@pytest.mark.parametrize(
    ("day", "hour", "zone"),
    [
        (date(2027, 3, 28), time(1, 30), ZONE),
        (date(2027, 3, 14), time(2, 30), "America/New_York"),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe"),
    ],
)
def test_an_hour_that_the_clocks_skip_is_refused(day: date, hour: time, zone: str) -> None:
    with pytest.raises(Refused) as refused:
        When(day, hour, zone).instant()
    assert "time" in refused.value.fields


@pytest.mark.parametrize(
    ("day", "hour", "twice"),
    [
        (date(2026, 10, 25), time(1, 30), True),
        (date(2026, 10, 25), time(2), False),
        (date(2026, 10, 24), time(1, 30), False),
        (date(2027, 3, 28), time(1, 30), False),  # skipped, which is something else
    ],
)
def test_an_hour_that_comes_twice_is_known(day: date, hour: time, twice: bool) -> None:
    assert When(day, hour, ZONE).comes_twice() is twice


def test_an_unknown_zone_or_place_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        When(NOW.date(), time(16), "Mars/Olympus").instant()
    with pytest.raises(Refused):
        plan_appointment(cast.amara.episode, when=When(NOW.date(), time(16), ZONE, "the moon"), by=cast.ben, at=NOW)


def test_two_appointments_never_begin_together(cast: Cast) -> None:
    first = plan(cast, date(2026, 11, 24))
    with pytest.raises(Conflict):
        plan(cast, date(2026, 11, 24))
    with pytest.raises(Conflict):
        plan(cast, date(2026, 11, 24), time(17), "Europe/Paris")
    cancel_appointment(first, by=cast.ben, at=NOW)
    assert plan(cast, date(2026, 11, 24)).id != first.id


def test_a_session_is_held_once(cast: Cast) -> None:
    appointment = plan(cast, date(2026, 11, 17), time(15))
    first, second = (hold_session(appointment, by=cast.ben, at=NOW) for _ in range(2))
    assert first == second
    assert Event.objects.filter(verb="session.held").count() == 1
    with pytest.raises(Conflict):
        cancel_appointment(appointment, by=cast.ben, at=NOW)


def test_sessions_are_counted_within_their_episode(cast: Cast) -> None:
    for weeks in (2, 1):
        hold_session(plan(cast, (NOW - timedelta(weeks=weeks)).date()), by=cast.ben, at=NOW)
    theirs = plan_appointment(
        cast.farah.episode, when=When((NOW - timedelta(days=1)).date(), time(9), ZONE), by=cast.ben, at=NOW
    )
    assert hold_session(theirs, by=cast.ben, at=NOW).number == 1
    assert list(Session.objects.filter(episode=cast.amara.episode).values_list("number", flat=True)) == [1, 2]


def test_what_lies_ahead_or_was_cancelled_was_not_held(cast: Cast) -> None:
    ahead = plan(cast, date(2026, 11, 17))
    assert not can_hold(ahead, at=NOW)
    assert can_hold(ahead, at=ahead.starts_at)
    with pytest.raises(Conflict):
        hold_session(ahead, by=cast.ben, at=NOW)
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    ahead.refresh_from_db()
    with pytest.raises(Conflict):
        hold_session(ahead, by=cast.ben, at=ahead.starts_at)


def test_the_next_appointment_stays_the_next_until_it_was_held(cast: Cast) -> None:
    later, soon = plan(cast, date(2026, 11, 24)), plan(cast, date(2026, 11, 17))
    assert list(list_ahead()) == [soon, later]
    with pytest.raises(Conflict):  # sessions are counted in the order in which they took place
        hold_session(later, by=cast.ben, at=later.starts_at)
    hold_session(soon, by=cast.ben, at=soon.starts_at)
    assert list_ahead().first() == later


def test_a_cancelled_hour_can_be_taken_back_until_it_comes(cast: Cast) -> None:
    ahead = plan(cast, date(2026, 11, 24))
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    assert not list_ahead().exists()
    reinstate_appointment(ahead, by=cast.ben, at=NOW)
    assert list_ahead().first() == ahead
    with pytest.raises(Conflict):
        reinstate_appointment(ahead, by=cast.ben, at=ahead.starts_at)


def test_a_day_far_off_is_a_slip_of_the_finger(cast: Cast) -> None:
    with pytest.raises(Refused):
        plan(cast, date(2036, 11, 24))


def test_a_cancelled_hour_that_was_promised_anew_is_not_taken_back(cast: Cast) -> None:
    ahead = plan(cast, date(2026, 11, 24))
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    plan(cast, date(2026, 11, 24))
    with pytest.raises(Conflict):
        reinstate_appointment(ahead, by=cast.ben, at=NOW)


def test_what_was_cancelled_meanwhile_is_not_held(cast: Cast) -> None:
    begun = plan(cast, date(2026, 11, 17), time(15))
    cancel_appointment(begun, by=cast.ben, at=NOW)  # on another screen: this one still has it as planned
    with pytest.raises(Conflict):
        hold_session(begun, by=cast.ben, at=NOW)
    assert not Session.objects.exists()
