"""The library: what comes with Attune keeps its promises, and a bad file is refused with file, item and mend."""

import re
from pathlib import Path

import pytest

from attune_science import instruments
from attune_science.errors import DefinitionRefused, ScienceError
from attune_science.instruments import library
from attune_science.shelves import OUR_TIERS, PACK_TIERS, Shelf

PLAIN = """
key = "plain"
version = "1"
name = "Plain"
kind = "questionnaire"
source = "made up for tests"
sources = ["attune-session"]
validated = false
forms.full = ["a", "b", "c"]
languages.en = "final"
licence = { tier = "open", text = "CC0", source = "attune-session", checked = 2026-11-23 }
[[answers.often]]
key = "0"
value = 0
text.en = "never"
[[answers.often]]
key = "1"
value = 1
text.en = "often"
[[items]]
key = "a"
kind = "graded"
options = "often"
risk_from = 1
text.en = "First, {Name}?"
[[items]]
key = "b"
kind = "choice"
text.en = "Second?"
options = [{ key = "no", text.en = "no" }, { key = "yes", text.en = "yes" }]
[[items]]
key = "c"
kind = "words"
opened_by = { item = "b", answers = ["yes"] }
text.en = "Third?"
[[scales]]
key = "total"
items = ["a"]
method = "sum"
minimum = 1
higher = "worse"
bands_source = "attune-session"
bands = [{ key = "low", lowest = 0, text.en = "low" }, { key = "high", lowest = 1, text.en = "high" }]
[[scales.cut_offs]]
value = 1
side = "at-or-above"
text.en = "worth a look"
population = "nobody"
source = "attune-session"
[[scales.reliabilities]]
kind = "alpha"
value = 0.8
population = "nobody"
source = "attune-session"
[scales.change]
sd = 0.5
reliability = 0.8
population = "nobody"
sources = ["attune-session"]
cut_off = 1
[[criteria]]
key = "rule"
text.en = "A rule"
source = "attune-session"
[[criteria.outcomes]]
key = "met"
text.en = "met"
groups = [{ items = ["a"], from = 1, at_least = 1 }]
"""

LICENCE = 'licence = { tier = "open", text = "CC0", source = "attune-session", checked = 2026-11-23 }\n'

