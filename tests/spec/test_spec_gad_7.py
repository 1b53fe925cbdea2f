"""GAD-7

Seven questions about the last two weeks, each 0 (*not at all*) to 3 (*nearly every day*); a higher sum means more
anxiety. Its wording may be reproduced without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are kept
under `camcops-gad-7`, `hl7-phr-gad-7`, `zorowitz2021`, `spitzer2006`, `loewe2008` and `nhs-talking-therapies` in
`references.toml`.

The sum is no diagnosis. No question asks about danger, so the form never raises a concern.
"""

import pytest

from attune_science import instruments, scoring, yardstick

GAD_7 = instruments.get("gad-7")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(GAD_7, answers_in_order.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("0 0 0 0 0 0 0", 0.0, "none"),
        ("3 3 3 3 3 3 3", 21.0, "severe"),
        ("1 2 3 0 1 2 3", 12.0, "moderate"),
        ("2 2 2 2 2 - -", 14.0, "moderate"),
        ("1 1 1 1 2 - 1", 8.166666666666666, "mild"),
        ("2 2 2 2 - - -", None, None),
    ],
)
def test_total(answers_in_order: str, total: float | None, band: str | None) -> None:
    """The sum

    Up to two missing answers (-) count as the mean of those given, with more missing there is no sum: this rule is
    ours (`attune`), for no source was found that states one.
    """
    (total_score,) = scoring.score(GAD_7, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, band)


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("3 1 0 0 0 0 0", 4.0, "none"),
        ("3 2 0 0 0 0 0", 5.0, "mild"),
        ("3 3 3 0 0 0 0", 9.0, "mild"),
        ("3 3 3 1 0 0 0", 10.0, "moderate"),
        ("3 3 3 3 2 0 0", 14.0, "moderate"),
        ("3 3 3 3 3 0 0", 15.0, "severe"),
        ("3 3 3 3 2 0 -", 16.333333333333332, "severe"),
    ],
)
def test_bands(answers_in_order: str, total: float, band: str) -> None:
    """The bands

    They begin at 0, 5, 10 and 15 (`camcops-gad-7`) and are read from the unrounded sum.
    """
    (total_score,) = scoring.score(GAD_7, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, band)


@pytest.mark.parametrize(
    ("total", "reaches_10", "reaches_8"),
    [
        (7.0, False, False),
        (7.5, False, False),
        (8.0, False, True),
        (9.0, False, True),
        (10.0, True, True),
        (21.0, True, True),
    ],
)
def test_cut_offs(total: float, reaches_10: bool, reaches_8: bool) -> None:
    """The cut-offs

    From 10 on a closer look is worth it (`spitzer2006`); from 8 on the NHS services in England count somebody as in
    need of treatment (`nhs-talking-therapies`). Two uses, two values: neither is the better one.
    """
    ten, eight = GAD_7.scales[0].cut_offs
    assert (ten.reached(total), eight.reached(total)) == (reaches_10, reaches_8)


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        (14, 11, False),
        (14, 10, True),
        (6, 9, False),
        (6, 10, True),
    ],
)
def test_reliable_change(before: int, after: int, counts: bool) -> None:
    """Reliable change

    With the spread of 4.5 at the start in the NHS services and a reliability of .92, error of measurement alone stays
    within 3.53 points in 95 of 100; so 4 points count, as these services have it (`nhs-talking-therapies`,
    `spitzer2006`). Both figures are those of named samples, not of the questionnaire.
    """
    measure = yardstick.yardstick_of(GAD_7)
    assert scoring.rounded(measure.smallest, 3) == scoring.rounded(3.528, 3)
    assert measure.is_reliable(measure.gain(before, after)) is counts
