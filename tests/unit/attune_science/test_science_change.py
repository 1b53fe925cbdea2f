"""Change: what is refused and how, what a result says, and where the edges lie."""

import doctest
from types import SimpleNamespace
from typing import Any, cast

import pytest

from attune_science import change as change_module
from attune_science import change_variants, yardstick
from attune_science.change import (
    Change,
    CutOff,
    Norm,
    Tally,
    Yardstick,
    change,
    cut_offs,
    tabulate,
    yardstick_of,
)
from attune_science.errors import ScienceError
from attune_science.instruments import Definition
from attune_science.instruments.scales import ChangeBasis, Scale
from attune_science.instruments.scales import CutOff as Published
from attune_science.instruments.text import Text

PLAIN = Yardstick(4.5, 0.92, "worse", CutOff(8, "at-or-above"))


@pytest.mark.parametrize("module", [change_module, change_variants, yardstick])
def test_the_examples_of_change_run(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"sd": None}, "a standard deviation and a reliability, or a published threshold"),
        ({"reliability": None}, "a standard deviation and a reliability, or a published threshold"),
        ({"threshold": 5}, "a standard deviation and a reliability, or a published threshold"),
        ({"sd": None, "reliability": None}, "a standard deviation and a reliability, or a published threshold"),
        ({"sd": 0}, "standard deviation 0"),
        ({"sd": float("nan")}, "standard deviation nan"),
        ({"sd": float("inf")}, "standard deviation inf"),
        ({"reliability": 1}, "reliability 1"),
        ({"reliability": 0}, "reliability 0"),
        ({"reliability": -0.8}, "reliability -0.8"),
        ({"sd": None, "reliability": None, "threshold": 0}, "threshold 0"),
        ({"z": 0.5}, "z 0.5"),
        ({"higher": "bigger"}, "Write better or worse"),
        ({"cut_off": CutOff(8, "below")}, "contradicts the scale"),
    ],
)
def test_a_yardstick_that_cannot_measure_is_refused(figures: dict[str, Any], told: str) -> None:
    with pytest.raises(ScienceError, match=told):
        Yardstick(**{"sd": 4.5, "reliability": 0.92, "higher": "worse", **figures})


@pytest.mark.parametrize(("value", "side"), [(8, "over"), (float("nan"), "above"), (1e9, "above")])
def test_a_cut_off_that_is_none_is_refused(value: float, side: Any) -> None:
    with pytest.raises(ScienceError):
        CutOff(value, side)


@pytest.mark.parametrize(
    ("side", "clinical", "functional", "said"),
    [
        ("above", (9,), (7,), "more than 8"),
        ("at-or-above", (8, 9), (7,), "8 or more"),
        ("below", (7,), (9,), "less than 8"),
        ("at-or-below", (7, 8), (9,), "8 or less"),
    ],
)
def test_the_edge_of_a_cut_off(side: Any, clinical: tuple[int], functional: tuple[int], said: str) -> None:
    cut_off = CutOff(8, side)
    assert tuple(score for score in (7, 8, 9) if cut_off.is_clinical(score)) == clinical
    assert tuple(score for score in (7, 8, 9) if cut_off.is_functional(score)) == functional
    assert str(cut_off) == said


def test_binary_fractions_move_no_edge() -> None:
    # 0.1 + 0.2 is a little more than 0.3; 2.3 - 1.8 a little less than 0.5.
    assert not CutOff(0.3, "above").is_clinical(0.1 + 0.2)
    assert CutOff(0.3, "at-or-below").is_clinical(0.1 + 0.2)
    assert change(2.3, 1.8, Yardstick(None, None, "worse", threshold=0.5)).category == "improved"


def test_b_is_drawn_with_the_spread_of_the_functional_group() -> None:
    drawn = cut_offs(Norm(68.35, 22.33), Norm(50, 22), "worse")
    assert drawn.b == 94.0
    assert drawn.b != pytest.approx(50 + 2 * 22.33)


@pytest.mark.parametrize(("clinical", "functional", "higher"), [(60, 40, "better"), (40, 60, "worse"), (5, 5, "worse")])
def test_groups_the_wrong_way_round_are_refused(clinical: float, functional: float, higher: Any) -> None:
    with pytest.raises(ScienceError, match="no better than the clinical one"):
        cut_offs(Norm(clinical, 5), Norm(functional, 5), higher)


def test_a_norm_without_spread_is_refused() -> None:
    with pytest.raises(ScienceError, match="standard deviation 0"):
        Norm(40, 0)


def test_an_edge_in_whole_points_is_not_reached_by_itself() -> None:
    # 2 x sqrt(2) x 4 x sqrt(1 - 0.5) = 8: strictly more is asked for, so 9 points.
    whole = Yardstick(4, 0.5, "better", z=2)
    assert whole.smallest == pytest.approx(8)
    at_least = whole.smallest_whole
    assert not whole.is_reliable(at_least - 1)
    assert whole.is_reliable(at_least)
    assert Yardstick(None, None, "better", threshold=2.45).smallest_whole == 3
    assert Yardstick(None, None, "better", threshold=5).smallest_whole == 5


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            15,
            7,
            (
                "Recovered: reliably better, and out of the clinical range. From 15 to 7: better by 8. "
                "Error of measurement alone stays within 3.53 points in 95 of 100 people who have not changed. "
                "Reliable change index 4.44; beyond 1.96 counts. "
                "Clinical range, 8 or more: inside before, outside after."
            ),
        ),
        (7, 12, "Reliably worse, and into the clinical range. From 7 to 12: worse by 5."),
        (12, 18, "Reliably worse. From 12 to 18: worse by 6."),
        (9, 7, "Out of the clinical range, but by no more than error of measurement may explain."),
        (9.5, 9.5, "No reliable change. From 9.5 to 9.5: no difference."),
        (9, None, "Change cannot be told. There is no score after."),
        (None, None, "Change cannot be told. There is no score before and none after."),
    ],
)
def test_a_change_prints_itself(before: float | None, after: float | None, said: str) -> None:
    assert str(change(before, after, PLAIN)).startswith(said)


