"""PHQ-9

Nine questions about the last two weeks, each 0 (*not at all*) to 3 (*nearly every day*); a higher sum means more
distress. Its wording may be reproduced without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are
kept under `kroenke2001`, `camcops-phq-9`, `camcops-phq-9-algorithm`, `us-core-phq-9`, `us-core-phq-9-codes`,
`arrieta2017`, `kroenke2001-alpha` and `nhs-talking-therapies` in `references.toml`.

The sum is no diagnosis, and *no answer of danger* never means safe.
"""

import pytest

from attune_science import instruments, scoring, yardstick

PHQ_9 = instruments.get("phq-9")


def _answers(numbers: str) -> scoring.Answers:
    sent = {f"item-{place}": number for place, number in enumerate(numbers.split(), 1) if number != "-"}
    return scoring.read_answers(PHQ_9, "full", sent)


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("2 2 2 2 1 1 2 0 0", 12.0, "moderate"),
        ("2 2 2 2 2 2 2 - -", 18.0, "moderately-severe"),
        ("2 2 2 2 2 2 - - -", None, None),
        ("0 0 0 0 0 0 0 0 0", 0.0, "none"),
        ("3 3 3 3 3 3 3 3 3", 27.0, "severe"),
        ("0 0 0 1 2 1 3 2 1", 10.0, "moderate"),
    ],
)
def test_total(answers_in_order: str, total: float | None, band: str | None) -> None:
    """The sum

    Up to two missing answers (-) count as the mean of those given (`arrieta2017`, at second hand); with more missing
    there is no sum. The first line is the published example of HL7 US Core, which states 12. The last is that of
    another guide of HL7, which states 13 for answers that sum to 10 (`hl7-sdc-phq-9`): an error not to copy.
    """
    (score,) = scoring.score(PHQ_9, _answers(answers_in_order))
    assert (score.value, score.band) == (total, band)


@pytest.mark.parametrize(
    ("answers_in_order", "total", "band"),
    [
        ("3 1 0 0 0 0 0 0 0", 4.0, "none"),
        ("3 2 0 0 0 0 0 0 0", 5.0, "mild"),
        ("3 3 3 0 0 0 0 0 0", 9.0, "mild"),
        ("3 3 3 1 0 0 0 0 0", 10.0, "moderate"),
        ("3 3 3 3 2 0 0 0 0", 14.0, "moderate"),
        ("3 3 3 3 3 0 0 0 0", 15.0, "moderately-severe"),
        ("3 3 3 3 3 3 1 0 0", 19.0, "moderately-severe"),
        ("3 3 3 3 3 3 2 0 0", 20.0, "severe"),
    ],
)
def test_bands(answers_in_order: str, total: float, band: str) -> None:
    """The bands

    They begin at 0, 5, 10, 15 and 20 (`kroenke2001`, `camcops-phq-9`) and are read from the unrounded sum.
    """
    (score,) = scoring.score(PHQ_9, _answers(answers_in_order))
    assert (score.value, score.band) == (total, band)


@pytest.mark.parametrize(
    ("answers_in_order", "tells_of_danger"),
    [
        ("0 0 0 0 0 0 0 0 1", True),
        ("0 0 0 0 0 0 0 0 3", True),
        ("- - - - - - - - 2", True),
        ("3 3 3 3 3 3 3 3 0", False),
        ("3 3 3 3 3 3 3 3 -", False),
    ],
)
def test_danger(answers_in_order: str, tells_of_danger: bool) -> None:
    """An answer that tells of danger

    Any answer but *not at all* to item 9 raises a concern at once, whatever the sum, and whether or not there is one.
    """
    assert scoring.at_risk(PHQ_9, _answers(answers_in_order)) is tells_of_danger


@pytest.mark.parametrize(
    ("total", "reached"),
    [
        (9.0, False),
        (9.9, False),
        (10.0, True),
        (27.0, True),
    ],
)
def test_cut_off(total: float, reached: bool) -> None:
    """The cut-off

    From 10 on a closer look is worth it (`kroenke2001`), and the NHS services in England count somebody as in need of
    treatment (`nhs-talking-therapies`).
    """
    assert [one.reached(total) for one in PHQ_9.scales[0].cut_offs] == [reached, reached]


@pytest.mark.parametrize(
    ("answers_in_order", "outcome", "open_still"),
    [
        ("2 2 2 2 1 1 2 0 0", "major", False),
        ("2 0 2 2 2 0 0 0 1", "major", False),
        ("2 0 2 2 1 0 0 0 1", "other", False),
        ("2 0 2 2 1 1 1 1 0", "other", False),
        ("1 1 2 2 2 2 2 2 3", None, False),
        ("0 0 0 1 2 1 3 2 1", None, False),
        ("2 0 0 0 0 0 0 0 0", None, False),
        ("2 0 0 0 0 0 0 0 1", "other", False),
        ("2 2 2 2 - 0 0 0 0", None, True),
        ("2 2 2 2 2 - - - -", "major", False),
    ],
)
def test_algorithm(answers_in_order: str, outcome: str | None, open_still: bool) -> None:
    """The published algorithm

    Five of nine at 2 or above, the first or second among them: *major*; two to four: *other*. Item 9 counts from 1 on
    (`camcops-phq-9-algorithm`). It is shown beside the sum and is no diagnosis. With answers missing it is told only
    where none could change it.
    """
    (pattern,) = scoring.patterns(PHQ_9, _answers(answers_in_order))
    assert pattern.outcome == outcome
    assert bool(pattern.reason) is open_still


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        (15, 10, False),
        (15, 9, True),
        (4, 9, False),
        (4, 10, True),
    ],
)
def test_reliable_change(before: int, after: int, counts: bool) -> None:
    """Reliable change

    With the spread of 5.5 at the start in the NHS services and a reliability of .89, error of measurement alone stays
    within 5.06 points in 95 of 100; so 6 points count, as these services have it (`nhs-talking-therapies`,
    `kroenke2001-alpha`). Both figures are those of named samples, not of the questionnaire.
    """
    measure = yardstick.yardstick_of(PHQ_9)
    assert scoring.rounded(measure.smallest, 2) == scoring.rounded(5.06, 2)
    assert measure.is_reliable(measure.gain(before, after)) is counts
