"""PHQ-9

Nine questions about the last two weeks, each 0 (*not at all*) to 3 (*nearly every day*); a higher sum means more
distress. Its wording may be reproduced without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are
kept under `kroenke2001`, `camcops-phq-9`, `us-core-phq-9` and `arrieta2017` in `references.toml`.

The sum is no diagnosis, and *no answer of danger* never means safe.
"""

import pytest

from attune_science import instruments, scoring

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
    ],
)
def test_total(answers_in_order: str, total: float | None, band: str | None) -> None:
    """The sum

    Up to two missing answers (-) count as the mean of those given (`arrieta2017`, at second hand); with more missing
    there is no sum. The first line is the published example of HL7 US Core, which states 12.
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