def test_a_threshold_says_why_there_is_no_index() -> None:
    result = change(20, 12, Yardstick(None, None, "worse", threshold=5))
    assert (result.index, result.category) == (None, "improved")
    assert result.reason.startswith("Measured by a published threshold")
    assert "counts from 5 points on" in str(result)
    assert "index" not in str(result)


def test_a_score_on_the_edge_is_said_to_be_there() -> None:
    assert "inside before, at the edge after" in str(change(40, 50, Yardstick(7.5, 0.8, "better", CutOff(50, "below"))))


@pytest.mark.parametrize("score", [float("nan"), float("inf"), -1e7])
def test_a_score_that_is_no_number_is_refused(score: float) -> None:
    with pytest.raises(ScienceError, match="score"):
        change(score, 5, PLAIN)
    with pytest.raises(ScienceError, match="score"):
        change(5, score, PLAIN)


def test_ninety_of_a_hundred() -> None:
    assert "in 90 of 100 people" in str(Yardstick(4.5, 0.92, "worse", z=1.645))


def test_a_change_cannot_be_given_another_category() -> None:
    with pytest.raises(TypeError):
        Change(1, 2, PLAIN, category="recovered")  # type: ignore[call-arg]  # the mistake under test


def test_a_tally_prints_itself() -> None:
    tally = tabulate({"1": (15, 7), "2": (15, 6), "3": (12, 12), "4": (12, None)}, PLAIN)
    head, *rows = str(tally).splitlines()
    assert head.split() == ["people", "share"]
    assert [" ".join(row.split()) for row in rows] == [
        "recovered 2 66.7%",
        "improved 0 0.0%",
        "deteriorated into the clinical range 0 0.0%",
        "deteriorated 0 0.0%",
        "crossed, not reliable 0 0.0%",
        "unchanged 1 33.3%",
        "all 3 100.0%",
        "cannot be told 1",
    ]
    assert len({len(row) for row in (head, *rows[:-1])}) == 1, "the columns stand in line"
    assert (tally.ids["recovered"], tally.untold) == (("1", "2"), ("4",))


def test_a_tally_of_nobody_prints_itself() -> None:
    assert str(tabulate({}, PLAIN)).splitlines()[-1].split() == ["all", "0"]


def test_nobody_is_counted_twice() -> None:
    whole = tabulate({"1": (15, 7)}, PLAIN)
    with pytest.raises(ScienceError, match="stands in two"):
        Tally(whole.ids, ("1",))
    with pytest.raises(ScienceError, match="A category is missing"):
        Tally({"improved": ("1",)})


def _definition(*scales: Scale) -> Definition:
    return cast("Definition", SimpleNamespace(key="made-up", scales=scales))


BASIS = ChangeBasis("adults", ("jacobson1991",), sd=4.5, reliability=0.92, cut_off=8)
CUTS = tuple(Published(value, "at-or-above", Text({"en": "…"}), "adults", "jacobson1991") for value in (10, 8))


def test_a_yardstick_is_taken_from_a_definition() -> None:
    scale = Scale("total", ("item-1",), "sum", 1, higher="worse", cut_offs=CUTS, change=BASIS)
    taken = yardstick_of(_definition(scale))
    assert taken == Yardstick(
        4.5, 0.92, "worse", CutOff(8, "at-or-above"), population="adults", sources=("jacobson1991",)
    )


def test_a_threshold_is_taken_from_the_scale_that_is_named() -> None:
    first = Scale("total", ("item-1",), "sum", 1, higher="worse", cut_offs=CUTS, change=BASIS)
    second = Scale("half", ("item-1",), "sum", 1, higher="worse", change=ChangeBasis("adults", ("a",), threshold=2.45))
    taken = yardstick_of(_definition(first, second), "half")
    assert (taken.threshold, taken.cut_off) == (2.45, None)


def test_without_figures_nothing_is_invented() -> None:
    bare = Scale("total", ("item-1",), "sum", 1, higher="worse")
    with pytest.raises(ScienceError, match="No standard deviation and reliability with a source is kept"):
        yardstick_of(_definition(bare))
    with pytest.raises(ScienceError, match="made-up, scale total"):
        yardstick_of(_definition(bare), "total")
    with pytest.raises(ScienceError, match="has no scale other"):
        yardstick_of(_definition(bare), "other")
    with pytest.raises(ScienceError, match="has no scale at all"):
        yardstick_of(_definition())


def test_differences_that_are_nothing_but_error_are_refused() -> None:
    sample = change_variants.Sample(10, 5, 0.5)
    with pytest.raises(ScienceError, match="cannot be told from error"):
        change_variants.hageman_arrindell(30, 3, sample, Norm(7, 5), 0.9)


@pytest.mark.parametrize("figures", [(float("nan"), 5, 0.8), (10, 0, 0.8), (10, 5, 1)])
def test_a_sample_out_of_range_is_refused(figures: tuple[float, float, float]) -> None:
    with pytest.raises(ScienceError):
        change_variants.Sample(*figures)


def test_a_second_reliability_and_a_correlation_have_their_range() -> None:
    sample = change_variants.Sample(10, 5, 0.8)
    with pytest.raises(ScienceError, match="reliability 1"):
        change_variants.nunnally_kotsch(30, 3, sample, 1)
    with pytest.raises(ScienceError, match="correlation 1"):
        change_variants.reliability_of_differences(sample, Norm(7, 6), 1)
