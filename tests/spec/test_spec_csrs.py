"""Child Session Rating Scale

Four lines about the session, asked after it, from 6 to 12 years. Its wording is licensed and is not kept here: items
are numbers, and a clinic that holds a licence for electronic use loads its own. Sources are kept under
`greenspace-csrs`, `nhs-cyp-outcomes` and `pcoms-licence` in `references.toml`.

No cut-off is kept: none was found in a source that could be opened.
"""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused

CSRS = instruments.get("csrs")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(CSRS, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(CSRS, answers)}


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
        scoring.read_answers(CSRS, "full", {f"item-{line}": number})
