"""The sources behind every number: keys to full references, kept in `references.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from attune_science.errors import ScienceError


@cache
def _all() -> dict[str, str]:
    return tomllib.loads(files("attune_science").joinpath("references.toml").read_text("utf-8"))


def keys() -> tuple[str, ...]:
    """Every key under which a source is kept, in alphabetical order."""
    return tuple(sorted(_all()))


def cite(key: str) -> str:
    """The full reference behind a key.

    Parameters
    ----------
    key
        As written in a docstring's *References*, in an instrument's `sources` or in a signal's `reference`.

    Raises
    ------
    ScienceError
        When nothing is kept under that key.

    Example
    -------
    >>> cite("kroenke2001")[:12]
    'Kroenke K, S'
    """
    try:
        return _all()[key]
    except KeyError:
        raise ScienceError(
            f"There is no reference “{key}”.",
            "Every source stands in references.toml under its key.",
            "Correct the key, or add the source there.",
        ) from None
