"""Working Alliance Inventory, Short Form

Twelve numbers from 1 to 7, items 4 and 10 reversed, asked after a session. Its wording is licensed and is not kept
here: items are numbers, and a clinic that holds the permission loads its own. Sources are kept under `tracey1989`,
`wai-s-pages` and `spr-wai` in `references.toml`.

There are no bands and no cut-offs: none has been validated.
"""

import pytest

from attune_science import instruments, scoring

WAI_S = instruments.get("wai-s")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(WAI_S, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(WAI_S, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "total", "task", "bond", "goal"),
    [
        ("6 6 7 2 6 5 7 6 6 3 5 6", 71.0, 24.0, 26.0, 21.0),
        ("7 7 7 7 7 7 7 7 7 7 7 7", 72.0, 28.0, 28.0, 16.0),
        ("1 1 1 1 1 1 1 1 1 1 1 1", 24.0, 4.0, 4.0, 16.0),
        ("7 7 7 1 7 7 7 7 7 1 7 7", 84.0, 28.0, 28.0, 28.0),
    ],
)
def test_scores(answers_in_order: str, total: float, task: float, bond: float, goal: float) -> None:
    """The sums

    Task is the sum of items 1, 2, 8 and 12, Bond of 3, 5, 7 and 9, Goal of 4, 6, 10 and 11, the fourth and the tenth
    counted as 8 - x (`tracey1989`, not re-read). The total is all twelve, 12 to 84.
    """
    assert _scores(answers_in_order) == {"total": total, "task": task, "bond": bond, "goal": goal}


@pytest.mark.parametrize(
    ("answers_in_order", "total", "goal"),
    [
        ("6 6 6 - 6 6 6 6 6 2 6 6", 72.0, 24.0),
        ("6 6 6 - 6 6 6 6 6 - 6 6", 72.0, None),
        ("- 6 6 - 6 6 6 6 6 - 6 6", None, None),
    ],
)
def test_missing(answers_in_order: str, total: float | None, goal: float | None) -> None:
    """Missing answers

    Up to two of twelve, and one of the four of a subscale, count as the mean of those given, after reversing
    (`attune`: our own rule).
    """
    scores = _scores(answers_in_order)
    assert (scores["total"], scores["goal"]) == (total, goal)
