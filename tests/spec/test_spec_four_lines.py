"""Scales of four lines

The Session Rating Scale (`srs`), its forms for children (`csrs`, 6 to 12 years) and for groups (`gsrs`), asked after a
session; the Outcome Rating Scale (`ors`, from 13 years on) and its form for children (`cors`), asked before. Their
wording is licensed and is not kept here: items are numbers, and a clinic that holds a licence for electronic use loads
its own. Sources are kept under `camcops-pcoms`, `pcoms-licence`, `srs-cut-off`, `duncan2003-reliability`,
`greenspace-csrs`, `quirk2013`, `corc-ors`, `openfit-ors-cut-offs`, `openfit-alerts`, `duncan2006` and
`nhs-cyp-outcomes` in `references.toml`.

Most answers about a session lie near the top, so a low sum says more than a high one. It is no mark for the therapist.
For `csrs` and `gsrs` no cut-off is kept: none was found in a source that could be opened. Reliable change is told for
`cors` alone, by a threshold of 10 points for clients under 18 in England (`nhs-cyp-outcomes`). The one found for `ors`,
6.6 points, is of the same clients, and most who answer that form are adults.
"""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused

SCALES = tuple(map(instruments.get, ("srs", "csrs", "gsrs", "ors", "cors")))


def _total(definition: instruments.Definition, answers_in_order: str) -> float | None:
    (score,) = scoring.score(definition, scoring.read_numbers(definition, answers_in_order.split()))
    assert score.scale == "total"
    return score.value


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
    better. With one missing there is no sum (`attune`: our own rule). The same for all five.
    """
    assert {_total(definition, answers_in_order) for definition in SCALES} == {total}


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

    Nothing below 0, above 10 or between two tenths is taken; nothing is rounded to fit. Some pages call the Session
    Rating Scale one of seven points; it is not.
    """
    for definition in SCALES:
        with pytest.raises(AnswersRefused):
            scoring.read_answers(definition, "full", {f"item-{line}": number})


@pytest.mark.parametrize(
    ("scale", "population", "answers_in_order", "total", "below_the_cut_off"),
    [
        ("srs", "any", "9 9 9 9", 36.0, False),
        ("srs", "any", "9.1 8.9 9 9", 36.0, False),
        ("srs", "any", "9 9 9 8.9", 35.9, True),
        ("srs", "any", "10 10 10 6", 36.0, False),
        ("srs", "any", "5 5 5 5", 20.0, True),
        ("ors", "adults", "6 6 6 7", 25.0, False),
        ("ors", "13 to 17", "6 6 6 7", 25.0, True),
        ("ors", "adults", "6 6 6 6.9", 24.9, True),
        ("ors", "13 to 17", "6 6 6 6.9", 24.9, True),
        ("ors", "adults", "7 7 7 7", 28.0, False),
        ("ors", "13 to 17", "7 7 7 7", 28.0, False),
        ("ors", "adults", "7 7 7 6.9", 27.9, False),
        ("ors", "13 to 17", "7 7 7 6.9", 27.9, True),
        ("ors", "adults", "4 4 4 4", 16.0, True),
        ("ors", "13 to 17", "4 4 4 4", 16.0, True),
        ("cors", "any", "8 8 8 8", 32.0, False),
        ("cors", "any", "8 8 8 7.9", 31.9, True),
        ("cors", "any", "10 10 10 2", 32.0, False),
        ("cors", "any", "4 4 4 4", 16.0, True),
    ],
)
def test_cut_offs(scale: str, population: str, answers_in_order: str, total: float, below_the_cut_off: bool) -> None:
    """The cut-offs

    `srs`: a sum below 36 is worth talking about in the same session (`srs-cut-off`). A fall of one point, which the
    manuals name as well, is no cut-off here: it lies far inside the error of measurement. `ors`: below 25 for adults
    (`openfit-ors-cut-offs`), below 28 from 13 to 17 years (`duncan2006`), a score is more like those of people who seek
    help. `cors`: below 32, where the child itself answers (`openfit-ors-cut-offs`). A score at the cut-off is not below
    it (`openfit-alerts`).
    """
    definition = instruments.get(scale)
    (cut_off,) = [one for one in definition.scales[0].cut_offs if population == "any" or population in one.population]
    assert _total(definition, answers_in_order) == total
    assert cut_off.reached(total) is below_the_cut_off


@pytest.mark.parametrize(
    ("scale", "cut_offs"),
    [
        ("srs", 1),
        ("csrs", 0),
        ("gsrs", 0),
        ("ors", 2),
        ("cors", 1),
    ],
)
def test_what_is_kept(scale: str, cut_offs: int) -> None:
    """How many cut-offs are kept

    One a population in whom it was found; none where no source could be opened.
    """
    assert len(instruments.get(scale).scales[0].cut_offs) == cut_offs
