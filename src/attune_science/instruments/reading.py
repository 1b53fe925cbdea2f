"""From the text of a TOML file to a definition, refusing every word that it does not know."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import partial
from typing import Any, TypeVar

from attune_science import references
from attune_science.errors import DefinitionRefused
from attune_science.instruments.criteria import Criterion, Group, Outcome
from attune_science.instruments.definition import Definition, Licence
from attune_science.instruments.items import Item, Opening, Option
from attune_science.instruments.scales import Band, ChangeBasis, CutOff, Norm, Reliability, Scale
from attune_science.instruments.text import NOTHING, Text

Table = Mapping[str, Any]
Made = TypeVar("Made")


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


def make(kind: type[Made], raw: Table, place: str, **turn: Callable[[Any], Any]) -> Made:
    """One part from its table; `turn` says how single values are made into what they are."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # every kind is a dataclass
    if unknown := sorted(set(raw) - set(known)):
        raise DefinitionRefused(place, f"Nobody knows the word {unknown}.", "Correct or remove it.")
    needed = {name for name, field in known.items() if field.default is MISSING and field.default_factory is MISSING}
    if missing := sorted(needed - set(raw)):
        raise DefinitionRefused(place, f"This is missing: {', '.join(missing)}.", "Add it, with what it says.")
    try:
        return kind(**{key: turn[key](value) if key in turn else value for key, value in raw.items()})
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise DefinitionRefused(place, f"Something is misplaced: {error}.", "Correct it.") from error


def make_options(value: Any, sets: Table, place: str) -> tuple[Option, ...]:
    """The answers of an item: a list of its own, or the name of a set that several share."""
    if isinstance(value, str) and value not in sets:
        raise DefinitionRefused(place, f"There is no set of answers “{value}”.", f"Add [[answers.{value}]].")
    rows = sets[value] if isinstance(value, str) else value
    return tuple(make(Option, row, f"{place}, answer {row.get('key', '?')}", text=Text) for row in rows)


@dataclass(frozen=True)
class _Reader:
    """Reads the tables of one file."""

    name: str

    def definition(self, raw: Table) -> Definition:
        sets = raw.get("answers", {})
        if f"{raw.get('key')}.toml" != self.name:
            raise DefinitionRefused(self.name, "Its key is not the file's name.", "Let the two be the same.")
        return make(
            Definition,
            {key: value for key, value in raw.items() if key != "answers"},
            self.name,
            licence=partial(make, Licence, place=f"{self.name}, licence"),
            sources=self._sources,
            items=lambda rows: tuple(self._item(row, sets) for row in rows),
            scales=lambda rows: tuple(self._scale(row) for row in rows),
            criteria=lambda rows: tuple(self._criterion(row) for row in rows),
            forms=lambda table: {form: tuple(lines) for form, lines in table.items()},
            after=tuple,
            intro=Text,
            pass_text=Text,
        )

    def _sources(self, keys: list[str]) -> tuple[str, ...]:
        if not keys:
            raise DefinitionRefused(self.name, "It has no source.", "List the keys of its references in sources.")
        if missing := sorted(set(keys) - set(references.keys())):
            raise DefinitionRefused(
                self.name, f"No reference is kept under {missing}.", "Add the source to references.toml."
            )
        return tuple(keys)

    def _item(self, raw: Table, sets: Table) -> Item:
        place = f"{self.name}, item {raw.get('key', '?')}"
        if "same_as" in raw:
            return self._borrowed(raw, place)
        return make(
            Item,
            raw,
            place,
            text=Text,
            short=Text,
            hint=Text,
            why=Text,
            options=lambda value: make_options(value, sets, place),
            opened_by=lambda value: Opening(value["item"], tuple(value["answers"])),
        )

    def _borrowed(self, raw: Table, place: str) -> Item:
        """The same line in another instrument: kept once, so that the two never drift apart."""
        from attune_science.instruments.library import get  # the library reads by this module

        if set(raw) != {"key", "same_as"}:
            raise DefinitionRefused(place, "A borrowed item has words of its own.", "Keep only key and same_as.")
        # "Why this" speaks to whom the line was written for, so it stays behind.
        return replace(get(raw["same_as"]).item(raw["key"]), why=NOTHING)

    def _scale(self, raw: Table) -> Scale:
        place = f"{self.name}, scale {raw.get('key', '?')}"
        return make(
            Scale,
            raw,
            place,
            items=tuple,
            text=Text,
            bands=lambda rows: tuple(make(Band, row, f"{place}, band", text=Text) for row in rows),
            cut_offs=lambda rows: tuple(make(CutOff, row, f"{place}, cut-off", text=Text) for row in rows),
            norms=lambda rows: tuple(make(Norm, row, f"{place}, norm") for row in rows),
            reliabilities=lambda rows: tuple(make(Reliability, row, f"{place}, reliability") for row in rows),
            change=lambda row: make(ChangeBasis, row, f"{place}, change", sources=tuple),
        )

    def _criterion(self, raw: Table) -> Criterion:
        place = f"{self.name}, criteria {raw.get('key', '?')}"
        return make(
            Criterion,
            raw,
            place,
            text=Text,
            outcomes=lambda rows: tuple(
                make(
                    Outcome,
                    row,
                    f"{place}, outcome {row.get('key', '?')}",
                    text=Text,
                    groups=lambda groups: tuple(self._group(group, place) for group in groups),
                )
                for row in rows
            ),
        )

    def _group(self, raw: Table, place: str) -> Group:
        # “from” is no name in Python.
        named = {"start" if key == "from" else key: value for key, value in raw.items()}
        return make(Group, named, f"{place}, group", items=tuple)