# What is changed in PLAIN, and what the refusal must name: the place, and the mend.
FAULTS = [
    ('key = "plain"', 'key = "other"', "plain.toml", "Let the two be the same"),
    ('version = "1"', 'version = ""', "plain", "Write both"),
    ('version = "1"\n', "", "plain.toml", "Add it"),
    ('name = "Plain"', 'name = "Plain"\nmood = "gay"', "plain.toml", "Correct or remove it"),
    ('kind = "questionnaire"', 'kind = "quiz"', "plain", "session, before"),
    ('source = "made up for tests"', 'source = ""', "plain", "where its wording comes from"),
    ('sources = ["attune-session"]', 'sources = ["nobody1900"]', "plain.toml", r"references\.toml"),
    ('licence = { tier = "open"', 'lizenz = { tier = "open"', "plain.toml", "Correct or remove it"),
    (LICENCE, "", "plain.toml", "Add it"),
    ('sources = ["attune-session"]', "sources = []", "plain.toml", "in sources"),
    ('sources = ["attune-session"]\nvalidated', 'sources = ["attune"]\nvalidated', "plain", "Add them there"),
    ("checked = 2026-11-23", 'checked = "lately"', "plain, licence", "2026-01-31"),
    ('sources = ["attune-session"]\ncut_off', "sources = []\ncut_off", "plain, scale total, change", "the sources"),
    ("sd = 0.5", "sd = -1", "plain, scale total, change", "above 0"),
    ("sd = 0.5\n", "", "plain, scale total, change", "sd and reliability"),
    ("cut_off = 1", "cut_off = 0.5", "plain, scale total, change", "cut_offs"),
    ('population = "nobody"\n', "", "plain.toml, scale total, cut-off", "Add it"),
    ("value = 1\nside", "value = 4\nside", "plain, scale total, cut-off 4", "Correct it"),
    ('side = "at-or-above"', 'side = "below"', "plain, scale total, cut-off 1", "Correct side"),
    ('side = "at-or-above"', 'side = "beside"', "plain, scale total, cut-off 1", "at-or-above"),
    ('higher = "worse"\n', "", "plain, scale total", "what is higher"),
    ('bands_source = "attune-session"\n', "", "plain, scale total", "bands_source"),
    ('kind = "alpha"', 'kind = "beta"', "plain, scale total", "test-retest"),
    ("value = 0.8", "value = 8", "plain, scale total", "0 to 1"),
    ("at_least = 1", "at_least = 2", "plain, criteria rule", "at_least"),
    ('key = "plain"', 'key = "plain"\nloinc = "70274-5"', "plain", "leave it out"),
    ('tier = "open"', 'tier = "free"', "plain, licence", "restricted-pack"),
    ('text = "CC0"', 'text = ""', "plain, licence", "Quote the terms"),
    ('languages.en = "final"', 'languages.en = "nearly"', "plain", "final, draft"),
    ('languages.en = "final"', 'languages.en = "draft"', "plain", "languages.en"),
    ('languages.en = "final"', 'languages = { en = "final", es = "final" }', "plain, item a", "mark that language"),
    ('forms.full = ["a", "b", "c"]', "forms = {}", "plain", r"\[forms\]"),
    ('forms.full = ["a", "b", "c"]', 'forms.full = ["a", "z"]', "plain, form full", "Correct the keys"),
    ('forms.full = ["a", "b", "c"]', 'forms.full = ["a", "a"]', "plain, form full", "Keep one"),
    ('text.en = "First, {Name}?"', 'text.en = "First, {Mother}?"', "plain, item a", "{Client}"),
    ('text.en = "First, {Name}?"', 'text.fr = "Un?"', "plain, item a", r"\[languages\]"),
    ('text.en = "First, {Name}?"', "text = {}", "plain, item a", "Add text.en"),
    ('text.en = "First, {Name}?"\n', "", "plain, item a", "Add text.en"),
    ('options = "often"', 'options = "seldom"', "plain.toml, item a", "answers.seldom"),
    ("risk_from = 1", "risk_from = 2", "plain, item a", "an answer can have"),
    ("risk_from = 1", 'frame = "later"', "plain, item a", "between us"),
    ("value = 1", "value = 2", "plain, item a", "graded answers count up"),
    ('key = "b"', 'key = "B!"', "plain", "small letters"),
    ('answers = ["yes"]', 'answers = ["maybe"]', "plain, item c", "opened_by"),
    ('{ item = "b", answers', '{ item = "q", answers', "plain, item c", "opened_by"),
    ('item = "b", answers = ["yes"]', 'answers = ["yes"]', "plain.toml, item c", "Correct it"),
    ('items = ["a"]', 'items = ["b"]', "plain, scale total", "answered by a number"),
    ('items = ["a"]\n', "", "plain.toml, scale total", "Add it"),
    ('method = "sum"', 'method = "mode"', "plain, scale total", "mean, sum"),
    ("minimum = 1", "minimum = 2", "plain, scale total", "a number from 1 to 1"),
    ("lowest = 1", "lowest = 0", "plain, scale total", "from the lowest"),
    ('key = "a"', 'key = "a"\nsame_as = "attune-session"', "plain.toml, item a", "only key and same_as"),
    ('key = "plain"', "key = plain", "plain.toml", "Correct that line"),
]


@pytest.mark.parametrize("key", instruments.keys())
def test_what_comes_with_attune_can_be_used(key: str) -> None:
    definition = instruments.get(key)
    assert definition.key == key
    assert definition is instruments.get(key), "read once"
    assert all(definition.asked(form) for form in definition.forms)


def test_an_unknown_instrument_names_those_there_are() -> None:
    with pytest.raises(ScienceError, match="attune-session"):
        instruments.get("none-such")


def test_a_plain_file_is_read() -> None:
    definition = instruments.load(PLAIN, "plain.toml")
    assert definition.item("a").text.say("es", Name="Ben") == "First, Ben?"
    assert definition.item("a").highest == 1
    assert definition.item("c").highest == 0


