"""GAD-2

The first two questions of the GAD-7, each 0 (*not at all*) to 3 (*nearly every day*). Its wording may be reproduced
without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are kept under
`camcops-gad-7`, `kroenke2007` and `delgadillo2012` in `references.toml`.

A first question, not an answer: the sum is no diagnosis, and it has no bands.
"""

import pytest

from attune_science import instruments, scoring

GAD_2 = instruments.get("gad-2")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(GAD_2, answers_in_order.split())


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
    (total_score,) = scoring.score(GAD_2, _answers(answers_in_order))
    assert (total_score.value, total_score.band) == (total, None)


@pytest.mark.parametrize(
    ("answers_in_order", "reached"),
    [
        ("2 0", False),
        ("1 1", False),
        ("2 1", True),
        ("0 3", True),
        ("3 3", True),
    ],
)
def test_cut_off(answers_in_order: str, reached: bool) -> None:
    """The cut-off

    From 3 on a closer look is worth it (`kroenke2007`, at second hand).
    """
    (total_score,) = scoring.score(GAD_2, _answers(answers_in_order))
    (three,) = GAD_2.scales[0].cut_offs
    assert total_score.value is not None
    assert three.reached(total_score.value) is reached


def test_same_questions() -> None:
    """The same questions

    They are kept once, in the GAD-7, so that the two can never differ by a word.
    """
    assert GAD_2.items == instruments.get("gad-7").items[:2]
