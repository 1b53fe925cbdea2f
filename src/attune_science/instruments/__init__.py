"""What is asked: the form of a definition, and the library of those at hand."""

from attune_science.instruments.criteria import Criterion, Group, Outcome
from attune_science.instruments.definition import Definition, Licence
from attune_science.instruments.items import NUMERIC, RATING_MAX, Exact, Item, Opening, Option
from attune_science.instruments.library import get, keys
from attune_science.instruments.reading import load
from attune_science.instruments.scales import Band, ChangeBasis, CutOff, Norm, Reliability, Scale
from attune_science.instruments.text import Text
from attune_science.instruments.wording import with_wording

__all__ = [
    "NUMERIC",
    "RATING_MAX",
    "Band",
    "ChangeBasis",
    "Criterion",
    "CutOff",
    "Definition",
    "Exact",
    "Group",
    "Item",
    "Licence",
    "Norm",
    "Opening",
    "Option",
    "Outcome",
    "Reliability",
    "Scale",
    "Text",
    "get",
    "keys",
    "load",
    "with_wording",
]
