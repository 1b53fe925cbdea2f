"""What must hold for any change: direction, order in time, edges, and one category for everybody."""

import math
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from attune_science.change import Category, Change, CutOff, Norm, Yardstick, change, cut_offs, tabulate
from attune_science.instruments.scales import Higher, Side

# The machine may be busy: time is no property of these.
RUN = settings(deadline=None, max_examples=60)

SCORES = st.one_of(st.integers(0, 100).map(float), st.floats(0, 100))
HIGHER = st.sampled_from(get_args(Higher))
SIDES = {
    higher: [side for side in get_args(Side) if ("above" in side) == (higher == "worse")] for higher in get_args(Higher)
}


@st.composite
def yardsticks(draw: st.DrawFn, with_index: bool = True) -> Yardstick:
    higher = draw(HIGHER)
    cut_off = draw(st.none() | st.builds(CutOff, st.integers(0, 100).map(float), st.sampled_from(SIDES[higher])))
    if with_index or draw(st.booleans()):
        return Yardstick(draw(st.floats(0.5, 30)), draw(st.floats(0.3, 0.99)), higher, cut_off)
    return Yardstick(None, None, higher, cut_off, threshold=draw(st.floats(0.1, 30)))


def _other_way(yardstick: Yardstick) -> Yardstick:
    cut_off = yardstick.cut_off
    turned = {"above": "below", "at-or-above": "at-or-below", "below": "above", "at-or-below": "at-or-above"}
    return Yardstick(
        yardstick.sd,
        yardstick.reliability,
        "worse" if yardstick.higher == "better" else "better",
        cut_off and CutOff(-cut_off.value, turned[cut_off.side]),  # type: ignore[arg-type]  # the two sides, in a table
        yardstick.threshold,
    )


@RUN
@given(SCORES, SCORES, yardsticks(with_index=False))
def test_a_scale_turned_upside_down_tells_the_same(before: float, after: float, yardstick: Yardstick) -> None:
    one, other = change(before, after, yardstick), change(-before, -after, _other_way(yardstick))
    assert (one.index, one.category) == (other.index, other.category)


@RUN
@given(SCORES, SCORES, yardsticks())
def test_swapping_before_and_after_turns_the_index_round(before: float, after: float, yardstick: Yardstick) -> None:
    there, back = change(before, after, yardstick), change(after, before, yardstick)
    assert there.index is not None
    assert there.index == -(back.index or 0)
    assert (there.category in ("recovered", "improved")) == (back.category in ("harmed", "deteriorated"))


@RUN
@given(SCORES, yardsticks(with_index=False))
def test_nothing_is_no_change(score: float, yardstick: Yardstick) -> None:
    assert change(score, score, yardstick).category == "unchanged"


@RUN
@given(SCORES, SCORES, yardsticks(with_index=False))
def test_every_pair_has_one_category_and_says_so(before: float, after: float, yardstick: Yardstick) -> None:
    result = change(before, after, yardstick)
    assert result.category in get_args(Category)
    assert str(result).endswith(".")
    cut_off = yardstick.cut_off
    if result.category in ("recovered", "crossed", "harmed"):
        assert cut_off is not None
        assert {cut_off.place(before), cut_off.place(after)} == {"inside", "outside"}
    if result.category == "recovered":
        assert cut_off is not None
        assert cut_off.is_clinical(before)


@RUN
@given(st.integers(0, 100), st.integers(0, 100), yardsticks(with_index=False))
def test_whole_points_agree_with_the_whole_edge(before: int, after: int, yardstick: Yardstick) -> None:
    reliable = change(before, after, yardstick).category not in ("unchanged", "crossed")
    assert reliable == (abs(after - before) >= yardstick.smallest_whole)


@RUN
@given(SCORES, yardsticks(), st.floats(0, 30), st.floats(0, 30))
def test_more_gain_is_never_a_lower_index(before: float, yardstick: Yardstick, gain: float, more: float) -> None:
    better = 1 if yardstick.higher == "better" else -1
    little, much = (change(before, before + better * by, yardstick).index for by in (gain, gain + more))
    assert little is not None
    assert much is not None
    assert much >= little


@RUN
@given(st.floats(-100, 100), st.floats(0.1, 50), st.floats(0.1, 20), st.floats(0.1, 20), HIGHER)
def test_c_lies_between_the_groups(mean: float, apart: float, first: float, second: float, higher: Higher) -> None:
    better = 1 if higher == "better" else -1
    drawn = cut_offs(Norm(mean, first), Norm(mean + better * apart, second), higher)
    assert drawn.c is not None
    assert min(mean, mean + better * apart) <= drawn.c <= max(mean, mean + better * apart)
    # As many standard deviations from the one mean as from the other.
    assert math.isclose(abs(drawn.c - mean) / first, abs(mean + better * apart - drawn.c) / second, rel_tol=1e-6)
    assert drawn.chosen.higher == higher


PAIRS = st.dictionaries(st.text(max_size=5), st.tuples(st.none() | SCORES, st.none() | SCORES), max_size=20)


@RUN
@given(PAIRS, yardsticks(with_index=False))
def test_everybody_is_counted_once(pairs: dict[str, tuple[float | None, float | None]], yardstick: Yardstick) -> None:
    tally = tabulate(pairs, yardstick)
    assert sum(tally.counts.values()) + len(tally.untold) == len(pairs)
    assert sum(tally.as_published) == sum(tally.counts.values())
    assert set(tally.untold) == {key for key, pair in pairs.items() if None in pair}
    for category, ids in tally.ids.items():
        assert all(Change(*pairs[key], yardstick).category == category for key in ids)
