"""A series: the same hour of the wall clock, within bounds, whole or not at all."""

from datetime import UTC, date, time, timedelta

import pytest
from support.cast import NOW, ZONE, Cast

from attune.audit.models import Event
from attune.base.errors import Refused
from attune.care.schedule.actions import cancel_appointment, plan_appointment
from attune.care.schedule.models import Appointment, Series
from attune.care.schedule.series import Repeats, plan_series
from attune.care.schedule.times import When

FIRST = date(2026, 11, 24)  # a Tuesday
FIRST_HOUR = When(FIRST, time(16), ZONE)


def series(cast: Cast, repeats: Repeats, first: When = FIRST_HOUR, *, leave_out: bool = False) -> Series:
    return plan_series(cast.amara.episode, first=first, repeats=repeats, leave_out=leave_out, by=cast.ben, at=NOW)


def planned() -> list[Appointment]:
    return list(Appointment.objects.order_by("starts_at"))


@pytest.mark.parametrize(
    ("repeats", "days"),
    [
        (Repeats(1, times=3), [0, 7, 14]),
        (Repeats(2, times=3), [0, 14, 28]),
        (Repeats(1, until=FIRST + timedelta(days=14)), [0, 7, 14]),
        (Repeats(2, until=FIRST + timedelta(days=27)), [0, 14]),
    ],
    ids=["weekly", "every-second-week", "until-that-very-day", "until-the-day-before-the-next"],
)
def test_the_days_of_a_series(repeats: Repeats, days: list[int]) -> None:
    assert repeats.days_from(FIRST) == [FIRST + timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("repeats", "field"),
    [
        (Repeats(1), "until"),
        (Repeats(1, until=FIRST + timedelta(days=14), times=3), "until"),
        (Repeats(1, until=FIRST - timedelta(days=1)), "until"),
        (Repeats(1, until=FIRST + timedelta(days=6)), "until"),
        (Repeats(1, until=FIRST + timedelta(weeks=52)), "until"),
        (Repeats(1, until=date.max), "until"),
        (Repeats(1, times=0), "times"),
        (Repeats(1, times=1), "times"),
        (Repeats(1, times=53), "times"),
        (Repeats(3, times=4), "repeat"),
        (Repeats(0, times=4), "repeat"),
    ],
)
def test_a_series_has_one_end_within_bounds(repeats: Repeats, field: str) -> None:
    with pytest.raises(Refused) as refused:
        repeats.days_from(FIRST)
    assert set(refused.value.fields) == {field}


def test_a_year_of_weeks_is_the_most(cast: Cast) -> None:
    made = series(cast, Repeats(1, times=52))
    assert made.appointments.count() == 52
    assert Event.objects.filter(verb="appointment.planned").count() == 52
    assert Event.objects.filter(verb="series.planned", subject=made.id).count() == 1


def test_four_in_the_afternoon_stays_four_in_the_afternoon(cast: Cast) -> None:
    series(cast, Repeats(1, times=3), When(date(2027, 3, 23), time(16), ZONE))
    assert [one.time for one in planned()] == [time(16)] * 3
    assert [one.starts_at.astimezone(UTC).hour for one in planned()] == [16, 15, 15]  # the clocks changed on 28 March


def test_nothing_beyond_two_years(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        series(cast, Repeats(2, times=52), When(date(2027, 2, 2), time(16), ZONE))
    assert "times" in refused.value.fields
    with pytest.raises(Refused):
        series(cast, Repeats(1, times=2), When(date.max, time(16), ZONE))
    assert not Appointment.objects.exists()


def test_an_hour_that_the_clocks_skip_is_named_and_left_out_on_request(cast: Cast) -> None:
    sunday = When(date(2027, 3, 21), time(1, 30), ZONE)
    with pytest.raises(Refused) as refused:
        series(cast, Repeats(1, times=3), sunday)
    assert refused.value.fields == {"leave_out": "Sunday 28 March 2027: the clocks skip this hour."}
    assert (Appointment.objects.count(), Series.objects.count()) == (0, 0)
    series(cast, Repeats(1, times=3), sunday, leave_out=True)
    assert [one.day for one in planned()] == [date(2027, 3, 21), date(2027, 4, 4)]


def test_the_first_day_may_be_the_one_that_is_skipped(cast: Cast) -> None:
    series(cast, Repeats(1, times=3), When(date(2027, 3, 28), time(1, 30), ZONE), leave_out=True)
    assert [one.day for one in planned()] == [date(2027, 4, 4), date(2027, 4, 11)]


def test_what_is_taken_already_is_named_and_left_out_on_request(cast: Cast) -> None:
    second = When(FIRST + timedelta(weeks=1), time(16), ZONE)
    taken = plan_appointment(cast.amara.episode, when=second, by=cast.ben, at=NOW)
    with pytest.raises(Refused) as refused:
        series(cast, Repeats(1, times=3))
    assert refused.value.fields["leave_out"].startswith("Tuesday 1 December 2026: there is an appointment")
    assert planned() == [taken]
    made = series(cast, Repeats(1, times=3), leave_out=True)
    assert [one.series_id for one in planned()] == [made.id, None, made.id]


def test_where_no_day_is_free_there_is_nothing_to_leave_out(cast: Cast) -> None:
    series(cast, Repeats(1, times=2))
    for leave_out in (False, True):
        with pytest.raises(Refused) as refused:
            series(cast, Repeats(1, times=2), leave_out=leave_out)
        assert set(refused.value.fields) == {"day"}
    assert Series.objects.count() == 1


def test_a_cancelled_hour_is_free_again(cast: Cast) -> None:
    cancel_appointment(series(cast, Repeats(1, times=2)).appointments.earliest("starts_at"), by=cast.ben, at=NOW)
    plan_appointment(cast.amara.episode, when=FIRST_HOUR, by=cast.ben, at=NOW)


def test_an_unknown_place_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        series(cast, Repeats(1, times=2), When(FIRST, time(16), ZONE, "the moon"))
    assert not Appointment.objects.exists()
