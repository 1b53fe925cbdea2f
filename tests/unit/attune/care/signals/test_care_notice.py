"""What is noticed when a check-in comes: the client's own word is raised, the published rules stand beside it."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast

from attune.care.signals.models import Signal
from attune.commands.demo import courses
from attune.commands.demo.make import tell_episode
from attune.commands.demo.telling import Course, Week, marks

HOUR = NOW + timedelta(minutes=20)


def noticed(cast: Cast, course: Course, session: int) -> dict[str, Signal]:
    """The signals of one session's check-in, by rule."""
    _, _, (who,) = tell_episode({"Hana": ("they", course)}, cast.ben, ahead=HOUR, now=NOW)
    found = Signal.objects.filter(participant=who, response__invitation__session__number=session)
    return {signal.rule: signal for signal in found}


def test_amaras_seventh_session(cast: Cast) -> None:
    found = noticed(cast, courses.AMARA, 7)
    assert {rule: signal.level for rule, signal in found.items()} == {
        "client-hurt": "raised",
        "client-harder": "raised",
        "below-cut-off": "comparison",
        "fall-from-last": "comparison",
    }
    assert found["fall-from-last"].basis == {"session": 7, "value": 6.5, "before": 8.5, "fall": 0.25}
    assert found["below-cut-off"].basis == {"session": 7, "value": 6.5, "cut_off": 9.0}
    assert "57%" in found["below-cut-off"].limits
    assert "81%" in found["fall-from-last"].limits
    assert all(signal.limits and signal.version for signal in found.values())


def test_nothing_is_said_of_the_first_two_sessions(cast: Cast) -> None:
    low = Course([Week(marks(*[5] * 8)), Week(marks(4, 4, 4)), Week(marks(3, 3, 3))])
    found = noticed(cast, low, 2)
    assert found == {}
    third = Signal.objects.filter(response__invitation__session__number=3).values_list("rule", flat=True)
    assert sorted(third) == ["below-cut-off", "fall-from-last"]


@pytest.mark.parametrize("word", ["small", "yes"])
def test_the_clients_word_is_raised_whatever_the_marks(cast: Cast, word: str) -> None:
    tens = Course([Week(marks(*[10] * 8, hurt=word, how="leave"))])
    assert {rule: one.level for rule, one in noticed(cast, tens, 1).items()} == {"client-hurt": "raised"}


def test_three_lines_are_compared_with_three_lines(cast: Cast) -> None:
    """The fourth check-in has eight lines, the fifth three: only the three lines of both are one series."""
    course = Course(
        [
            Week(marks(*[10] * 8)),
            Week(marks(10, 10, 10)),
            Week(marks(10, 10, 10)),
            Week(marks(10, 0, 10, 0, 10, 0, 0, 0)),
            Week(marks(10, 10, 10)),
        ]
    )
    assert noticed(cast, course, 5) == {}


def test_a_form_without_marks_is_not_looked_at(cast: Cast) -> None:
    course = Course([*courses.INES.weeks[:3], Week({"hurt": "yes", "how": "bring_it_up"})])
    assert set(noticed(cast, course, 4)) == {"client-hurt"}
