"""Instruments whose wording comes with Attune: known errors of other publications are not repeated."""

import hashlib
import re
from datetime import UTC, datetime

import pytest

from attune_science import instruments, scoring
from attune_science.instruments import Definition
from attune_science.instruments.codes import is_loinc

FREQUENCY = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
PHQ_AND_GAD = ("phq-9", "phq-8", "phq-4", "phq-2", "gad-7", "gad-2")
OPEN = (*PHQ_AND_GAD, "pcl-5")

# From sources that were opened; another code is another question.
CODES = {
    "phq-9": "44249-1: 44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8 69722-7: 44261-6",
    "gad-7": "69737-5: 69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7: 70274-6",
    "phq-4": "69724-3: 69725-0 68509-9 44250-9 44255-8: ",
    "phq-2": "55757-9: 44250-9 44255-8: 55758-7",
    "phq-8": ": 44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3: ",
    "gad-2": ": 69725-0 68509-9: ",
}
# The beginning of a digest of every word that is asked: whoever changes one does so on purpose.
WORDING = {
    "phq-9": "5d139c384c3624f1",
    "phq-8": "870b2fa75b0e87cc",
    "phq-4": "8464f6ab511f131b",
    "phq-2": "1bc6af8155937577",
    "gad-7": "15de5defc2a4bae4",
    "gad-2": "9134c089068d8c5e",
    "pcl-5": "d5e5a03d7f5c4436",
}
# The lowest and the highest total.
RANGES = {"phq-9": 27, "phq-8": 24, "phq-4": 12, "phq-2": 6, "gad-7": 21, "gad-2": 6, "pcl-5": 80}


@pytest.fixture(params=OPEN)
def definition(request: pytest.FixtureRequest) -> Definition:
    return instruments.get(request.param)


def _words(definition: Definition) -> list[str]:
    lines = [definition.intro]
    for item in definition.items:
        lines += [item.text, *(option.text for option in item.options)]
    return [line.say() for line in lines]


def test_the_wording_is_the_questionnaires_own(definition: Definition) -> None:
    digest = hashlib.sha256("\n".join(_words(definition)).encode()).hexdigest()
    assert digest.startswith(WORDING[definition.key])


def test_no_line_carries_its_number(definition: Definition) -> None:
    assert not [line for line in _words(definition) if re.match(r"\d", line)]


@pytest.mark.parametrize("key", PHQ_AND_GAD)
def test_the_lowest_answer_is_not_at_all_and_not_not_at_all_sure(key: str) -> None:
    definition = instruments.get(key)
    for item in definition.scored("full"):
        assert [option.text.say() for option in item.options] == FREQUENCY
        assert [option.value for option in item.options] == [0, 1, 2, 3]
    assert not re.search(r"\bsure\b", " ".join(_words(definition)))


@pytest.mark.parametrize("key", CODES)
def test_codes_are_those_that_were_looked_up(key: str) -> None:
    definition = instruments.get(key)
    items = " ".join(item.loinc for item in definition.items)
    assert f"{definition.loinc}: {items}: {definition.scales[0].loinc}" == CODES[key]


def test_a_code_in_use_elsewhere_for_a_total_is_none() -> None:
    assert is_loinc("70274-6")
    assert not is_loinc("70274-5")


def test_item_9_stays_in_and_the_question_about_difficulty_stays_out_of_the_sum() -> None:
    phq = instruments.get("phq-9")
    assert "dead" in phq.item("item-9").text.say()
    assert phq.forms["full"][-2:] == ("item-9", "difficulty")
    assert phq.scales[0].items[-1] == "item-9"
    assert phq.item("difficulty").loinc == "69722-7"
    answers = scoring.read_answers(phq, "full", dict.fromkeys(phq.scales[0].items, "0") | {"difficulty": "extremely"})
    assert scoring.score(phq, answers)[0].value == 0


def test_a_published_total_that_is_not_the_sum_is_not_copied() -> None:
    phq = instruments.get("phq-9")
    (total,) = scoring.score(phq, scoring.read_numbers(phq, list("000121321")))
    assert (total.value, total.band) == (10, "moderate")


@pytest.mark.parametrize("key", ["phq-9", "phq-8"])
def test_moderate_runs_from_10_to_14(key: str) -> None:
    found = (instruments.get(key).scales[0].band(total) for total in (9, 10, 14, 15))
    assert [band.key for band in found if band] == ["mild", "moderate", "moderate", "moderately-severe"]


def test_totals_run_from_0_to_the_sum_of_the_highest_answers(definition: Definition) -> None:
    items = {item.key: item for item in definition.items}
    assert definition.scales[0].bounds(items) == (0, RANGES[definition.key])


def test_the_terms_name_their_source_and_the_day_they_were_looked_at(definition: Definition) -> None:
    licence = definition.licence
    assert licence.tier == "open"
    assert licence.source in definition.sources
    assert licence.checked is not None
    assert licence.checked <= datetime.now(UTC).date()
    assert licence.text.startswith("(c) Pfizer Inc." if definition.key in PHQ_AND_GAD else "Weathers FW")


def test_only_two_lines_tell_of_danger() -> None:
    found = {(key, item.key, item.risk_from) for key in OPEN for item in instruments.get(key).items if item.risk_from}
    assert found == {("phq-9", "item-9", 1), ("pcl-5", "item-16", 2)}


def test_the_four_kinds_of_the_pcl_5_hold_each_of_its_lines_once() -> None:
    pcl = instruments.get("pcl-5")
    total, *kinds = pcl.scales
    assert [key for kind in kinds for key in kind.items] == list(total.items)
    assert [len(kind.items) for kind in kinds] == [5, 2, 7, 6]
    assert [option.value for option in pcl.items[0].options] == [0, 1, 2, 3, 4]
    assert "in the past month" in pcl.intro.say()
    assert all(item.text.say().endswith("?") for item in pcl.items)


def test_patterns_name_no_diagnosis(definition: Definition) -> None:
    said = " ".join(
        line.say() for rule in definition.criteria for line in (rule.text, *(one.text for one in rule.outcomes))
    )
    assert not re.search("disorder|syndrome|depressi|ptsd|post-traumatic", said, re.IGNORECASE)
