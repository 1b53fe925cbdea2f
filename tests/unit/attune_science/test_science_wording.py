"""A clinic's own wording on a definition that ships without one: another version, or refused with file and mend."""

import pytest

from attune_science import instruments, scoring
from attune_science.errors import DefinitionRefused
from attune_science.instruments import Definition, with_wording

B3 = instruments.get("wai-b3")
SRS = instruments.get("srs")


def file(definition: Definition, *, says: str = "Line", options: str = "") -> str:
    head = f'instrument = "{definition.key}"\nlanguages.de = "final"\nintro.de = "Anfang."\n'
    grades = "".join(f'[[answers.set]]\nkey = "{n}"\nvalue = {n}\ntext.de = "Wort {n}"\n' for n in range(1, 6))
    items = "".join(f'[items.{one.key}]\ntext.de = "{says} {one.key}"\n{options}' for one in definition.items)
    return head + (grades if options else "") + items


def test_its_words_are_asked_and_its_key_scores() -> None:
    worded = with_wording(B3, file(B3, options='options = "set"\n'), "wai-b3.toml")
    assert worded.has_wording
    assert not B3.has_wording
    assert worded.items[0].kind == "graded"
    assert worded.items[0].option("5").text.say("en") == "Wort 5", "where English is missing, what there is"
    answers = scoring.read_answers(worded, "full", dict.fromkeys((one.key for one in worded.items), "5"))
    assert [score.value for score in scoring.score(worded, answers)] == [5.0]


def test_without_words_for_its_values_a_number_is_asked() -> None:
    worded = with_wording(SRS, file(SRS), "srs.toml")
    assert {one.kind for one in worded.items} == {"number"}
    answers = scoring.read_answers(worded, "full", {one.key: "9,1" for one in worded.items})
    assert scoring.score(worded, answers)[0].value == 36.4


def test_another_wording_is_another_version_and_the_same_is_the_same() -> None:
    first, again, other = (with_wording(B3, file(B3, says=says), "f").version for says in ("Line", "Line", "Row"))
    assert first == again != other
    assert first.startswith(f"{B3.version}+")


@pytest.mark.parametrize(
    ("old", "new", "place", "mend"),
    [
        ('instrument = "wai-b3"', 'instrument = "srs"', "f", "Choose the file"),
        ('instrument = "wai-b3"\n', "", "f", "Add it"),
        ("[items.item-9]", "[items.item-99]", "f", "for each"),
        ("[items.item-9]", '[items.item-99]\ntext.de = "x"\n[items.item-9]', "f", "Remove"),
        ('text.de = "Line item-9"', 'text.de = ""', "wai-b3, item item-9", "between the quotes"),
        ('text.de = "Line item-9"', "text.de = 5", "wai-b3, item item-9", "between the quotes"),
        ('text.de = "Line item-9"', 'text.fr = "x"', "wai-b3, item item-9", r"\[languages\]"),
        ('text.de = "Line item-9"', 'reverse = true\ntext.de = "x"', "f, item item-9", "remove"),
        ("value = 5", "value = 6", "f, item", "one for each value"),
        ('languages.de = "final"', 'languages.de = "draft"', "wai-b3", "final"),
        ('instrument = "wai-b3"', "instrument = wai", "f", "Correct that line"),
    ],
)
def test_a_fault_is_refused_with_its_place_and_mend(old: str, new: str, place: str, mend: str) -> None:
    source = file(B3, options='options = "set"\n')
    assert old in source
    with pytest.raises(DefinitionRefused, match=mend) as refusal:
        with_wording(B3, source.replace(old, new, 1), "f")
    assert refusal.value.place.startswith(place)


def test_what_ships_its_words_takes_no_others() -> None:
    with pytest.raises(DefinitionRefused, match="comes with its own wording"):
        with_wording(instruments.get("phq-9"), file(B3), "f")
