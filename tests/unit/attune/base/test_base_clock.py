"""The clock can be stopped for everybody, and goes on afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from attune.base import clock
from attune.base.ids import new_id

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_clock_is_in_utc_and_goes() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_stopped_clock_stands_in_every_thread() -> None:
    with clock.fixed(NOON), ThreadPoolExecutor(1) as threads:
        assert clock.now() == NOON
        assert threads.submit(clock.now).result() == NOON
        with clock.fixed(NOON + timedelta(hours=1)):
            assert clock.now() == NOON + timedelta(hours=1)
        assert clock.now() == NOON


def test_it_goes_on_whatever_happened() -> None:
    with pytest.raises(ValueError), clock.fixed(NOON):
        raise ValueError
    assert clock.now() != NOON


def test_ids_lie_in_the_order_in_which_they_were_made() -> None:
    made = [new_id() for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
