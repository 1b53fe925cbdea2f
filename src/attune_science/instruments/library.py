"""The instruments that come with Attune, read from `data/*.toml`; a refusal names file, item and mend."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from attune_science import references
from attune_science.errors import DefinitionRefused, ScienceError
from attune_science.instruments.definition import (
    Band,
    Definition,
    Item,
    Licence,
    Opening,
    Option,
    Scale,
)
from attune_science.instruments.text import NOTHING, Text

_DATA = files("attune_science.instruments").joinpath("data")
Table = Mapping[str, Any]
Made = TypeVar("Made", Definition, Item, Scale, Option, Band, Licence)


def keys() -> tuple[str, ...]:
    """The key of every instrument that comes with Attune, in alphabetical order."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in _DATA.iterdir() if entry.name.endswith(".toml")))


@cache
def get(key: str) -> Definition:
    """The definition of an instrument, read once.

    Parameters
    ----------
    key
        One of `keys()`.

    Raises
    ------
    ScienceError
        When there is no such instrument.
    DefinitionRefused
        When its file contradicts itself.

    Example
    -------
    >>> get("attune-session").forms["three"]
    ('presence', 'collaboration', 'repair')
    """
    if key not in keys():
        raise ScienceError(
            "There is no such instrument.",
            f"Those that come with Attune are: {', '.join(keys())}.",
            "Use one of these keys.",
        )
    return load(_DATA.joinpath(f"{key}.toml").read_text("utf-8"), f"{key}.toml")


def load(source: str, name: str) -> Definition:
    """A definition from the text of a TOML file.

    Parameters
    ----------
    source
        The text.
    name
        The file's name, for refusals; the instrument's key must be the name without its ending.

    Raises
    ------
    DefinitionRefused
        Naming the file, the item and the mend.
    """
    try:
        return _Reader(name).definition(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionRefused(name, f"It is not TOML: {error}.", "Correct that line.") from error


@dataclass(frozen=True)
class _Reader:
    """Turns the tables of one file into a definition, refusing every word that it does not know."""

    name: str

    def definition(self, raw: Table) -> Definition:
        sets = raw.get("answers", {})
        self._same_key(raw)
        return self._make(
            Definition,
            {key: value for key, value in raw.items() if key != "answers"},
            self.name,
            licence=lambda value: self._make(Licence, value, f"{self.name}, licence"),
            sources=self._sources,
            items=lambda rows: tuple(self._item(row, sets) for row in rows),
            scales=lambda rows: tuple(self._scale(row) for row in rows),
            forms=lambda table: {form: tuple(lines) for form, lines in table.items()},
            after=tuple,
            intro=Text,
            pass_text=Text,
        )

    def _same_key(self, raw: Table) -> None:
        if f"{raw.get('key')}.toml" != self.name:
            raise DefinitionRefused(self.name, "Its key is not the file's name.", "Let the two be the same.")

    def _sources(self, keys: list[str]) -> tuple[str, ...]:
        missing = set(keys) - set(references.keys())
        if missing:
            raise DefinitionRefused(
                self.name, f"No reference is kept under {sorted(missing)}.", "Add the source to references.toml."
            )
        return tuple(keys)

    def _item(self, raw: Table, sets: Table) -> Item:
        place = f"{self.name}, item {raw.get('key', '?')}"
        if "same_as" in raw:
            return self._borrowed(raw, place)
        return self._make(
            Item,
            raw,
            place,
            text=Text,
            short=Text,
            hint=Text,
            why=Text,
            options=lambda value: self._options(value, sets, place),
            opened_by=lambda value: Opening(value["item"], tuple(value["answers"])),
        )

    def _borrowed(self, raw: Table, place: str) -> Item:
        """The same line in another instrument: kept once, so that the two never drift apart."""
        if set(raw) != {"key", "same_as"}:
            raise DefinitionRefused(place, "A borrowed item has words of its own.", "Keep only key and same_as.")
        # "Why this" speaks to whom the line was written for, so it stays behind.
        return replace(get(raw["same_as"]).item(raw["key"]), why=NOTHING)

    def _options(self, value: Any, sets: Table, place: str) -> tuple[Option, ...]:
        if isinstance(value, str) and value not in sets:
            raise DefinitionRefused(place, f"There is no set of answers “{value}”.", f"Add [[answers.{value}]].")
        rows = sets[value] if isinstance(value, str) else value
        return tuple(self._make(Option, row, f"{place}, answer {row.get('key', '?')}", text=Text) for row in rows)

    def _scale(self, raw: Table) -> Scale:
        place = f"{self.name}, scale {raw.get('key', '?')}"
        return self._make(
            Scale,
            raw,
            place,
            items=tuple,
            bands=lambda rows: tuple(self._make(Band, row, f"{place}, band", text=Text) for row in rows),
        )

    def _make(self, kind: type[Made], raw: Table, place: str, **turn: Callable[[Any], Any]) -> Made:
        unknown = set(raw) - {field.name for field in fields(kind)}
        if unknown:
            raise DefinitionRefused(place, f"Nobody knows the word {sorted(unknown)}.", "Correct or remove it.")
        try:
            return kind(**{key: turn[key](value) if key in turn else value for key, value in raw.items()})
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise DefinitionRefused(place, f"Something is missing or misplaced: {error}.", "Correct it.") from error
