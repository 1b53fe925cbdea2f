"""validation/README.md says nothing that its files do not give: each figure of its tables is worked out anew."""

import csv
from pathlib import Path
from statistics import mean, stdev

import pytest

from attune_science.change import CutOff, Norm, Yardstick, cut_offs, tabulate

FOLDER = Path(__file__).parents[3] / "validation"
README = (FOLDER / "README.md").read_text("utf-8")
MARRIED = Norm(114.8, 17.8)


def _couples() -> dict[str, tuple[float, float]]:
    with (FOLDER / "jacobson-truax-1991-table-2.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: (float(row["before"]), float(row["after"])) for row in csv.DictReader(file)}


COUPLES = _couples()
BEFORE, AFTER = zip(*COUPLES.values(), strict=True)


def _table(first_cell: str) -> list[list[str]]:
    """The lines of the table of the page whose head begins with these words."""
    lines = README.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"| {first_cell} |")) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def _yardstick(reliability: str, cut_off: str) -> Yardstick:
    before = Norm(mean(BEFORE), stdev(BEFORE))
    drawn = cut_offs(before, MARRIED, "better").chosen if cut_off.startswith("c") else CutOff(float(cut_off), "below")
    return Yardstick(before.sd, float(reliability), "better", drawn)


def test_thirty_couples_are_there() -> None:
    assert list(COUPLES) == [str(place) for place in range(1, 31)]


def test_means_and_standard_deviations() -> None:
    assert _table("of the couples") == [
        ["mean", f"{mean(BEFORE):.5f}", f"{mean(AFTER):.5f}"],
        ["standard deviation", f"{stdev(BEFORE):.6f}", f"{stdev(AFTER):.6f}"],
    ]


@pytest.mark.parametrize("place", range(4))
def test_the_counts_of_each_line(place: int) -> None:
    rows = _table("reliability")
    assert len(rows) == 4
    reliability, cut_off, error, *counts = rows[place]
    yardstick = _yardstick(reliability, cut_off)
    assert yardstick.cut_off is not None
    assert cut_off.removeprefix("c = ") in (f"{yardstick.cut_off.value:.6f}", f"{yardstick.cut_off.value:g}")
    assert error == f"{yardstick.standard_error_of_difference:.6f}"
    assert [str(count) for count in tabulate(COUPLES, yardstick).as_published] == counts


def test_the_couples_of_each_category() -> None:
    tally = tabulate(COUPLES, _yardstick("0.88", "c"))
    assert _table("category") == [[category, " ".join(ids)] for category, ids in tally.ids.items()]


def test_the_couple_on_the_edge() -> None:
    moved = [set(tabulate(COUPLES, _yardstick("0.88", cut_off)).ids["recovered"]) for cut_off in ("c", "96.5")]
    assert moved[0] - moved[1] == {"5"}
    assert COUPLES["5"][1] == 96.5
