"""CORE-10

Ten statements about the last week, each answered 0 to 4; higher means more distress. The wording belongs to the CORE
System Trust, under CC BY-NC-ND 4.0: not a word may be changed, and the line “© CORE System Trust:
https://www.coresystemtrust.org.uk/copyright.pdf” stands under the form. Many pages still name the older CC BY-ND 4.0.
It comes with the restricted pack (`packs/restricted`), which keeps its sources: `core-terms`, `core-scoring`,
`camcops-core-10`, `core-10-form`, `barkham2013` and `core-10-manual`.

The sum is no diagnosis, and *no answer of danger* never means safe.
"""

import pytest

from attune_science import change, instruments, scoring

CORE_10 = instruments.get("core-10")
TOTAL = CORE_10.scales[0]


def _answers(numbers: str) -> scoring.Answers:
    return scoring.read_numbers(CORE_10, numbers.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("1 2 3 0 1 0 3 2 3 1", 14.0, "mild"),
        ("0 0 0 0 0 0 0 0 0 0", 8.0, "low"),
        ("4 4 4 4 4 4 4 4 4 4", 32.0, "severe"),
        ("0 4 4 0 0 0 0 0 0 0", 0.0, "healthy"),
        ("4 0 0 4 4 4 4 4 4 4", 40.0, "severe"),
    ],
)
def test_total(answers_in_order: str, total: float, band: str) -> None:
    """The sum

    Statements 2 and 3 say something good, so they are reversed: 4 counts as 0 (`camcops-core-10`). The answers are
    written as they were given.
    """
    (score,) = scoring.score(CORE_10, _answers(answers_in_order))
    assert (score.value, score.band) == (total, band)


@pytest.mark.parametrize(
    ("answers_in_order", "total"),
    [
        ("1 2 3 0 1 0 3 2 3 -", 14.444),
        ("1 - 3 0 1 0 3 2 3 1", 13.333),
        ("1 2 3 0 1 0 3 2 - -", None),
        ("- - - - - - - - - -", None),
    ],
)
def test_missing(answers_in_order: str, total: float | None) -> None:
    """Missing answers

    One missing answer (-) counts as the mean of the nine given; with more missing there is no sum (`core-scoring`).
    """
    (score,) = scoring.score(CORE_10, _answers(answers_in_order))
    assert total == (None if score.value is None else round(score.value, 3))
    assert bool(score.reason) is (total is None)


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band", "distress", "depression"),
    [
        ("4 4 3 0 0 0 0 0 0 0", 5.0, "healthy", False, False),
        ("4 4 2 0 0 0 0 0 0 0", 6.0, "low", False, False),
        ("4 4 4 4 2 0 0 0 0 0", 10.0, "low", False, False),
        ("4 4 4 4 3 0 0 0 0 0", 11.0, "mild", True, False),
        ("4 4 4 4 4 0 0 0 0 0", 12.0, "mild", True, False),
        ("4 4 4 4 4 0 1 0 0 0", 13.0, "mild", True, True),
        ("4 4 4 4 4 0 2 0 0 0", 14.0, "mild", True, True),
        ("4 4 4 4 4 0 3 0 0 0", 15.0, "moderate", True, True),
        ("4 4 4 4 4 0 4 3 0 0", 19.0, "moderate", True, True),
        ("4 4 4 4 4 0 4 4 0 0", 20.0, "moderately-severe", True, True),
        ("4 4 4 4 4 0 4 4 4 0", 24.0, "moderately-severe", True, True),
        ("4 4 4 4 4 0 4 4 4 1", 25.0, "severe", True, True),
    ],
)
def test_bands(answers_in_order: str, total: float, band: str, distress: bool, depression: bool) -> None:
    """Bands and cut-offs

    The bands begin at 0, 6, 11, 15, 20 and 25. From 11 on a sum looks more like those of people who come for help;
    from 13 on depression is worth asking about (`barkham2013`).
    """
    (score,) = scoring.score(CORE_10, _answers(answers_in_order))
    assert (score.value, score.band) == (total, band)
    assert [cut_off.reached(total) for cut_off in TOTAL.cut_offs] == [distress, depression]


@pytest.mark.parametrize(
    ("before", "after", "category"),
    [
        (20.0, 13.0, "improved"),
        (20.0, 14.0, "unchanged"),
        (17.0, 10.0, "recovered"),
        (13.0, 10.0, "crossed"),
        (13.0, 20.0, "deteriorated"),
        (10.0, 17.0, "harmed"),
    ],
)
def test_change(before: float, after: float, category: str) -> None:
    """Change

    With the spread of clients in primary care counselling (7.7, `core-10-manual`) and alpha .90 (`barkham2013`) a
    change counts beyond 6.75 points. The figure of 6 that is often quoted is the edge at 90 %, rounded up.
    """
    assert change.change(before, after, change.yardstick_of(CORE_10)).category == category


@pytest.mark.parametrize(
    ("answers_in_order", "tells_of_danger"),
    [
        ("0 4 4 0 0 1 0 0 0 0", True),
        ("- - - - - 2 - - - -", True),
        ("4 0 0 4 4 0 4 4 4 4", False),
        ("4 0 0 4 4 - 4 4 4 4", False),
    ],
)
def test_danger(answers_in_order: str, tells_of_danger: bool) -> None:
    """An answer that tells of danger

    Any answer but *not at all* to statement 6 raises a concern at once, whatever the sum, and whether or not there is
    one.
    """
    assert scoring.at_risk(CORE_10, _answers(answers_in_order)) is tells_of_danger
