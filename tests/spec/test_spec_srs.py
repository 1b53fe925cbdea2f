"""Session Rating Scale

Four lines about the session, asked after it. Its wording is licensed and is not kept here: items are numbers, and a
clinic that holds a licence for electronic use loads its own. Sources are kept under `camcops-pcoms`, `pcoms-licence`,
`srs-cut-off` and `duncan2003-reliability` in `references.toml`.

Most answers lie near the top, so a low sum says more than a high one. It is no mark for the therapist.
"""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused

SRS = instruments.get("srs")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(SRS, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(SRS, answers)}


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

    Nothing below 0, above 10 or between two tenths is taken; nothing is rounded to fit. Some pages call this a scale
    of seven points; it is not.
    """
    with pytest.raises(AnswersRefused):
        scoring.read_answers(SRS, "full", {f"item-{line}": number})


@pytest.mark.parametrize(
    ("answers_in_order", "total", "attention"),
    [
        ("9 9 9 9", 36.0, False),
        ("9.1 8.9 9 9", 36.0, False),
        ("9 9 9 8.9", 35.9, True),
        ("10 10 10 6", 36.0, False),
        ("5 5 5 5", 20.0, True),
    ],
)
def test_cut_off(answers_in_order: str, total: float, attention: bool) -> None:
    """The cut-off

    A sum below 36 is worth talking about in the same session (`srs-cut-off`). 36 itself is not below. A fall of one
    point, which the manuals name as well, is no cut-off here: it lies far inside the error of measurement.
    """
    (cut_off,) = SRS.scales[0].cut_offs
    assert _scores(answers_in_order) == {"total": total}
    assert cut_off.reached(total) is attention
