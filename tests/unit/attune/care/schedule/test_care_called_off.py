"""Cancelled at whose wish and how long before, not seen, taken back, and how the time of a session was kept."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.cast import NOW, ZONE, Cast

from attune.audit.models import Event
from attune.base.errors import Conflict, Refused
from attune.care.schedule.actions import (
    can_reinstate,
    cancel_appointment,
    hold_session,
    note_not_seen,
    note_time_kept,
    plan_appointment,
    reinstate_appointment,
)
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.readers import list_ahead
from attune.care.schedule.series import Repeats, plan_series
from attune.care.schedule.times import When, notice

HOUR_AGO = NOW - timedelta(hours=1)
LATER = NOW + timedelta(hours=1)


def planned(cast: Cast, starts: datetime) -> Appointment:
    wall = starts.astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))


def weekly(cast: Cast, times: int = 4) -> list[Appointment]:
    first = When(date(2026, 11, 24), time(16), ZONE)
    made = plan_series(cast.amara.episode, first=first, repeats=Repeats(1, times=times), by=cast.ben, at=NOW)
    return list(made.appointments.order_by("starts_at"))


def states() -> list[str]:
    return list(Appointment.objects.order_by("starts_at").values_list("state", flat=True))


def london(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("said", "starts", "words"),
    [
        (london(14, 18), london(17, 16), "3 days before"),
        (london(16, 23, 50), london(17, 9), "the day before"),
        (london(17, 8), london(17, 16), "8 hours before"),
        (london(17, 14, 59), london(17, 16), "1 hour before"),
        (london(17, 15, 30), london(17, 16), "less than an hour before"),
        (london(17, 16), london(17, 16), "entered after its hour"),
        (london(23, 16, month=10), london(26, 16, month=10), "3 days before"),  # 73 hours: the clocks went back
    ],
)
def test_notice_is_told_as_people_count(said: datetime, starts: datetime, words: str) -> None:
    assert notice(said, starts, ZONE) == words


def test_notice_is_counted_where_the_appointment_is() -> None:
    said, starts = datetime(2026, 11, 16, 19, tzinfo=ZoneInfo("UTC")), datetime(2026, 11, 17, 1, tzinfo=ZoneInfo("UTC"))
    assert notice(said, starts, ZONE) == "the day before"
    assert notice(said, starts, "Asia/Kolkata") == "6 hours before"


def test_who_cancelled_and_when_is_kept_once(cast: Cast) -> None:
    ahead = planned(cast, LATER)
    for _ in range(2):
        cancel_appointment(ahead, side="client", by=cast.ben, at=NOW)
    ahead.refresh_from_db()
    assert (ahead.state, ahead.cancelled_by, ahead.told_at) == ("cancelled", "client", NOW)
    assert Event.objects.filter(verb="appointment.cancelled").count() == 1
    with pytest.raises(Conflict):  # somebody else says otherwise, from a page opened before
        cancel_appointment(ahead, side="therapist", by=cast.ben, at=NOW)
    with pytest.raises(Refused):
        cancel_appointment(planned(cast, LATER + timedelta(hours=1)), side="the weather", by=cast.ben, at=NOW)


def test_one_of_a_series_or_all_that_follow(cast: Cast) -> None:
    _, second, third, _ = weekly(cast)
    alone = planned(cast, london(2, 9, month=12))
    cancel_appointment(second, side="client", by=cast.ben, at=NOW)
    assert states() == ["planned", "cancelled", "planned", "planned", "planned"]
    cancel_appointment(third, side="therapist", following=True, by=cast.ben, at=LATER)
    assert states() == ["planned", "cancelled", "planned", "cancelled", "cancelled"]
    alone.refresh_from_db()
    assert alone.state == "planned", "what is of no series follows nothing"
    cancel_appointment(alone, side="client", following=True, by=cast.ben, at=NOW)
    assert states().count("cancelled") == 4


def test_a_page_that_was_overtaken_does_not_pass_over_what_follows(cast: Cast) -> None:
    first = weekly(cast)[0]
    cancel_appointment(first, side="client", by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        cancel_appointment(first, side="client", following=True, by=cast.ben, at=NOW)
    assert states().count("cancelled") == 1


def test_what_was_cancelled_together_is_taken_back_together_or_alone(cast: Cast) -> None:
    first, second, third, _ = weekly(cast)
    cancel_appointment(second, side="client", by=cast.ben, at=NOW)
    cancel_appointment(first, side="client", following=True, by=cast.ben, at=LATER)
    first.refresh_from_db()
    reinstate_appointment(first, together=True, by=cast.ben, at=LATER)
    assert states() == ["planned", "cancelled", "planned", "planned"], "the second was another press"
    third.refresh_from_db()
    assert (third.cancelled_by, third.told_at) == ("", None)
    cancel_appointment(third, side="client", following=True, by=cast.ben, at=LATER)
    reinstate_appointment(third, by=cast.ben, at=LATER)
    assert states() == ["planned", "cancelled", "planned", "cancelled"]


def test_together_is_all_or_nothing(cast: Cast) -> None:
    first, second, *_ = weekly(cast)
    cancel_appointment(first, side="client", following=True, by=cast.ben, at=NOW)
    planned(cast, second.starts_at)  # promised anew meanwhile
    with pytest.raises(Conflict):
        reinstate_appointment(first, together=True, by=cast.ben, at=NOW)
    assert states().count("planned") == 1
    reinstate_appointment(first, by=cast.ben, at=NOW)


def test_an_hour_that_has_passed_is_not_taken_back_with_the_others(cast: Cast) -> None:
    first, second, *_ = weekly(cast)
    cancel_appointment(first, side="client", following=True, by=cast.ben, at=NOW)
    second.refresh_from_db()
    reinstate_appointment(second, together=True, by=cast.ben, at=first.starts_at + timedelta(hours=1))
    assert states() == ["cancelled", "planned", "planned", "planned"]


def test_taking_back_twice_is_once(cast: Cast) -> None:
    ahead = planned(cast, LATER)
    cancel_appointment(ahead, side="client", by=cast.ben, at=NOW)
    for _ in range(2):
        reinstate_appointment(ahead, by=cast.ben, at=NOW)
    assert Event.objects.filter(verb="appointment.reinstated").count() == 1


def test_cancelled_late_is_undone_within_ten_minutes(cast: Cast) -> None:
    begun = planned(cast, HOUR_AGO)
    cancel_appointment(begun, side="client", by=cast.ben, at=NOW)
    begun.refresh_from_db()
    assert can_reinstate(begun, at=NOW + timedelta(minutes=10))
    assert not can_reinstate(begun, at=NOW + timedelta(minutes=11))
    reinstate_appointment(begun, by=cast.ben, at=NOW + timedelta(minutes=9))
    assert list_ahead().get() == begun


def test_not_seen_is_said_once_after_its_hour(cast: Cast) -> None:
    begun, ahead = planned(cast, HOUR_AGO), planned(cast, LATER)
    with pytest.raises(Conflict):
        note_not_seen(ahead, by=cast.ben, at=NOW)
    for _ in range(2):
        note_not_seen(begun, by=cast.ben, at=NOW)
    begun.refresh_from_db()
    assert (begun.state, begun.told_at, begun.cancelled_by) == ("not-seen", NOW, "")
    assert Event.objects.filter(verb="appointment.not-seen").count() == 1
    assert list_ahead().first() == ahead
    with pytest.raises(Conflict):
        hold_session(begun, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):  # the hour was promised, and is not promised a second time
        planned(cast, HOUR_AGO)


def test_not_seen_gives_way_to_what_is_known_later(cast: Cast) -> None:
    begun = planned(cast, HOUR_AGO)
    note_not_seen(begun, by=cast.ben, at=NOW)
    begun.refresh_from_db()
    days_later = NOW + timedelta(days=3)
    reinstate_appointment(begun, by=cast.ben, at=days_later)
    note_not_seen(begun, by=cast.ben, at=days_later)
    cancel_appointment(begun, side="client", by=cast.ben, at=days_later)  # the call had been taken by somebody else
    begun.refresh_from_db()
    assert (begun.state, begun.cancelled_by) == ("cancelled", "client")


def test_what_took_place_or_was_cancelled_was_seen_or_not_expected(cast: Cast) -> None:
    begun, other = planned(cast, HOUR_AGO), planned(cast, HOUR_AGO + timedelta(minutes=5))
    hold_session(begun, by=cast.ben, at=NOW)
    cancel_appointment(other, by=cast.ben, at=NOW)
    for one in (begun, other):
        with pytest.raises(Conflict):
            note_not_seen(one, by=cast.ben, at=NOW)


def test_sessions_keep_the_order_in_which_they_took_place(cast: Cast) -> None:
    """What was not seen is not opened again behind a session that came later."""
    missed, next_one = planned(cast, HOUR_AGO), planned(cast, HOUR_AGO + timedelta(minutes=30))
    note_not_seen(missed, by=cast.ben, at=NOW)
    hold_session(next_one, by=cast.ben, at=NOW)
    missed.refresh_from_db()
    assert not can_reinstate(missed, at=NOW)
    with pytest.raises(Conflict):
        reinstate_appointment(missed, by=cast.ben, at=NOW)


@pytest.mark.parametrize(
    ("kept", "minutes", "stands"),
    [("planned", 7, ("planned", None)), ("late", 7, ("late", 7)), ("over", None, ("over", None)), ("", 7, ("", None))],
)
def test_how_its_time_was_kept(cast: Cast, kept: str, minutes: int | None, stands: tuple[str, int | None]) -> None:
    session = hold_session(planned(cast, HOUR_AGO), by=cast.ben, at=NOW)
    note_time_kept(session.id, kept="early", off_by=3, by=cast.ben, at=NOW)
    note_time_kept(session.id, kept=kept, off_by=minutes, by=cast.ben, at=NOW)
    session = Session.objects.get()
    assert (session.kept, session.off_by) == stands
    assert Event.objects.filter(verb="session.time-kept").count() == 2


@pytest.mark.parametrize(("kept", "minutes"), [("gladly", None), ("late", 0), ("late", 181)])
def test_a_time_that_cannot_have_been_kept_so(cast: Cast, kept: str, minutes: int | None) -> None:
    session = hold_session(planned(cast, HOUR_AGO), by=cast.ben, at=NOW)
    with pytest.raises(Refused):
        note_time_kept(session.id, kept=kept, off_by=minutes, by=cast.ben, at=NOW)
    assert Session.objects.get().kept == ""
