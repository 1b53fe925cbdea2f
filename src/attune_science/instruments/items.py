"""One question of an instrument: what kind of answer it takes, and everything that stands beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from attune_science.instruments.codes import check_loinc
from attune_science.instruments.text import NOTHING, State, Text, no_twins, one_of, refuse_unless

ItemKind = Literal["rating", "choice", "words", "graded", "number"]
Frame = Literal["today", "between us"]
# Whole numbers stay whole, so that a sum of them is one; decimals are kept exactly, so that a threshold is met exactly.
Exact = int | Fraction

RATING_MAX = 10
#: Kinds whose answers are numbers.
NUMERIC = ("rating", "graded", "number")


@dataclass(frozen=True)
class Option:
    """One answer that may be picked, or, for a rating, the word beneath one of its numbers.

    `silent` answers are taken as no answer at all, so that nobody is ever shown that they were picked.
    """

    key: str
    text: Text
    value: int | None = None
    silent: bool = False


@dataclass(frozen=True)
class Opening:
    """A question that is asked only after certain answers to another."""

    item: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question, with everything that stands beside it.

    Parameters
    ----------
    kind
        `rating` 0 to 10 (options are the words beneath the numbers), `graded` (options counting up by one), `number`
        (from `lowest` to `highest`, without words for its values), `choice`, `words`.
    text
        May be empty for a number, where the wording may not be shipped.
    short
        The line's name in a sentence of the brief.
    practice, frame
        Which of the eight practices it asks about; whether about today or about how things are.
    from_session
        The first session after which it is asked.
    opened_by
        The answers to another item after which it is asked; None when always.
    behind_more
        Shown only on request.
    risk_from
        From this value on the answer tells of danger.
    lowest, highest, step
        The range of a number, and the distance between two of its values.
    reverse
        Scored as lowest + highest - value.
    loinc
        Its code in LOINC, where one was verified.
    """

    key: str
    kind: ItemKind
    text: Text = NOTHING
    short: Text = NOTHING
    hint: Text = NOTHING
    why: Text = NOTHING
    options: tuple[Option, ...] = ()
    practice: str = ""
    frame: Frame | None = None
    from_session: int = 1
    opened_by: Opening | None = None
    behind_more: bool = False
    risk_from: int | None = None
    lowest: int = 0
    highest: int = 0
    step: float = 1
    reverse: bool = False
    loinc: str = ""

    def __post_init__(self) -> None:
        values = [option.value for option in self.options if option.value is not None]
        if self.kind == "rating":
            object.__setattr__(self, "highest", RATING_MAX)
        elif self.kind == "graded" and values:
            object.__setattr__(self, "lowest", min(values))
            object.__setattr__(self, "highest", max(values))

    def option(self, key: str) -> Option | None:
        """The option under a key, or None."""
        return next((option for option in self.options if option.key == key), None)

    def allows(self, value: float) -> bool:
        """Whether an answer may have this value: within the range, and on one of its steps."""
        steps = (_exact(value) - self.lowest) / _exact(self.step)
        return self.lowest <= value <= self.highest and steps.denominator == 1

    def keyed(self, value: float) -> Exact:
        """The value as it is scored: exact, and reversed where the item is."""
        exact: Exact = int(value) if self.step == 1 else _exact(value)
        return self.lowest + self.highest - exact if self.reverse else exact

    def check(self, place: str, languages: Mapping[str, State]) -> None:
        """Refuse what cannot be asked, read or scored."""
        place = f"{place}, item {self.key}"
        one_of(self.kind, ItemKind, place)
        if self.frame is not None:
            one_of(self.frame, Frame, place)
        self.text.check(place, languages, needed=self.kind != "number")
        for text in (self.short, self.hint, self.why):
            text.check(place, languages, needed=False)
        for option in self.options:
            option.text.check(f"{place}, answer {option.key}", languages)
        no_twins((option.key for option in self.options), place)
        check_loinc(self.loinc, place)
        self._check_values(place)

    def _check_values(self, place: str) -> None:
        values = [option.value for option in self.options]
        count = range(self.lowest, self.lowest + len(values))
        fits = {
            "rating": all(value is not None and 0 <= value <= RATING_MAX for value in values),
            "graded": values == list(count) and len(values) > 1,
            "number": not values and self.lowest < self.highest and 0 < self.step <= 1,
            "choice": len(values) > 1,
            "words": not values,
        }[self.kind]
        refuse_unless(
            fits,
            place,
            "The answers do not suit the kind.",
            "A rating has words beneath 0 to 10, graded answers count up by one, a number has lowest and highest, "
            "a choice two answers or more, words none.",
        )
        refuse_unless(
            self.risk_from is None or self.lowest < self.risk_from <= self.highest,
            place,
            "The risk threshold can never be reached, or always is.",
            "Set risk_from to a value that an answer can have.",
        )


def _exact(value: float) -> Fraction:
    """Through the shortest decimal that names the number: 7.3 is meant as 73/10."""
    return Fraction(repr(value))
