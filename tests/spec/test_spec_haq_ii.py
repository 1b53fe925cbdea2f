"""Revised Helping Alliance Questionnaire

Nineteen numbers from 1 to 6, answered by the client after a session. Its wording is licensed and is not kept here:
items are numbers, and a clinic that holds the permission loads its own. Sources are kept under `luborsky1996` and
`haq-ii-lines` in `references.toml`.

There are no bands and no cut-offs: none was found.
"""

import pytest

from attune_science import instruments, scoring

HAQ_II = instruments.get("haq-ii")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(HAQ_II, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(HAQ_II, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "total"),
    [
        ("6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6 6", 89.0),
        ("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 44.0),
        ("6 6 6 1 6 6 6 1 6 6 1 6 6 6 6 1 6 6 1", 114.0),
        ("1 1 1 6 1 1 1 6 1 1 6 1 1 1 1 6 1 1 6", 19.0),
        ("6 6 6 1 6 6 6 1 6 6 1 6 6 6 6 1 6 6 -", None),
    ],
)
def test_total(answers_in_order: str, total: float | None) -> None:
    """The sum

    Items 4, 8, 11, 16 and 19 count as 7 - x (`luborsky1996`, not re-read; `haq-ii-lines`). The sum runs from 19 to
    114; higher is better. With an answer missing there is none (`attune`: our own rule).
    """
    assert _scores(answers_in_order) == {"total": total}
