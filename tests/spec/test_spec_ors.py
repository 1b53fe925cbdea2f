"""Outcome Rating Scale

Four lines about the last week, asked before the session, from 13 years on. Its wording is licensed and is not kept
here: items are numbers, and a clinic that holds a licence for electronic use loads its own. Sources are kept under
`camcops-pcoms`, `corc-ors`, `openfit-ors-cut-offs`, `duncan2006` and `nhs-cyp-outcomes` in `references.toml`.

Reliable change is not told: the one threshold found in a source that could be opened, 6.6 points
(`nhs-cyp-outcomes`), is for clients under 18 in England, and most who answer this form are adults.
"""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused

ORS = instruments.get("ors")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(ORS, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(ORS, answers)}


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
        scoring.read_answers(ORS, "full", {f"item-{line}": number})


@pytest.mark.parametrize(
    ("answers_in_order", "total", "adult", "young_person"),
    [
        ("6 6 6 7", 25.0, False, True),
        ("6 6 6 6.9", 24.9, True, True),
        ("7 7 7 7", 28.0, False, False),
        ("7 7 7 6.9", 27.9, False, True),
        ("4 4 4 4", 16.0, True, True),
    ],
)
def test_cut_offs(answers_in_order: str, total: float, adult: bool, young_person: bool) -> None:
    """The cut-offs

    Below 25 for adults (`openfit-ors-cut-offs`), below 28 from 13 to 17 years (`duncan2006`), a score is more like
    those of people who seek help. A score at the cut-off is not below it (`openfit-alerts`).
    """
    adults, young = ORS.scales[0].cut_offs
    assert _scores(answers_in_order) == {"total": total}
    assert (adults.reached(total), young.reached(total)) == (adult, young_person)