@pytest.mark.parametrize(("old", "new", "place", "mend"), FAULTS)
def test_a_fault_is_refused_with_its_place_and_mend(old: str, new: str, place: str, mend: str) -> None:
    assert PLAIN.count(old) >= 1
    with pytest.raises(DefinitionRefused) as refusal:
        instruments.load(PLAIN.replace(old, new, 1), "plain.toml")
    assert refusal.value.place.startswith(place)
    assert re.search(mend, refusal.value.mend)


@pytest.mark.parametrize(
    ("old", "new", "tiers", "mend"),
    [
        ('tier = "open"', 'tier = "restricted-pack"', OUR_TIERS, "a pack of its own"),
        ('tier = "open"', 'tier = "scoring-only"', OUR_TIERS, "Take the texts out"),
        ('tier = "open"', 'tier = "open"', PACK_TIERS, "a pack of its own"),
        ('languages.en = "final"', 'languages = { en = "draft", es = "final" }', OUR_TIERS, r"languages\.en"),
    ],
)
def test_a_shelf_holds_only_what_may_stand_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, tiers: tuple[str, ...], mend: str
) -> None:
    source = PLAIN.replace(old, new)
    source = source.replace("text.en = ", "text.es = ") if "es =" in new else source
    (tmp_path / "plain.toml").write_text(english_figures(source))
    shelf = Shelf(tmp_path, tmp_path / "references.toml", tiers)
    monkeypatch.setattr(library, "_where", lambda: {"plain": shelf})
    with pytest.raises(DefinitionRefused, match=mend):
        library.get.__wrapped__("plain")


def english_figures(source: str) -> str:
    """What names a figure is in English, whatever the questions are in."""
    head, scales, rest = source.partition("[[scales]]")
    return head + scales + rest.replace("text.es = ", "text.en = ")


def test_a_sum_may_not_hide_missing_answers() -> None:
    source = PLAIN.replace('key = "b"\nkind = "choice"', 'key = "b"\nkind = "rating"').replace(
        'options = [{ key = "no", text.en = "no" }, { key = "yes", text.en = "yes" }]', ""
    )
    source = source.replace('opened_by = { item = "b", answers = ["yes"] }', "").replace('["a"]', '["a", "b"]')
    with pytest.raises(DefinitionRefused, match="low score"):
        instruments.load(source, "plain.toml")


def test_the_check_in_speaks_four_languages_three_of_them_drafts() -> None:
    check_in = instruments.get("attune-session")
    assert dict(check_in.languages) == {"en": "final", "hi": "draft", "es": "draft", "ar": "draft"}
    for item in check_in.items:
        for text in (item.text, *(option.text for option in item.options)):
            assert set(text.by_language) == {"en", "hi", "es", "ar"}


def test_the_lines_stand_in_the_order_that_was_decided() -> None:
    lines = [line.text.say(Name="Ben") for line in instruments.get("attune-session").lines("eight")]
    assert lines == [
        "Ben noticed how I really was today.",
        "We decided things together today, as much as I wanted.",
        "Whatever I said today, I still felt welcome.",
        "There was room today for all of who I am.",
        "What we agree on is what happens.",
        "The next step is mine to choose.",
        "What I ask for here makes a difference.",
        "When something here does not suit me, it is easy to say so.",
    ]


def test_the_therapist_predicts_the_very_lines_of_the_client() -> None:
    client, therapist = instruments.get("attune-session"), instruments.get("attune-therapist")
    for form in ("three", "eight"):
        assert [line.text for line in therapist.lines(form)] == [line.text for line in client.lines(form)]
        assert not any(line.why for line in therapist.lines(form))
    assert therapist.intro.say(Client="Amara") == "As I think Amara will answer:"


def test_nothing_of_the_phq_9_is_said_in_words_of_ours() -> None:
    phq = instruments.get("phq-9")
    assert phq.licence.text.startswith("(c) Pfizer Inc.")
    assert set(phq.languages) == {"en"}
    assert [item.key for item in phq.items if item.risk_from] == ["item-9"]
