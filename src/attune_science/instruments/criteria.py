"""A pattern of answers by a published rule, beside the sum and never in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from attune_science.instruments.items import NUMERIC, Item
from attune_science.instruments.text import Text, no_twins, refuse_unless


@dataclass(frozen=True)
class Group:
    """So many of these items answered at or above a value.

    Parameters
    ----------
    at_least
        How many of the items.
    start
        From which value an item counts.
    lower
        Another value for single items.
    """

    items: tuple[str, ...]
    at_least: int
    start: float
    lower: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", MappingProxyType(dict(self.lower)))

    def count(self, ratings: Mapping[str, float]) -> tuple[int, int]:
        """How many items count, and how many more could if those left open were answered."""
        met = sum(ratings[key] >= self.lower.get(key, self.start) for key in self.items if key in ratings)
        return met, sum(key not in ratings for key in self.items)


@dataclass(frozen=True)
class Outcome:
    """One thing that the pattern can be: every group of it holds."""

    key: str
    text: Text
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Criterion:
    """A published rule over single answers; of its outcomes the first that holds counts."""

    key: str
    text: Text
    source: str
    outcomes: tuple[Outcome, ...]

    def check(self, place: str, items: Mapping[str, Item]) -> None:
        """Refuse a rule that could not be applied."""
        place = f"{place}, criteria {self.key}"
        self.text.check_name(place)
        no_twins((outcome.key for outcome in self.outcomes), place)
        numeric = {key for key, item in items.items() if item.kind in NUMERIC}
        for outcome in self.outcomes:
            outcome.text.check_name(f"{place}, outcome {outcome.key}")
            for group in outcome.groups:
                refuse_unless(
                    {*group.items, *group.lower} <= numeric and 1 <= group.at_least <= len(group.items),
                    f"{place}, outcome {outcome.key}",
                    "A group names an item without numbers, or asks for more than it has.",
                    "Correct its items or at_least.",
                )
