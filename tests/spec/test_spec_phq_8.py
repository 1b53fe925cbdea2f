"""PHQ-8

The PHQ-9 without its last question, the one about death and self-harm: eight questions, each 0 (*not at all*) to 3
(*nearly every day*). Its wording may be reproduced without permission; the line “(c) Pfizer Inc.” stays beside it.
Sources are kept under `camcops-phq-8` and `kroenke2009` in `references.toml`.

The sum is no diagnosis. **This form cannot learn of danger**: where danger is possible, ask with the PHQ-9, or in
person.
"""

import pytest

from attune_science import instruments, scoring

PHQ_8 = instruments.get("phq-8")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(PHQ_8, answers_in_order.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("2 2 2 2 1 1 2 0", 12.0, "moderate"),
        ("0 0 0 0 0 0 0 0", 0.0, "none"),
        ("3 3 3 3 3 3 3 3", 24.0, "severe"),
        ("2 2 2 2 2 2 - -", 16.0, "moderately-severe"),
        ("2 2 2 2 2 - - -", None, None),
    ],
)
def test_total(answers_in_order: str, total: float | None, band: str | None) -> None:
    """The sum

    Up to two missing answers (-) count as the mean of those given, with more missing there is no sum: the rule of the
    PHQ-9, carried over by us (`attune`).
    """
    (total_score,) = scoring.score(PHQ_8, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, band)


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("3 1 0 0 0 0 0 0", 4.0, "none"),
        ("3 2 0 0 0 0 0 0", 5.0, "mild"),
        ("3 3 3 0 0 0 0 0", 9.0, "mild"),
        ("3 3 3 1 0 0 0 0", 10.0, "moderate"),
        ("3 3 3 3 2 0 0 0", 14.0, "moderate"),
        ("3 3 3 3 3 0 0 0", 15.0, "moderately-severe"),
        ("3 3 3 3 3 3 1 0", 19.0, "moderately-severe"),
        ("3 3 3 3 3 3 2 0", 20.0, "severe"),
    ],
)
def test_bands(answers_in_order: str, total: float, band: str) -> None:
    """The bands

    They begin at 0, 5, 10, 15 and 20 (`camcops-phq-8`) and are read from the unrounded sum.
    """
    (total_score,) = scoring.score(PHQ_8, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, band)


@pytest.mark.parametrize(
    ("total", "reached"),
    [
        (9.0, False),
        (9.9, False),
        (10.0, True),
    ],
)
def test_cut_off(total: float, reached: bool) -> None:
    """The cut-off

    From 10 on a closer look is worth it (`kroenke2009`, `camcops-phq-8`).
    """
    (ten,) = PHQ_8.scales[0].cut_offs
    assert ten.reached(total) is reached


@pytest.mark.parametrize(
    ("answers_in_order", "outcome", "open_still"),
    [
        ("2 2 2 2 1 1 2 0", "major", False),
        ("0 0 2 2 2 2 2 2", None, False),
        ("2 0 0 0 0 0 0 2", "other", False),
        ("2 0 0 0 0 0 0 1", None, False),
        ("2 2 2 2 - 0 0 0", None, True),
        ("2 2 2 2 2 - - -", "major", False),
    ],
)
def test_algorithm(answers_in_order: str, outcome: str | None, open_still: bool) -> None:
    """The published algorithm

    Five of eight at 2 or above, the first or second among them: *major*; two to four: *other* (`camcops-phq-8`). It is
    shown beside the sum and is no diagnosis. With answers missing it is told only where none could change it.
    """
    (pattern,) = scoring.patterns(PHQ_8, _answers(answers_in_order))
    assert pattern.outcome == outcome
    assert bool(pattern.reason) is open_still


def test_no_danger() -> None:
    """No question about danger

    Its eight questions are those of the PHQ-9, kept there once; no answer to any of them raises a concern.
    """
    assert PHQ_8.items == instruments.get("phq-9").items[:8]
    assert not scoring.at_risk(PHQ_8, _answers("3 3 3 3 3 3 3 3"))
