"""Session Alliance Inventory

Six numbers from 0 to 5, none reversed, asked after every session. Its wording is licensed and is not kept here: items
are numbers, and a clinic that holds the permission loads its own. Sources are kept under `falkenstrom2015`,
`sai-nivlab`, `sai-reports-2023` and `spr-wai` in `references.toml`.

One composite and no subscales: in practice it measures one thing (`falkenstrom2015`). There are no bands and no
cut-offs: none has been validated.
"""

import pytest

from attune_science import instruments, scoring

SAI = instruments.get("sai")


def _scores(answers_in_order: str) -> dict[str, float | None]:
    answers = scoring.read_numbers(SAI, answers_in_order.split())
    return {score.scale: score.value for score in scoring.score(SAI, answers)}


@pytest.mark.parametrize(
    ("answers_in_order", "mean"),
    [
        ("4 5 4 3 4 4", 4.0),
        ("0 0 0 0 0 0", 0.0),
        ("5 5 5 5 5 5", 5.0),
        ("4 5 4 3 - 4", 4.0),
        ("4 5 4 - - 4", None),
    ],
)
def test_mean(answers_in_order: str, mean: float | None) -> None:
    """The mean

    Of the six; one may be missing (`attune`: our own rule).
    """
    assert _scores(answers_in_order) == {"mean": mean}
