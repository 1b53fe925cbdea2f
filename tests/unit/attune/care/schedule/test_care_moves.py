"""An appointment is moved: from when and at whose wish is kept, and whoever was overtaken is told so."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from support.cast import NOW, ZONE, Cast

from attune.audit.models import Event
from attune.base.errors import Conflict, Refused
from attune.care.schedule.actions import cancel_appointment, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Move
from attune.care.schedule.moves import move_appointment
from attune.care.schedule.series import Repeats, plan_series
from attune.care.schedule.times import When

TUESDAY = When(date(2026, 11, 24), time(16), ZONE)
THURSDAY = When(date(2026, 11, 26), time(10), ZONE, "video")


@pytest.fixture
def ahead(cast: Cast) -> Appointment:
    return plan_appointment(cast.amara.episode, when=TUESDAY, by=cast.ben, at=NOW)


def move(cast: Cast, one: Appointment, to: When = THURSDAY, side: str = "therapist") -> Appointment:
    return move_appointment(one, to=to, side=side, seen=one.starts_at, by=cast.ben, at=NOW)


def test_from_when_and_at_whose_wish_is_kept(cast: Cast, ahead: Appointment) -> None:
    move(cast, move(cast, ahead), TUESDAY, "client")
    ahead.refresh_from_db()
    assert (ahead.day, ahead.time, ahead.starts_at, ahead.place) == (TUESDAY.day, TUESDAY.time, TUESDAY.instant(), "")
    moves = Move.objects.order_by("id").values_list("from_at", "side", "moved_at")
    assert list(moves) == [(TUESDAY.instant(), "therapist", NOW), (THURSDAY.instant(), "client", NOW)]
    assert Event.objects.filter(verb="appointment.moved", subject=ahead.id).count() == 2


def test_another_place_is_no_other_time(cast: Cast, ahead: Appointment) -> None:
    move(cast, ahead, replace(TUESDAY, place="video"))
    ahead.refresh_from_db()
    assert ahead.place == "video"
    assert not Move.objects.exists()
    with pytest.raises(Refused):
        move(cast, ahead, replace(TUESDAY, place="video"))


def test_whoever_was_overtaken_is_told_to_when(cast: Cast, ahead: Appointment) -> None:
    move(cast, Appointment.objects.get())
    with pytest.raises(Conflict, match=r"Thursday 26 November 2026, 10:00"):
        move(cast, ahead, replace(TUESDAY, time=time(9)))
    ahead.refresh_from_db()
    assert ahead.time == THURSDAY.time


def test_a_time_that_is_taken_is_not_moved_to(cast: Cast, ahead: Appointment) -> None:
    plan_appointment(cast.amara.episode, when=THURSDAY, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        move(cast, ahead)
    ahead.refresh_from_db()
    assert ahead.day == TUESDAY.day
    assert not Move.objects.exists()


@pytest.mark.parametrize(
    ("to", "side"),
    [
        (When(date(2027, 3, 28), time(1, 30), ZONE), "client"),
        (When(date(2036, 3, 28), time(16), ZONE), "client"),
        (replace(THURSDAY, place="the moon"), "client"),
        (THURSDAY, ""),
        (THURSDAY, "the weather"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, ahead: Appointment, to: When, side: str) -> None:
    with pytest.raises(Refused):
        move(cast, ahead, to, side)
    assert not Move.objects.exists()


def test_only_what_stands_is_moved(cast: Cast, ahead: Appointment) -> None:
    begun = plan_appointment(
        cast.amara.episode, when=replace(TUESDAY, day=NOW.date(), time=time(15)), by=cast.ben, at=NOW
    )
    hold_session(begun, by=cast.ben, at=NOW)
    cancel_appointment(ahead, by=cast.ben, at=NOW)
    for one in (begun, ahead):
        with pytest.raises(Conflict):
            move(cast, one)


def test_one_of_a_series_is_moved_alone(cast: Cast) -> None:
    made = plan_series(cast.amara.episode, first=TUESDAY, repeats=Repeats(1, times=3), by=cast.ben, at=NOW)
    _, second, _ = made.appointments.order_by("starts_at")
    moved = move(cast, second)
    assert moved.series_id == made.id
    days = made.appointments.order_by("starts_at").values_list("day", flat=True)
    assert list(days) == [TUESDAY.day, THURSDAY.day, TUESDAY.day + timedelta(weeks=2)]
    cancel_appointment(moved, following=True, by=cast.ben, at=NOW)
    assert [one.state for one in made.appointments.order_by("starts_at")] == ["planned", "cancelled", "cancelled"]
