"""Working Alliance Inventory, three items

Items 9, 10 and 11 of the WAI-SR, one for Bond, one for Task, one for Goal, each from 1 to 5, asked after a session.
Its wording is licensed and is not kept here: items are numbers, and a clinic that holds the permission loads its own.
Sources are kept under `wai-b3-2023`, `wai-sr-key` and `spr-wai` in `references.toml`.

There are no bands and no cut-offs: none has been validated.
"""

import pytest

from attune_science import instruments, scoring

WAI_B3 = instruments.get("wai-b3")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(WAI_B3, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(WAI_B3, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "mean"),
    [
        ("4 3 5", 4.0),
        ("1 1 1", 1.0),
        ("5 5 5", 5.0),
        ("4 4 5", 4.333333333333333),
        ("4 - 5", None),
    ],
)
def test_mean(answers_in_order: str, mean: float | None) -> None:
    """The mean

    Of all three; with one missing there is none (`attune`: our own rule).
    """
    assert _scores(answers_in_order) == {"mean": mean}
