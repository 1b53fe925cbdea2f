"""PHQ-4

Two questions about worry (the GAD-2), then two about mood (the PHQ-2), each 0 (*not at all*) to 3 (*nearly every
day*). Its wording may be reproduced without permission; the line “(c) Pfizer Inc.” stays beside it. Sources are kept
under `phq-4-r`, `loinc-phq-4`, `sralab-phq-4` and `kocalevent2014` in `references.toml`.

A first question, not an answer: the sum is no diagnosis.
"""

import pytest

from attune_science import instruments, scoring

PHQ_4 = instruments.get("phq-4")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(PHQ_4, answers_in_order.split())


@pytest.mark.parametrize(
    ("answers_in_order", "distress", "anxiety", "depression"),
    [
        ("0 0 0 0", 0.0, 0.0, 0.0),
        ("1 2 3 0", 6.0, 3.0, 3.0),
        ("3 3 0 1", 7.0, 6.0, 1.0),
        ("3 3 3 3", 12.0, 6.0, 6.0),
        ("3 3 - 1", None, 6.0, None),
        ("- - - -", None, None, None),
    ],
)
def test_scores(answers_in_order: str, distress: float | None, anxiety: float | None, depression: float | None) -> None:
    """The scores

    A sum of all four, and one of each half. With an answer missing (-) there is none (`attune`: our own rule).
    """
    scores = {one.scale: one.value for one in scoring.score(PHQ_4, _answers(answers_in_order))}
    assert scores == {"total": distress, "anxiety": anxiety, "depression": depression}


@pytest.mark.parametrize(
    ("answers_in_order", "distress", "band"),
    [
        ("2 0 0 0", 2.0, "none"),
        ("2 1 0 0", 3.0, "mild"),
        ("2 1 1 1", 5.0, "mild"),
        ("2 2 1 1", 6.0, "moderate"),
        ("2 2 2 2", 8.0, "moderate"),
        ("3 2 2 2", 9.0, "severe"),
    ],
)
def test_bands(answers_in_order: str, distress: float, band: str) -> None:
    """The bands

    They begin at 0, 3, 6 and 9 (`sralab-phq-4`, `phq-4-r`).
    """
    total, *_ = scoring.score(PHQ_4, _answers(answers_in_order))
    assert (total.value, total.band) == (distress, band)


@pytest.mark.parametrize(
    ("half", "score", "reached"),
    [
        ("anxiety", 2, False),
        ("anxiety", 3, True),
        ("depression", 2, False),
        ("depression", 3, True),
    ],
)
def test_cut_offs(half: str, score: int, reached: bool) -> None:
    """The cut-offs

    In each half a closer look is worth it from 3 on (`sralab-phq-4`, `phq-4-r`); for all four together there is none.
    """
    cut_offs = {scale.key: scale.cut_offs for scale in PHQ_4.scales}
    assert cut_offs["total"] == ()
    assert [one.reached(score) for one in cut_offs[half]] == [reached]


def test_same_words() -> None:
    """The same words

    Its lines are those of the GAD-7 and the PHQ-9, to the letter.
    """
    worry, mood = instruments.get("gad-7").items[:2], instruments.get("phq-9").items[:2]
    assert [item.text for item in PHQ_4.items] == [item.text for item in (*worry, *mood)]
    assert [item.loinc for item in PHQ_4.items] == [item.loinc for item in (*worry, *mood)]
