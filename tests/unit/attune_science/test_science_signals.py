"""Signals: numbers only in the basis, limits in a sentence, and a course that cannot be read is refused."""

import pytest

from attune_science.errors import ScienceError
from attune_science.scoring import Answers
from attune_science.signals import Point, client_word, published


def test_how_the_client_wants_it_travels_with_the_hurt_alone() -> None:
    said = Answers("attune-session", "1", "three", choices={"hurt": "small", "how": "leave", "relative": "much_harder"})
    hurt, harder = client_word(said, session=4)
    assert (hurt.word, hurt.how, dict(hurt.basis)) == ("small", "leave", {"session": 4})
    assert (harder.word, harder.how) == ("much_harder", "")


def test_the_basis_holds_numbers_only_and_cannot_be_changed() -> None:
    for signal in published([Point(6, 8.5), Point(7, 6.5)]):
        assert all(isinstance(value, int | float) for value in signal.basis.values())
        assert signal.limits.endswith(".")
        with pytest.raises(TypeError):
            signal.basis["value"] = 0  # type: ignore[index]


def test_the_figure_is_said_as_it_was_simulated() -> None:
    cut_off, fall = published([Point(6, 8.5), Point(7, 6.5)], scale="three")
    assert "57%" in cut_off.limits
    assert "81%" in fall.limits
    assert "mean of eight" in cut_off.limits


def test_no_course_no_signal() -> None:
    assert published([]) == ()


@pytest.mark.parametrize(
    "course",
    [
        [Point(2, 8.0), Point(1, 8.0)],
        [Point(2, 8.0), Point(2, 8.0)],
        [Point(0, 8.0)],
        [Point(3, 10.5)],
        [Point(3, -0.1)],
        [Point(3, float("nan"))],
    ],
)
def test_a_course_that_cannot_be_read_is_refused(course: list[Point]) -> None:
    with pytest.raises(ScienceError, match="one point a session"):
        published(course)
