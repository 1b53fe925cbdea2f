"""A clinic's own licensed wording, put on a definition that ships without one."""

import tomllib
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

from attune_science.errors import DefinitionRefused
from attune_science.instruments.definition import Definition
from attune_science.instruments.items import Item, Option
from attune_science.instruments.reading import Table, make, make_options
from attune_science.instruments.text import NOTHING, State, Text


@dataclass(frozen=True)
class _Words:
    """The words of one item."""

    text: Text
    hint: Text = NOTHING
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class _Wording:
    """A wording file."""

    instrument: str
    languages: dict[str, State]
    items: dict[str, _Words]
    intro: Text = NOTHING


def with_wording(definition: Definition, source: str, name: str) -> Definition:
    """The same instrument with the words that a clinic holds a licence for; the key, scales and range stay.

    Parameters
    ----------
    definition
        One whose questions have no words yet.
    source
        The text of a TOML file: `instrument`, `languages`, `intro`, a table `items.<key>` with `text` for every item
        and, where its values have words, `options` as in a definition; sets of answers under `answers`.
    name
        The file's name, for refusals.

    Returns
    -------
    Definition
        Its version names the wording by a digest of the file: “1+3f9c2a10”. Another wording is another version.

    Raises
    ------
    DefinitionRefused
        Naming the file, the item and the mend; also when the definition has its wording already.

    Limits
    ------
    Whether the wording is the instrument's own, and licensed, only the clinic can know.
    """
    if definition.has_wording:
        raise DefinitionRefused(name, f"{definition.name} comes with its own wording.", "It needs no file.")
    try:
        wording = _read(tomllib.loads(source), name)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionRefused(name, f"It is not TOML: {error}.", "Correct that line.") from error
    if wording.instrument != definition.key:
        raise DefinitionRefused(
            name, f"It is the wording of another instrument, not of {definition.key}.", "Choose the file for this one."
        )
    _same_items(definition, wording, name)
    return replace(
        definition,
        version=f"{definition.version}+{sha256(source.encode()).hexdigest()[:8]}",
        languages=wording.languages,
        intro=wording.intro,
        items=tuple(_worded(item, wording.items[item.key], name) for item in definition.items),
        scales=definition.scales,
    )


def _read(raw: Table, name: str) -> _Wording:
    sets = raw.get("answers", {})
    return make(
        _Wording,
        {key: value for key, value in raw.items() if key != "answers"},
        name,
        intro=Text,
        languages=dict,
        items=lambda rows: {key: _words(row, sets, f"{name}, item {key}") for key, row in rows.items()},
    )


def _words(raw: Any, sets: Table, place: str) -> _Words:
    return make(_Words, raw, place, text=Text, hint=Text, options=partial(make_options, sets=sets, place=place))


def _same_items(definition: Definition, wording: _Wording, name: str) -> None:
    asked = [item.key for item in definition.items]
    if missing := [key for key in asked if key not in wording.items]:
        raise DefinitionRefused(name, f"Items without words: {', '.join(missing)}.", "Add [items.<key>] for each.")
    if foreign := sorted(set(wording.items) - set(asked)):
        raise DefinitionRefused(
            name, f"It has items that the instrument has not: {', '.join(foreign)}.", "Remove them."
        )


def _worded(item: Item, words: _Words, name: str) -> Item:
    """Where every value has its words, it is answered by picking one of them; else by a number."""
    if not words.options:
        return replace(item, text=words.text, hint=words.hint)
    values = [option.value for option in words.options]
    if item.step != 1 or values != list(range(item.lowest, item.highest + 1)):
        raise DefinitionRefused(
            f"{name}, item {item.key}",
            f"Its answers do not go from {item.lowest} to {item.highest} by {item.step:g}.",
            "Give one for each value, in order; or leave the answers out, and a number is asked for.",
        )
    return replace(item, kind="graded", text=words.text, hint=words.hint, options=words.options)
