"""Where definitions stand: the shelf that comes with Attune, and those of packs installed beside it.

A pack is a package with `data/*.toml` and `references.toml`, announced by an entry point of the group
`attune_science.instruments`. Its terms differ from ours, so it is never part of this distribution.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable

GROUP = "attune_science.instruments"


@dataclass(frozen=True)
class Shelf:
    """A folder of definitions with the licence tiers that may stand in it, and its references."""

    folder: Traversable
    references: Traversable
    tiers: tuple[str, ...]

    def list_keys(self) -> list[str]:
        """The instruments on it."""
        return [entry.name.removesuffix(".toml") for entry in self.folder.iterdir() if entry.name.endswith(".toml")]

    def read(self, key: str) -> str:
        """The text of one definition."""
        return self.folder.joinpath(f"{key}.toml").read_text("utf-8")


OUR_TIERS = ("open", "scoring-only")
PACK_TIERS = ("restricted-pack",)


@cache
def list_shelves() -> tuple[Shelf, ...]:
    """Our own first, then the packs in the order of their names."""
    ours = Shelf(
        files("attune_science.instruments").joinpath("data"),
        files("attune_science").joinpath("references.toml"),
        OUR_TIERS,
    )
    packs = (files(entry.value) for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name))
    return (ours, *(Shelf(pack.joinpath("data"), pack.joinpath("references.toml"), PACK_TIERS) for pack in packs))


@cache
def all_references() -> dict[str, str]:
    """Every source, by its key; a pack adds to ours and changes none."""
    found: dict[str, str] = {}
    for shelf in reversed(list_shelves()):
        found |= tomllib.loads(shelf.references.read_text("utf-8"))
    return found
