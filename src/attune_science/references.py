"""The sources behind every number: keys to full references, kept in `references.toml`, ours and each pack's."""

from attune_science.errors import ScienceError
from attune_science.shelves import all_references


def keys() -> tuple[str, ...]:
    """Every key under which a source is kept, in alphabetical order."""
    return tuple(sorted(all_references()))


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
        return all_references()[key]
    except KeyError:
        raise ScienceError(
            f"There is no reference “{key}”.",
            "Every source stands in references.toml under its key.",
            "Correct the key, or add the source there.",
        ) from None
