"""Instruments of which only the scoring comes with Attune: numbers, and no word of the forms."""

import re

import pytest

from attune_science import instruments
from attune_science.instruments import Definition

PCOMS = ("srs", "ors", "cors", "csrs", "gsrs")
OTHERS = ("wai-sr", "wai-s", "wai-b3", "sai", "haq-ii")
ALLIANCE = ("srs", "csrs", "gsrs", *OTHERS)
# Names that belong to the field; the headings of a form belong to its owners.
SCALES = {"total", "mean", "task", "bond", "goal"}


@pytest.fixture(params=(*PCOMS, *OTHERS))
def definition(request: pytest.FixtureRequest) -> Definition:
    return instruments.get(request.param)


def test_no_word_of_the_form_is_kept(definition: Definition) -> None:
    assert definition.licence.tier == "scoring-only"
    assert not any(definition.texts())
    assert not definition.has_wording


def test_items_are_numbers_and_nothing_else(definition: Definition) -> None:
    for item in definition.items:
        assert (item.kind, item.options) == ("number", ())
        assert re.fullmatch("item-[0-9]+", item.key)


def test_scales_mirror_no_heading(definition: Definition) -> None:
    assert {scale.key for scale in definition.scales} <= SCALES
    assert not any(scale.bands for scale in definition.scales)


def test_a_clinic_reads_what_it_must_hold(definition: Definition) -> None:
    assert definition.licence.text.startswith(("(c) ", "Built from"))
    assert "load only what you hold" in definition.licence.text


def test_more_is_better(definition: Definition) -> None:
    assert all(scale.higher == "better" for scale in definition.scales)


def test_the_alliance_is_asked_about_after_the_session(definition: Definition) -> None:
    assert definition.moment == ("after" if definition.key in ALLIANCE else "before")


@pytest.mark.parametrize("key", PCOMS)
def test_four_lines_are_read_to_the_tenth(key: str) -> None:
    definition = instruments.get(key)
    assert [(item.lowest, item.highest, item.step) for item in definition.items] == [(0, 10, 0.1)] * 4
    (scale,) = definition.scales
    assert (scale.method, scale.minimum, scale.prorate, scale.factor) == ("sum", 4, False, 1)


@pytest.mark.parametrize("key", OTHERS)
def test_no_cut_off_for_what_has_none(key: str) -> None:
    assert not any(scale.cut_offs or scale.change for scale in instruments.get(key).scales)


def test_a_fall_of_one_point_is_no_cut_off() -> None:
    (scale,) = instruments.get("srs").scales
    assert [(cut_off.value, cut_off.side) for cut_off in scale.cut_offs] == [(36, "below")]
    assert scale.change is None


def test_three_items_are_those_of_the_twelve() -> None:
    whole, part = instruments.get("wai-sr"), instruments.get("wai-b3")
    subscales = [next(s.key for s in whole.scales[1:] if item.key in s.items) for item in part.items]
    assert subscales == ["bond", "task", "goal"]
