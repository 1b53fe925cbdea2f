"""Two people change times at once: none is promised twice, and what one did is not passed over by the other."""

from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from support.at_once import Work, outcomes
from support.cast import NOW, ZONE, Cast, make_cast

from attune.audit.verify import verify
from attune.care.schedule import moves, series
from attune.care.schedule.actions import (
    cancel_appointment,
    hold_session,
    note_not_seen,
    plan_appointment,
    reinstate_appointment,
)
from attune.care.schedule.models import Appointment, Move, Series
from attune.care.schedule.moves import move_appointment
from attune.care.schedule.series import Repeats, plan_series
from attune.care.schedule.times import When
from attune.people.readers import get_installation
from attune.vault.keys import keyring

TUESDAY = When(date(2026, 11, 24), time(16), ZONE)
THURSDAY = When(date(2026, 11, 26), time(10), ZONE)
FRIDAY = When(date(2026, 11, 27), time(10), ZONE)


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()
    get_installation.cache_clear()


def plan(cast: Cast, when: When = TUESDAY) -> Appointment:
    return plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW)


def weekly(cast: Cast) -> Series:
    return plan_series(cast.amara.episode, first=TUESDAY, repeats=Repeats(1, times=8), by=cast.ben, at=NOW)


def standing() -> list[Appointment]:
    return list(Appointment.objects.filter(state="planned").order_by("starts_at"))


def test_one_hour_is_promised_once(cast: Cast) -> None:
    assert outcomes(*[lambda: plan(cast)] * 4) == ["Conflict"] * 3 + ["done"]
    assert len(standing()) == 1
    assert verify().fault is None


def test_of_two_series_at_the_same_hours_one_is_made_whole(cast: Cast) -> None:
    assert outcomes(*[lambda: weekly(cast)] * 2) == ["Refused", "done"]
    assert Series.objects.get().appointments.count() == len(standing()) == 8
    assert verify().fault is None


def test_a_series_and_one_of_its_hours(cast: Cast) -> None:
    """Whoever is second makes nothing, or nothing half."""
    third = When(TUESDAY.day + timedelta(weeks=2), TUESDAY.time, ZONE)
    assert outcomes(lambda: weekly(cast), lambda: plan(cast, third)) in (["Conflict", "done"], ["Refused", "done"])
    assert len(standing()) in (1, 8)
    assert Series.objects.count() == (len(standing()) == 8)


def test_moved_by_two_at_once_it_goes_to_one_place(cast: Cast) -> None:
    one = plan(cast)

    def moving(to: When) -> Work:
        return lambda: move_appointment(one, to=to, side="client", seen=TUESDAY.instant(), by=cast.ben, at=NOW)

    assert outcomes(moving(THURSDAY), moving(FRIDAY)) == ["Conflict", "done"]
    assert Move.objects.count() == 1
    assert standing()[0].starts_at in (THURSDAY.instant(), FRIDAY.instant())


def test_two_that_are_moved_to_one_hour_do_not_meet(cast: Cast) -> None:
    tuesday, friday = plan(cast), plan(cast, FRIDAY)

    def moving(one: Appointment) -> Work:
        return lambda: move_appointment(one, to=THURSDAY, side="client", seen=one.starts_at, by=cast.ben, at=NOW)

    assert outcomes(moving(tuesday), moving(friday)) == ["Conflict", "done"]
    assert [one.starts_at for one in standing()].count(THURSDAY.instant()) == 1
    assert Move.objects.count() == 1


def test_cancelled_by_two_at_once_one_of_them_has_said_it(cast: Cast) -> None:
    one = plan(cast)

    def cancelling(side: str) -> Work:
        return lambda: cancel_appointment(one, side=side, by=cast.ben, at=NOW)

    assert outcomes(cancelling("client"), cancelling("therapist")) == ["Conflict", "done"]
    assert not standing()


def test_moved_and_cancelled_at_once(cast: Cast) -> None:
    """Either order is a story: cancelled where it was moved to, or too late to be moved."""
    one = plan(cast)
    came = outcomes(
        lambda: move_appointment(one, to=THURSDAY, side="client", seen=TUESDAY.instant(), by=cast.ben, at=NOW),
        lambda: cancel_appointment(one, side="client", by=cast.ben, at=NOW),
    )
    assert came in (["done", "done"], ["Conflict", "done"])
    assert not standing()
    assert Move.objects.exists() == (came == ["done", "done"])


def test_taken_back_and_promised_anew_at_once(cast: Cast) -> None:
    one = plan(cast)
    cancel_appointment(one, side="client", by=cast.ben, at=NOW)
    came = outcomes(lambda: reinstate_appointment(one, by=cast.ben, at=NOW), lambda: plan(cast))
    assert came == ["Conflict", "done"]
    assert len(standing()) == 1


def test_it_took_place_or_nobody_came_and_not_both(cast: Cast) -> None:
    begun = plan(cast, When(NOW.date(), time(15), ZONE))
    came = outcomes(lambda: hold_session(begun, by=cast.ben, at=NOW), lambda: note_not_seen(begun, by=cast.ben, at=NOW))
    assert came == ["Conflict", "done"]
    begun.refresh_from_db()
    assert (begun.state == "not-seen") != hasattr(begun, "session")


@pytest.mark.parametrize("where", [series, moves])
def test_without_the_first_look_the_database_still_refuses(
    cast: Cast, where: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at first may have changed: the rule of the table is the last to hold, and nothing stays half."""
    taken = plan(cast, When(TUESDAY.day + timedelta(weeks=1), TUESDAY.time, ZONE))
    if where is series:
        monkeypatch.setattr(series, "_sorted_out", lambda _, whens: (whens, []))
        assert outcomes(lambda: weekly(cast)) == ["Conflict"]
    else:
        one = plan(cast, THURSDAY)
        to = When(taken.day, taken.time, ZONE)
        moving = lambda: move_appointment(  # noqa: E731 - a work as the others
            one, to=to, side="client", seen=one.starts_at, by=cast.ben, at=NOW
        )
        assert outcomes(moving) == ["Conflict"]
    assert not Series.objects.exists()
    assert not Move.objects.exists()
    assert standing()[-1] == taken
