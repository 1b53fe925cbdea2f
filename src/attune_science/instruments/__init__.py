"""What is asked: the form of a definition, and the library of those that come with Attune."""

from attune_science.instruments.definition import (
    RATING_MAX,
    Band,
    Definition,
    Item,
    Licence,
    Opening,
    Option,
    Scale,
)
from attune_science.instruments.library import get, keys, load
from attune_science.instruments.text import Text

__all__ = [
    "RATING_MAX",
    "Band",
    "Definition",
    "Item",
    "Licence",
    "Opening",
    "Option",
    "Scale",
    "Text",
    "get",
    "keys",
    "load",
]
