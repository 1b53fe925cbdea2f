"""Child Outcome Rating Scale

Four lines, asked before the session, from 6 to 12 years. Its wording is licensed and is not kept here: items are
numbers, and a clinic that holds a licence for electronic use loads its own. Sources are kept under `corc-ors`,
`openfit-ors-cut-offs` and `nhs-cyp-outcomes` in `references.toml`.

Reliable change is told from 10 points (`nhs-cyp-outcomes`). No cut-off for caretakers is kept: no source for one was
found.
"""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused

CORS = instruments.get("cors")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(CORS, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(CORS, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "total"),
    [
        ("9.5 9 8.7 10", 37.2),
        ("0 0 0 0", 0.0),
        ("10 10 10 10", 40.0),
        ("0.1 0.2 0.3 0.4", 1.0),
        ("9 9 9 -", None),
        ("- - - -", None),
    ],
)
def test_total(answers_in_order: str, total: float | None) -> None:
    """The sum

    Four numbers from 0 to 10 in steps of a tenth, as a line of 10 cm is read to the millimetre; 0 to 40, higher is
    better. With one missing there is no sum (`attune`: our own rule).
    """
    assert _scores(answers_in_order) == {"total": total}


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("-0.1", 1),
        ("10.1", 2),
        ("7.25", 3),
        ("11", 4),
    ],
)
def test_what_is_no_answer(number: str, line: int) -> None:
    """What is no answer

    Nothing below 0, above 10 or between two tenths is taken; nothing is rounded to fit.
    """
    with pytest.raises(AnswersRefused):
        scoring.read_answers(CORS, "full", {f"item-{line}": number})


@pytest.mark.parametrize(
    ("answers_in_order", "total", "attention"),
    [
        ("8 8 8 8", 32.0, False),
        ("8 8 8 7.9", 31.9, True),
        ("10 10 10 2", 32.0, False),
        ("4 4 4 4", 16.0, True),
    ],
)
def test_cut_off(answers_in_order: str, total: float, attention: bool) -> None:
    """The cut-off

    Below 32, where the child itself answers (`openfit-ors-cut-offs`). A score at the cut-off is not below it
    (`openfit-alerts`).
    """
    (cut_off,) = CORS.scales[0].cut_offs
    assert _scores(answers_in_order) == {"total": total}
    assert cut_off.reached(total) is attention
