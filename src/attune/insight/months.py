"""A long list, month by month."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Month(Generic[Row]):
    """One month, by its first day, and what fell into it."""

    first: date
    rows: list[Row]


def by_month(rows: Iterable[Row], day: Callable[[Row], date]) -> list[Month[Row]]:
    """In the order in which they came."""
    return [Month(first, list(found)) for first, found in groupby(rows, lambda row: day(row).replace(day=1))]
