"""Who answers now, by country: facts with their sources, in `help_now.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class HelpLine:
    """One number that a person answers."""

    name: str
    number: str
    dial: str
    hours: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Country:
    """A country, or several that share a number."""

    name: str
    lines: tuple[HelpLine, ...]


@cache
def list_help() -> tuple[Country, ...]:
    """Every country with its lines, in the order of the file."""
    data = tomllib.loads(files(__package__).joinpath("help_now.toml").read_text(encoding="utf-8"))
    return tuple(
        Country(country["name"], tuple(HelpLine(**line) for line in country["lines"])) for country in data["countries"]
    )
