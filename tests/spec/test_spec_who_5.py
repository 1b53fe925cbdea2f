"""WHO-5 Well-Being Index

Five statements about the last two weeks, each answered 0 (at no time) to 5 (all of the time); higher means better. The
wording belongs to the World Health Organization. It comes with the restricted pack (`packs/restricted`), treated there
as CC BY-NC-SA 3.0 IGO, the stricter of two readings; the pack keeps its sources: `who-5-terms` and `who-5-wording`.

It carries no LOINC code: of two that are in use for it one fails the check digit, and what the other names could not be
confirmed. Reliable change is not told, because no spread and reliability could be read at their source. The score is
no diagnosis.
"""

import pytest

from attune_science import instruments, scoring

WHO_5 = instruments.get("who-5")


def _answers(numbers: str) -> scoring.Answers:
    return scoring.read_numbers(WHO_5, numbers.split())


@pytest.mark.parametrize(
    ("answers_in_order", "of_100", "raw"),
    [
        ("3 3 2 4 1", 52.0, 13.0),
        ("0 0 0 0 0", 0.0, 0.0),
        ("5 5 5 5 5", 100.0, 25.0),
        ("1 0 0 0 0", 4.0, 1.0),
    ],
)
def test_scores(answers_in_order: str, of_100: float, raw: float) -> None:
    """The scores

    The sum, 0 to 25, and four times the sum, 0 to 100 (`who-5-wording`).
    """
    assert [score.value for score in scoring.score(WHO_5, _answers(answers_in_order))] == [of_100, raw]


@pytest.mark.parametrize(
    ("answers_in_order", "of_100", "raw"),
    [
        ("3 3 2 4 -", None, None),
        ("- - - - -", None, None),
    ],
)
def test_missing(answers_in_order: str, of_100: float | None, raw: float | None) -> None:
    """Missing answers

    With any answer missing (-) there is no score. That is our own rule: nothing published says what else to do.
    """
    scores = scoring.score(WHO_5, _answers(answers_in_order))
    assert [score.value for score in scores] == [of_100, raw]
    assert all(score.reason for score in scores)


@pytest.mark.parametrize(
    ("answers_in_order", "of_100", "low"),
    [
        ("3 3 3 2 1", 48.0, True),
        ("3 3 3 3 0", 48.0, True),
        ("3 3 3 3 1", 52.0, False),
        ("0 0 0 0 0", 0.0, True),
    ],
)
def test_cut_off(answers_in_order: str, of_100: float, low: bool) -> None:
    """The cut-off

    At 50 or less of 100, which is a sum of 12 or less, depression is worth asking about (`who-5-terms`).
    """
    scores = scoring.score(WHO_5, _answers(answers_in_order))
    assert scores[0].value == of_100
    for scale, score in zip(WHO_5.scales, scores, strict=True):
        assert score.value is not None
        assert [cut_off.reached(score.value) for cut_off in scale.cut_offs] == [low]
