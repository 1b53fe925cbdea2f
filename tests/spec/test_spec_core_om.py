"""CORE-OM

Thirty-four statements about the last week, each answered 0 to 4; higher means more distress. The wording belongs to
the CORE System Trust, under CC BY-NC-ND 4.0, and comes with the restricted pack (`packs/restricted`), which keeps its
sources: `core-terms`, `core-scoring`, `core-om-wording`, `evans2002` and `connell2007`.

The clinical score is the mean of all items times 10; the others are means from 0 to 4: all items, all but risk, and
the four domains, which were never meant to be separate things (`core-scoring`). No score is a diagnosis, and *no
answer of danger* never means safe.
"""

import pytest

from attune_science import change, instruments, scoring

CORE_OM = instruments.get("core-om")
CLINICAL = CORE_OM.scales[0]


def _answers(digits: str) -> scoring.Answers:
    return scoring.read_numbers(CORE_OM, list(digits.replace(" ", "")))


def _values(digits: str) -> dict[str, float | None]:
    scores = scoring.score(CORE_OM, _answers(digits))
    return {score.scale: None if score.value is None else round(score.value, 5) for score in scores}


@pytest.mark.parametrize(
    ("answers_in_order", "wellbeing", "problems", "functioning", "risk", "mean", "clinical"),
    [
        ("00000 00000 00000 00000 00000 00000 0000", 2.0, 0.0, 2.0, 0.0, 0.94118, 9.41176),
        ("44444 44444 44444 44444 44444 44444 4444", 2.0, 4.0, 2.0, 4.0, 3.05882, 30.58824),
        ("01234 01234 01234 01234 01234 01234 0123", 2.25, 2.33333, 2.41667, 1.66667, 2.23529, 22.35294),
        ("00440 04000 04000 00040 40000 00000 4400", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        ("44004 40444 40444 44404 04444 44444 0044", 4.0, 4.0, 4.0, 4.0, 4.0, 40.0),
    ],
)
def test_scores(
    answers_in_order: str,
    wellbeing: float,
    problems: float,
    functioning: float,
    risk: float,
    mean: float,
    clinical: float,
) -> None:
    """The scores

    Statements 3, 4, 7, 12, 19, 21, 31 and 32 say something good, so they are reversed: 4 counts as 0 (`evans2002`).
    The answers are written as they were given.
    """
    found = _values(answers_in_order)
    assert [found[key] for key in ("wellbeing", "problems", "functioning", "risk")] == [
        wellbeing,
        problems,
        functioning,
        risk,
    ]
    assert (found["mean"], found["clinical"]) == (mean, clinical)


@pytest.mark.parametrize(
    ("answers_in_order", "all_but_risk"),
    [
        ("00000 00000 00000 00000 00000 00000 0000", 1.14286),
        ("00000 40040 00000 40000 04040 00000 0004", 1.14286),
        ("44444 04404 44444 04444 40404 44444 4440", 2.85714),
    ],
)
def test_all_but_risk(answers_in_order: str, all_but_risk: float) -> None:
    """All but risk

    Statements 6, 9, 16, 22, 24 and 34 stand outside it: whatever they are answered, it stays the same.
    """
    assert _values(answers_in_order)["non-risk"] == all_but_risk


@pytest.mark.parametrize(
    ("answers_in_order", "scales_without_a_value"),
    [
        ("-0000 0000- 00000 00000 00000 00000 0000", "functioning"),
        ("--000 00000 00000 00000 00000 00000 0000", ""),
        ("0-00- 00000 00000 00000 00000 00000 0000", "problems"),
        ("--000 0000- 00000 00000 00000 00000 0000", "functioning"),
        ("--0-0 00000 00000 00000 00000 00000 0000", "wellbeing"),
        ("00000 -0000 00000 00000 00000 00000 0000", "risk"),
        ("--0-0 -0000 00000 00000 00000 00000 0000", "clinical mean wellbeing risk"),
        ("--0-- 00000 00000 00000 00000 00000 0000", "clinical mean non-risk wellbeing problems"),
    ],
)
def test_missing(answers_in_order: str, scales_without_a_value: str) -> None:
    """Missing answers

    The mean is of the answers given while no more than three are missing (-) of all, three of the 28 outside risk, one
    in problems, one in functioning, none in well-being and none in risk (`core-scoring`; two outside risk until 2023).
    """
    found = _values(answers_in_order)
    assert [key for key, value in found.items() if value is None] == scales_without_a_value.split()


@pytest.mark.parametrize(
    ("clinical_score", "band", "clinical"),
    [
        (5.9, "healthy", False),
        (6.0, "low", False),
        (9.9, "low", False),
        (10.0, "mild", True),
        (14.9, "mild", True),
        (15.0, "moderate", True),
        (20.0, "moderately-severe", True),
        (24.9, "moderately-severe", True),
        (25.0, "severe", True),
    ],
)
def test_bands(clinical_score: float, band: str, clinical: bool) -> None:
    """Bands and the cut-off

    The bands of the clinical score begin at 0, 6, 10, 15, 20 and 25. The cut-off between clients and the general
    population came out as 9.9, and its authors recommend 10 (`connell2007`).
    """
    found = CLINICAL.band(clinical_score)
    assert found is not None
    assert found.key == band
    assert [cut_off.reached(clinical_score) for cut_off in CLINICAL.cut_offs] == [clinical]


@pytest.mark.parametrize(
    ("before", "after", "category"),
    [
        (18.0, 13.1, "improved"),
        (18.0, 13.2, "unchanged"),
        (14.0, 9.0, "recovered"),
        (12.0, 9.0, "crossed"),
        (9.0, 14.0, "harmed"),
    ],
)
def test_change(before: float, after: float, category: str) -> None:
    """Change

    With the spread of clients (7.1, `connell2007`) and alpha .94 (`evans2002`) a change of the clinical score counts
    beyond 4.82 points, in whole numbers from 5 on.
    """
    assert change.change(before, after, change.yardstick_of(CORE_OM)).category == category


@pytest.mark.parametrize(
    ("answers_in_order", "tells_of_danger"),
    [
        ("00000 10000 00000 00000 00000 00000 0000", True),
        ("00000 00010 00000 00000 00000 00000 0000", True),
        ("00000 00000 00000 10000 00000 00000 0000", True),
        ("00000 00000 00000 00000 01000 00000 0000", True),
        ("00000 00000 00000 00000 00010 00000 0000", True),
        ("----- ----- ----- ----- ----- ----- ---1", True),
        ("44444 04404 44444 04444 40404 44444 4440", False),
    ],
)
def test_danger(answers_in_order: str, tells_of_danger: bool) -> None:
    """An answer that tells of danger

    Any answer but *not at all* to statements 9, 16, 24 and 34 (harm to oneself) or 6 and 22 (harm to others) raises a
    concern at once, whatever the scores.
    """
    assert scoring.at_risk(CORE_OM, _answers(answers_in_order)) is tells_of_danger
