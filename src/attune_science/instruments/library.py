"""The instruments at hand, read from the shelves; a refusal names file, item and mend."""

from functools import cache

from attune_science.errors import DefinitionRefused, ScienceError
from attune_science.instruments.definition import Definition
from attune_science.instruments.reading import load
from attune_science.instruments.text import FALLBACK
from attune_science.shelves import Shelf, list_shelves


@cache
def _where() -> dict[str, Shelf]:
    """Key to shelf; ours come first, so no pack can take the place of one of them."""
    return {key: shelf for shelf in reversed(list_shelves()) for key in shelf.list_keys()}


def keys() -> tuple[str, ...]:
    """The key of every instrument at hand, in alphabetical order: those that come with Attune, and installed packs."""
    return tuple(sorted(_where()))


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
        When its file contradicts itself, or stands where its licence does not allow.

    Example
    -------
    >>> get("attune-session").forms["three"]
    ('presence', 'collaboration', 'repair')
    """
    if key not in keys():
        raise ScienceError(
            "There is no such instrument.",
            f"Those at hand are: {', '.join(keys())}.",
            "Use one of these keys.",
        )
    shelf = _where()[key]
    definition = load(shelf.read(key), f"{key}.toml")
    _may_stand_there(definition, shelf)
    return definition


def _may_stand_there(definition: Definition, shelf: Shelf) -> None:
    name, tier = f"{definition.key}.toml", definition.licence.tier
    if tier not in shelf.tiers:
        raise DefinitionRefused(
            name,
            f"Its tier is {tier}; in this folder only {' and '.join(shelf.tiers)} may stand.",
            "Move it to a pack of its own, or correct the tier.",
        )
    if tier == "scoring-only" and any(definition.texts()):
        raise DefinitionRefused(
            name, "It holds wording that may not be shipped.", "Take the texts out; a clinic loads its own."
        )
    if any(definition.texts()) and definition.languages.get(FALLBACK) != "final":
        raise DefinitionRefused(name, "English is not final.", 'Write languages.en = "final".')
