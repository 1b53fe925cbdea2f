"""PHQ-2

The first two questions of the PHQ-9, each 0 (*not at all*) to 3 (*nearly every day*). Its wording may be reproduced
without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are kept under
`camcops-phq-9`, `kroenke2003` and `arroll2010` in `references.toml`.

A first question, not an answer: the sum is no diagnosis, and it has no bands.
"""

import pytest

from attune_science import instruments, scoring

PHQ_2 = instruments.get("phq-2")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(PHQ_2, answers_in_order.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total"),
    [
        ("0 0", 0.0),
        ("1 2", 3.0),
        ("3 3", 6.0),
        ("3 -", None),
        ("- -", None),
    ],
)
def test_total(answers_in_order: str, total: float | None) -> None:
    """The sum

    With one of the two missing (-) there is none (`attune`: our own rule).
    """
    (total_score,) = scoring.score(PHQ_2, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, None)


@pytest.mark.parametrize(
    ("answers_in_order", "reaches_3", "reaches_2"),
    [
        ("1 0", False, False),
        ("1 1", False, True),
        ("0 2", False, True),
        ("2 1", True, True),
        ("3 3", True, True),
    ],
)
def test_cut_offs(answers_in_order: str, reaches_3: bool, reaches_2: bool) -> None:
    """The cut-offs

    From 3 on a closer look is worth it (`kroenke2003`). In another sample 3 found 61 of 100 who were depressed and 2
    found 86, at the price of more false alarms (`arroll2010`).
    """
    (total_score,) = scoring.score(PHQ_2, _answers(answers_in_order))
    three, two = PHQ_2.scales[0].cut_offs
    assert total_score.value is not None
    assert (three.reached(total_score.value), two.reached(total_score.value)) == (reaches_3, reaches_2)


def test_same_questions() -> None:
    """The same questions

    They are kept once, in the PHQ-9, so that the two can never differ by a word.
    """
    assert PHQ_2.items == instruments.get("phq-9").items[:2]
