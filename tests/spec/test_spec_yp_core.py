"""YP-CORE

Ten statements about the last week for young people aged 11 to 16, each answered 0 to 4; higher means more distress.
The wording belongs to the CORE System Trust, under CC BY-NC-ND 4.0, and comes with the restricted pack
(`packs/restricted`), which keeps its sources: `core-terms`, `core-scoring`, `yp-core-wording`, `twigg2016` and
`cecpfuns`.

Reliable change is not told: no figure for it could be read at its source. No score is a diagnosis, and *no answer of
danger* never means safe.
"""

import pytest

from attune_science import instruments, scoring

YP_CORE = instruments.get("yp-core")
TOTAL, MEAN = YP_CORE.scales


def _answers(numbers: str) -> scoring.Answers:
    return scoring.read_numbers(YP_CORE, numbers.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total", "mean"),
    [
        ("0 0 0 0 0 0 0 0 0 0", 12.0, 1.2),
        ("4 4 4 4 4 4 4 4 4 4", 28.0, 2.8),
        ("0 0 4 0 4 0 0 0 0 4", 0.0, 0.0),
        ("4 4 0 4 0 4 4 4 4 0", 40.0, 4.0),
        ("1 2 3 0 4 1 2 3 1 2", 13.0, 1.3),
    ],
)
def test_scores(answers_in_order: str, total: float, mean: float) -> None:
    """The sum and the mean

    Statements 3, 5 and 10 say something good, so they are reversed: 4 counts as 0 (`yp-core-wording`). The answers
    are written as they were given.
    """
    assert [score.value for score in scoring.score(YP_CORE, _answers(answers_in_order))] == [total, mean]


@pytest.mark.parametrize(
    ("answers_in_order", "total", "mean"),
    [
        ("- 0 0 0 0 0 0 0 0 0", 13.333, 1.333),
        ("0 0 - 0 0 0 0 0 0 0", 8.889, 0.889),
        ("- - 0 0 0 0 0 0 0 0", None, None),
    ],
)
def test_missing(answers_in_order: str, total: float | None, mean: float | None) -> None:
    """Missing answers

    One missing answer (-) counts as the mean of the nine given; with more missing there is neither sum nor mean
    (`core-scoring`).
    """
    scores = scoring.score(YP_CORE, _answers(answers_in_order))
    assert [None if score.value is None else round(score.value, 3) for score in scores] == [total, mean]


@pytest.mark.parametrize(
    ("mean", "boys_11_to_13", "boys_14_to_16", "girls_11_to_13", "girls_14_to_16"),
    [
        (1.0, False, False, False, False),
        (1.02, False, False, False, False),
        (1.03, True, False, False, False),
        (1.4, True, False, False, False),
        (1.41, True, True, False, False),
        (1.43, True, True, False, False),
        (1.44, True, True, True, False),
        (1.58, True, True, True, False),
        (1.59, True, True, True, True),
    ],
)
def test_cut_offs(
    mean: float, boys_11_to_13: bool, boys_14_to_16: bool, girls_11_to_13: bool, girls_14_to_16: bool
) -> None:
    """The cut-offs

    On the mean, by age and sex: 1.03, 1.41, 1.44 and 1.59 (`twigg2016`, as kept in `cecpfuns`). For anybody else, and
    where age or gender is not told, there is none: then the course is looked at, and nothing else.
    """
    found = {cut_off.population: cut_off.reached(mean) for cut_off in MEAN.cut_offs}
    assert found == {
        "boys aged 11 to 13, United Kingdom": boys_11_to_13,
        "boys aged 14 to 16, United Kingdom": boys_14_to_16,
        "girls aged 11 to 13, United Kingdom": girls_11_to_13,
        "girls aged 14 to 16, United Kingdom": girls_14_to_16,
    }
    assert not TOTAL.cut_offs


@pytest.mark.parametrize(
    ("answers_in_order", "tells_of_danger"),
    [
        ("0 0 4 1 4 0 0 0 0 4", True),
        ("- - - 3 - - - - - -", True),
        ("4 4 0 0 0 4 4 4 4 0", False),
        ("4 4 0 - 0 4 4 4 4 0", False),
    ],
)
def test_danger(answers_in_order: str, tells_of_danger: bool) -> None:
    """An answer that tells of danger

    Any answer but *not at all* to statement 4 raises a concern at once, whatever the sum.
    """
    assert scoring.at_risk(YP_CORE, _answers(answers_in_order)) is tells_of_danger
