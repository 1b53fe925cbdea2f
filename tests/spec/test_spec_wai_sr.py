"""Working Alliance Inventory, Short Revised

Twelve numbers from 1 to 5, none reversed, asked after a session. Its wording is licensed and is not kept here: items
are numbers, and a clinic that holds the permission loads its own. Sources are kept under `wai-sr-key`, `hatcher2006`,
`munder2010` and `spr-wai` in `references.toml`.

There are no bands and no cut-offs: none has been validated.
"""

import pytest

from attune_science import instruments, scoring

WAI_SR = instruments.get("wai-sr")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(WAI_SR, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(WAI_SR, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "total", "task", "bond", "goal", "mean"),
    [
        ("3 4 5 4 5 3 5 4 5 3 4 4", 49.0, 14.0, 20.0, 15.0, 4.0833),
        ("1 1 1 1 1 1 1 1 1 1 1 1", 12.0, 4.0, 4.0, 4.0, 1.0),
        ("5 5 5 5 5 5 5 5 5 5 5 5", 60.0, 20.0, 20.0, 20.0, 5.0),
        ("5 5 1 1 1 1 1 1 1 5 1 5", 28.0, 20.0, 4.0, 4.0, 2.3333),
    ],
)
def test_scores(answers_in_order: str, total: float, task: float, bond: float, goal: float, mean: float) -> None:
    """The sums

    Task is the sum of items 1, 2, 10 and 12, Bond of 3, 5, 7 and 9, Goal of 4, 6, 8 and 11 (`wai-sr-key`). The total
    is all twelve, 12 to 60; the mean is on the items' own range, here to four places.
    """
    scores = {scale: value and round(value, 4) for scale, value in _scores(answers_in_order).items()}
    assert scores == {"total": total, "task": task, "bond": bond, "goal": goal, "mean": mean}


@pytest.mark.parametrize(
    ("answers_in_order", "total", "task", "bond"),
    [
        ("4 4 4 4 4 4 4 4 4 4 4 -", 48.0, 16.0, 16.0),
        ("- - 4 4 4 4 4 4 4 4 4 4", 48.0, None, 16.0),
        ("- 3 - 4 4 4 4 4 4 5 4 4", 48.0, 16.0, 16.0),
        ("- - - 4 4 4 4 4 4 4 4 4", None, None, 16.0),
        ("4 4 - 4 - 4 4 4 4 4 4 4", 48.0, 16.0, None),
    ],
)
def test_missing(answers_in_order: str, total: float | None, task: float | None, bond: float | None) -> None:
    """Missing answers

    Up to two of twelve, and one of the four of a subscale, count as the mean of those given (`attune`: our own rule).
    """
    scores = _scores(answers_in_order)
    assert (scores["total"], scores["task"], scores["bond"]) == (total, task, bond)
