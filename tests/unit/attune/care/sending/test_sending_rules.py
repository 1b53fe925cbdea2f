"""When a check-in is sent: by the client's clocks, also on the days on which they change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from attune.care.sending.rules import IRREGULAR, Window, after_window, before_window, set_apart


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("starts_at", "zone", "due"),
    [
        (utc(2026, 11, 17, 16), "Europe/London", utc(2026, 11, 16, 18)),
        (utc(2026, 7, 14, 15), "Europe/London", utc(2026, 7, 13, 17)),  # summer: 18:00 there is 17:00 here
        (utc(2026, 10, 25, 16), "Europe/London", utc(2026, 10, 24, 17)),  # the clocks go back in the night between
        (utc(2027, 3, 28, 9), "Europe/London", utc(2027, 3, 27, 18)),  # and forward
        (utc(2026, 11, 17, 4), "Asia/Kolkata", utc(2026, 11, 16, 12, 30)),
        (utc(2026, 11, 17, 4), "America/Los_Angeles", utc(2026, 11, 16, 2)),  # there it is still Monday evening
        (utc(2026, 11, 16, 12), "Pacific/Auckland", utc(2026, 11, 16, 5)),  # there it is Tuesday, 1:00
    ],
)
def test_the_evening_before_is_the_clients(starts_at: datetime, zone: str, due: datetime) -> None:
    assert before_window("day", starts_at=starts_at, zone=zone) == Window(due, starts_at)


def test_an_hour_that_the_clocks_skip_comes_after_the_gap() -> None:
    """Only some islands change their clocks in the evening; what is promised for a skipped hour comes all the same."""
    window = before_window("day", starts_at=utc(1945, 9, 3, 9), zone="Asia/Tokyo")
    assert window.due == utc(1945, 9, 2, 9)


def test_two_hours_are_hours_whatever_the_clocks_do() -> None:
    starts_at = utc(2026, 10, 25, 2)  # two o'clock after they went back
    assert before_window("hours", starts_at=starts_at, zone="Europe/London").due == utc(2026, 10, 25)


def test_after_a_session() -> None:
    ended_at = utc(2026, 7, 14, 15, 50)
    assert after_window("end", ended_at=ended_at, zone="Europe/London").due == ended_at
    window = after_window("evening", ended_at=ended_at, zone="Europe/London")
    assert (window.due, window.until) == (utc(2026, 7, 14, 18), utc(2026, 7, 16, 18))


def test_in_the_evening_is_never_before_it_has_ended() -> None:
    ended_at = utc(2026, 11, 17, 20, 50)
    assert after_window("evening", ended_at=ended_at, zone="Europe/London").due == ended_at
    assert after_window("evening", ended_at=ended_at, zone="Asia/Kolkata").due == utc(2026, 11, 18, 13, 30)


def test_several_are_written_to_at_times_of_their_own_and_nobody_always_first() -> None:
    people = [uuid4() for _ in range(3)]
    window = Window(utc(2026, 11, 16, 18), utc(2026, 11, 17, 16))
    firsts = set()
    for about in (UUID(int=n) for n in range(40)):
        times = {who: set_apart(window, moment="before", about=about, who=who, people=people).due for who in people}
        assert all(window.due - timedelta(hours=2) <= one <= window.due for one in times.values())
        listed = sorted(times.values())
        assert all(late - early >= timedelta(minutes=35 - IRREGULAR + 1) for early, late in pairwise(listed))
        firsts.add(min(times, key=lambda who: times[who]))
    assert firsts == set(people)


def test_the_same_meeting_is_drawn_the_same_again_and_after_means_later() -> None:
    people = [uuid4(), uuid4()]
    window, about = Window(utc(2026, 11, 17, 16, 50), utc(2026, 11, 19, 16, 50)), uuid4()
    one, again = (set_apart(window, moment="after", about=about, who=people[0], people=people) for _ in range(2))
    assert one == again
    assert one.due >= window.due
    assert one.until == window.until
