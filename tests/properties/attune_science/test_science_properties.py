"""What must hold for any answers: scores within their range, order without meaning, junk refused and nothing else."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from attune_science import instruments
from attune_science.errors import AnswersRefused
from attune_science.scoring import Answers, read_answers, rounded, score, value_of
from attune_science.signals import FALL, Point, published

# The machine may be busy: time is no property of these.
settings.register_profile("science", deadline=None, max_examples=60)
settings.load_profile("science")

DEFINITIONS = tuple(map(instruments.get, instruments.keys()))
FORMS = [(definition, form) for definition in DEFINITIONS for form in definition.forms]
KEPT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


def _valid(item: instruments.Item, may_pass: bool) -> st.SearchStrategy[str]:
    if item.kind == "words":
        return KEPT
    if item.kind == "rating":
        return st.sampled_from([*map(str, range(11)), "", *(["pass"] if may_pass else [])])
    if item.kind == "number":
        return st.sampled_from(["", *map("{:g}".format, values_of(item))])
    return st.sampled_from([*(option.key for option in item.options), ""])


def values_of(item: instruments.Item) -> list[float]:
    """Every value that an answer may have."""
    steps = round((item.highest - item.lowest) / item.step)
    return [float(item.lowest + Fraction(repr(item.step)) * n) for n in range(steps + 1)]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[instruments.Definition, str, dict[str, str]]:
    definition, form = draw(st.sampled_from(FORMS))
    items = definition.asked(form)
    return definition, form, {item.key: draw(_valid(item, bool(definition.pass_text))) for item in items}


@given(sheets())
def test_a_score_lies_within_its_range(sheet: tuple[instruments.Definition, str, dict[str, str]]) -> None:
    definition, form, raw = sheet
    scales = {scale.key: scale for scale in definition.scales}
    for found in score(definition, read_answers(definition, form, raw)):
        scale = scales[found.scale]
        lowest, highest = scale.bounds({item.key: item for item in definition.items})
        assert (found.value is None) == (found.answered < scale.minimum) == bool(found.reason)
        assert found.value is None or lowest <= found.value <= highest


NUMERIC = [item for definition in DEFINITIONS for item in definition.items if item.kind in instruments.NUMERIC]
SCALES = [(definition, scale) for definition in DEFINITIONS for scale in definition.scales]


@given(st.sampled_from(NUMERIC), st.data())
def test_reversing_twice_is_no_reversing(item: instruments.Item, data: st.DataObject) -> None:
    value = data.draw(st.sampled_from(values_of(item)))
    forwards, backwards = replace(item, reverse=False), replace(item, reverse=True)
    assert item.allows(value)
    assert backwards.keyed(float(backwards.keyed(value))) == forwards.keyed(value)
    assert forwards.keyed(value) + backwards.keyed(value) == item.lowest + item.highest


@given(st.sampled_from(SCALES), st.data())
def test_the_ends_of_a_scale_are_reached_and_a_missing_answer_never_moves_past_them(
    of: tuple[instruments.Definition, instruments.Scale], data: st.DataObject
) -> None:
    definition, scale = of
    items = [definition.item(key) for key in scale.items]
    left_out = data.draw(st.integers(0, len(items) - scale.minimum))
    bounds = scale.bounds({item.key: item for item in items})
    for end, bound in zip(("lowest", "highest"), bounds, strict=True):
        total = sum(getattr(item, end) for item in items[left_out:])
        if not left_out or len({(item.lowest, item.highest) for item in items}) == 1:
            assert value_of(scale, total, len(items) - left_out).value == bound


@given(st.sampled_from(SCALES), st.data())
def test_which_item_had_which_answer_means_nothing_to_the_sum_of_keyed_answers(
    of: tuple[instruments.Definition, instruments.Scale], data: st.DataObject
) -> None:
    definition, scale = of
    items = [definition.item(key) for key in scale.items if not definition.item(key).reverse]
    same = [item for item in items if values_of(item) == values_of(items[0])]
    form = next((name for name in definition.forms if set(scale.items) <= set(definition.forms[name])), None)
    if form is None:
        return
    marks = data.draw(st.lists(st.sampled_from(values_of(items[0])), min_size=len(same), max_size=len(same)))
    shuffled = data.draw(st.permutations(marks))
    rest = {item.key: f"{item.lowest:g}" for item in map(definition.item, scale.items) if item not in same}

    def scored(order: list[float]) -> float | None:
        sent = rest | {item.key: f"{mark:g}" for item, mark in zip(same, order, strict=True)}
        found = score(definition, read_answers(definition, form, sent))
        return next(one.value for one in found if one.scale == scale.key)

    assert scored(marks) == scored(shuffled)


@given(sheets(), st.randoms())
def test_the_order_of_sending_means_nothing(
    sheet: tuple[instruments.Definition, str, dict[str, str]], random: Any
) -> None:
    definition, form, raw = sheet
    shuffled = list(raw.items())
    random.shuffle(shuffled)
    assert read_answers(definition, form, dict(shuffled)) == read_answers(definition, form, raw)


@given(st.permutations(["0", "3", "10", "7", "7", "2", "9", "5"]))
def test_a_mean_does_not_care_which_line_had_which_mark(marks: list[str]) -> None:
    check_in = instruments.get("attune-session")
    sent = dict(zip(check_in.forms["eight"], marks, strict=True))
    assert {found.scale: found.value for found in score(check_in, read_answers(check_in, "eight", sent))}[
        "eight"
    ] == 5.375


@given(sheets())
def test_answers_come_back_as_they_were_kept(sheet: tuple[instruments.Definition, str, dict[str, str]]) -> None:
    answers = read_answers(*sheet)
    again = Answers.from_json(answers.to_json())
    assert again == answers
    assert again.to_json() == answers.to_json()


@given(st.sampled_from(FORMS), st.data())
def test_junk_is_refused_and_nothing_else_happens(
    form: tuple[instruments.Definition, str], data: st.DataObject
) -> None:
    definition, name = form
    keys = st.sampled_from([item.key for item in definition.items]) | st.text(max_size=5)
    anything = st.text(st.characters()) | st.none() | st.integers() | st.floats() | st.binary() | st.lists(st.text())
    raw: dict[str, Any] = data.draw(st.dictionaries(keys, anything, max_size=6))
    try:
        answers = read_answers(definition, name, raw)
    except AnswersRefused:
        return
    assert set(raw) <= {item.key for item in definition.asked(name)}
    score(definition, answers)


@given(st.floats(-1000, 1000), st.integers(0, 4))
def test_rounding_moves_a_number_by_half_a_digit_at_most(value: float, digits: int) -> None:
    shown = Fraction(rounded(value, digits))
    assert abs(shown - Fraction(repr(value))) <= Fraction(1, 2 * 10**digits)
    assert rounded(-value, digits) == -rounded(value, digits)


def test_a_fall_of_exactly_a_quarter_is_always_seen_and_a_smaller_never() -> None:
    """Every pair of means that two forms of six to eight answers, or of two or three, can give."""
    for counts in ((6, 7, 8), (2, 3)):
        means = sorted({Fraction(total, count) for count in counts for total in range(10 * count + 1)})
        for before, last in product(means, repeat=2):
            if abs(before - last) <= 1:
                found = published([Point(3, float(before)), Point(4, float(last))])
                fell = any(signal.rule == "fall-from-last" for signal in found)
                assert fell == (before - last >= Fraction(FALL))
