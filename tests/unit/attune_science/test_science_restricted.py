"""The restricted pack: its terms are named as they are today, its wording is whole, and it is found where installed."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from attune_science import instruments, references

PACK = Path(__file__).parents[3] / "packs" / "restricted"
SOURCES = PACK / "src" / "attune_restricted"
KEYS = sorted(path.stem for path in (SOURCES / "data").glob("*.toml"))
CORE = ("core-10", "core-om", "yp-core")


def test_it_holds_five_instruments_and_they_are_found() -> None:
    assert KEYS == ["core-10", "core-om", "gbo", "who-5", "yp-core"]
    assert set(KEYS) <= set(instruments.keys())


@pytest.mark.parametrize("key", KEYS)
def test_each_names_its_terms_and_the_day_they_were_read(key: str) -> None:
    licence = instruments.get(key).licence
    assert licence.tier == "restricted-pack"
    assert date(2026, 11, 23) <= licence.checked
    assert "CC BY-NC-" in licence.text
    assert len(references.cite(licence.source)) > 40


@pytest.mark.parametrize("key", CORE)
def test_core_is_non_commercial_and_shows_its_copyright_line(key: str) -> None:
    """Older pages, and software that copied them, still say BY-ND."""
    text = instruments.get(key).licence.text
    assert "CC BY-NC-ND 4.0" in text
    assert "BY-ND" not in text
    assert "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf" in text


@pytest.mark.parametrize("key", KEYS)
def test_each_has_all_its_words_in_english_alone(key: str) -> None:
    """A translation would be a change: under these terms it is the owner's to make."""
    definition = instruments.get(key)
    assert definition.has_wording
    assert dict(definition.languages) == {"en": "final"}


@pytest.mark.parametrize("key", CORE)
def test_core_is_asked_whole_and_in_its_own_order(key: str) -> None:
    definition = instruments.get(key)
    assert set(definition.forms) == {"full"}
    assert definition.forms["full"] == tuple(f"item-{place}" for place in range(1, len(definition.items) + 1))
    assert not definition.after


def test_the_short_form_says_what_the_long_form_says() -> None:
    """Every statement of the CORE-10 is one of the CORE-OM, so a slip of the pen in one shows against the other."""
    short, long = ({item.text.say() for item in instruments.get(key).items} for key in ("core-10", "core-om"))
    assert len(short) == 10
    assert short < long


def test_the_domains_of_the_core_om_share_its_items_out() -> None:
    scales = {scale.key: scale.items for scale in instruments.get("core-om").scales}
    domains = [item for key in ("wellbeing", "problems", "functioning", "risk") for item in scales[key]]
    assert sorted(domains) == sorted(scales["mean"])
    assert set(scales["non-risk"]) == set(scales["mean"]) - set(scales["risk"])


def test_the_who_5_carries_no_loinc_code() -> None:
    """Of two that are in use for it one fails the check digit; what the other names was not confirmed."""
    definition = instruments.get("who-5")
    codes = {
        definition.loinc,
        *(item.loinc for item in definition.items),
        *(scale.loinc for scale in definition.scales),
    }
    assert codes == {""}


def test_the_distribution_is_data_alone_and_says_so() -> None:
    project = tomllib.loads((PACK / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dependencies"] == []
    assert project["license-files"] == ["LICENSE.md"]
    assert project["entry-points"]["attune_science.instruments"] == {"restricted": "attune_restricted"}
    assert [path.name for path in SOURCES.rglob("*.py")] == ["__init__.py"]


def test_its_readme_installs_it_by_a_path() -> None:
    """By a name an index would be asked, and whoever holds the name there would be obeyed."""
    commands = re.findall(r"pip install (\S+)", (PACK / "README.md").read_text("utf-8"))
    assert commands == ["./packs/restricted"]


@pytest.mark.parametrize("key", KEYS)
def test_the_licence_file_repeats_the_owner_of_each(key: str) -> None:
    owner = {"who-5": "World Health Organization", "gbo": "Copyright © Dr Duncan Law"}
    line = owner.get(key, "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf")
    assert line in (PACK / "LICENSE.md").read_text("utf-8")
    assert line in instruments.get(key).licence.text


def test_every_reference_of_the_pack_is_used_by_it() -> None:
    kept = set(tomllib.loads((SOURCES / "references.toml").read_text("utf-8")))
    cited = {source for key in KEYS for source in instruments.get(key).sources}
    assert kept == cited - {"attune"}
