"""The form of an instrument's definition: frozen, and unable to contradict itself once made."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from attune_science.instruments.text import FALLBACK, KEY, NOTHING, State, Text, no_twins, one_of, refuse_unless

Kind = Literal["session", "before", "questionnaire", "therapist"]
Tier = Literal["open", "restricted-pack", "scoring-only", "excluded"]
ItemKind = Literal["rating", "choice", "words", "graded"]
Frame = Literal["today", "between us"]
Method = Literal["mean", "sum"]

RATING_MAX = 10


@dataclass(frozen=True)
class Licence:
    """Under which terms the wording may be shipped: the tier decides, the text is shown."""

    tier: Tier
    text: str

    def check(self, place: str) -> None:
        """Refuse an unknown tier, missing terms, and wording that may not be shipped in this package."""
        one_of(self.tier, Tier, place)
        refuse_unless(bool(self.text), place, "The licence has no text.", "Quote the terms in licence.text.")
        refuse_unless(
            self.tier == "open",
            place,
            "Only instruments whose wording may be shipped stand in this folder.",
            "Ship it as a pack of its own.",
        )


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
        `rating` 0 to 10 (options are the words beneath the numbers), `graded` 0 to 3, `choice`, `words`.
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
    """

    key: str
    kind: ItemKind
    text: Text
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

    def option(self, key: str) -> Option | None:
        """The option under a key, or None."""
        return next((option for option in self.options if option.key == key), None)

    @property
    def highest(self) -> int:
        """The highest value an answer can have; 0 where answers have none."""
        if self.kind == "rating":
            return RATING_MAX
        return max((option.value or 0 for option in self.options), default=0)

    def check(self, place: str, languages: Mapping[str, State]) -> None:
        """Refuse what cannot be asked, read or scored."""
        place = f"{place}, item {self.key}"
        one_of(self.kind, ItemKind, place)
        if self.frame is not None:
            one_of(self.frame, Frame, place)
        self.text.check(place, languages)
        for text in (self.short, self.hint, self.why):
            text.check(place, languages, needed=False)
        for option in self.options:
            option.text.check(f"{place}, answer {option.key}", languages)
        no_twins((option.key for option in self.options), place)
        self._check_values(place)

    def _check_values(self, place: str) -> None:
        values = [option.value for option in self.options]
        fits = {
            "rating": all(value is not None and 0 <= value <= RATING_MAX for value in values),
            "graded": values == list(range(len(values))) and len(values) > 1,
            "choice": len(values) > 1,
            "words": not values,
        }[self.kind]
        refuse_unless(
            fits,
            place,
            "The answers do not suit the kind.",
            "A rating has words beneath 0 to 10, graded answers count up from 0, a choice has two or more, words none.",
        )
        refuse_unless(
            self.risk_from is None or 0 < self.risk_from <= self.highest,
            place,
            "The risk threshold can never be reached, or always is.",
            "Set risk_from to a value that an answer can have.",
        )


@dataclass(frozen=True)
class Band:
    """A named stretch of a score, from its lowest value up to the next band."""

    key: str
    lowest: float
    text: Text


@dataclass(frozen=True)
class Scale:
    """How answers become one number.

    Parameters
    ----------
    method
        `mean` of the answered items, or `sum`.
    minimum
        How many items must be answered; below that there is no score.
    prorate
        For a sum: missing answers count as the mean of those given.
    """

    key: str
    items: tuple[str, ...]
    method: Method
    minimum: int
    prorate: bool = False
    bands: tuple[Band, ...] = ()

    def check(self, place: str, items: Mapping[str, Item], languages: Mapping[str, State]) -> None:
        """Refuse a scale that could not be computed."""
        place = f"{place}, scale {self.key}"
        one_of(self.method, Method, place)
        no_twins(self.items, place)
        numeric = {key for key, item in items.items() if item.kind in ("rating", "graded")}
        refuse_unless(
            set(self.items) <= numeric, place, "It names an item without numbers.", "List ratings and graded items."
        )
        whole = len(self.items)
        refuse_unless(
            1 <= self.minimum <= whole, place, "The minimum cannot be met.", f"Write a number from 1 to {whole}."
        )
        refuse_unless(
            self.method == "mean" or self.prorate or self.minimum == whole,
            place,
            "A sum with answers missing would read as a low score.",
            "Set prorate = true, or let minimum be the number of items.",
        )
        lowest = [band.lowest for band in self.bands]
        refuse_unless(lowest == sorted(set(lowest)), place, "The bands are out of order.", "List them from the lowest.")
        for band in self.bands:
            band.text.check(f"{place}, band {band.key}", languages)


@dataclass(frozen=True)
class Definition:
    """An instrument: what is asked, in which words and order, under which licence, and how it is scored.

    Parameters
    ----------
    sources
        Keys of `references.toml`.
    validated
        Whether published work shows what its scores mean; where not, every page that shows one says so.
    languages
        Each language of its texts, `final` or `draft`. A draft is to be named as one wherever it is shown.
    intro
        What stands above the first question.
    pass_text
        The answer that says “this does not fit”; where empty, a line can only be left open.
    forms
        Which lines are asked, in the order in which they are shown.
    after
        What every form asks after its lines.

    Raises
    ------
    DefinitionRefused
        When it contradicts itself.
    """

    key: str
    version: str
    name: str
    kind: Kind
    licence: Licence
    source: str
    sources: tuple[str, ...]
    validated: bool
    languages: Mapping[str, State]
    items: tuple[Item, ...]
    forms: Mapping[str, tuple[str, ...]]
    after: tuple[str, ...] = ()
    scales: tuple[Scale, ...] = ()
    intro: Text = NOTHING
    pass_text: Text = NOTHING

    def __post_init__(self) -> None:
        object.__setattr__(self, "languages", MappingProxyType(dict(self.languages)))
        object.__setattr__(self, "forms", MappingProxyType(dict(self.forms)))
        self._check_head()
        self._check_forms()
        by_key = {item.key: item for item in self.items}
        for item in self.items:
            item.check(self.key, self.languages)
            self._check_opening(item, by_key)
        for scale in self.scales:
            scale.check(self.key, by_key, self.languages)

    def item(self, key: str) -> Item:
        """The item under a key. Raises `KeyError` when there is none."""
        return {item.key: item for item in self.items}[key]

    def lines(self, form: str) -> tuple[Item, ...]:
        """The lines of a form, in the order in which they are shown."""
        return tuple(self.item(key) for key in self.forms[form])

    def asked(self, form: str) -> tuple[Item, ...]:
        """Everything a form asks, in order: its lines, then what comes after every form's lines."""
        return (*self.lines(form), *(self.item(key) for key in self.after))

    def _check_head(self) -> None:
        refuse_unless(KEY.fullmatch(self.key) is not None, self.key, "The key is no key.", "Use small letters.")
        refuse_unless(bool(self.version and self.name), self.key, "Version or name is missing.", "Write both.")
        one_of(self.kind, Kind, self.key)
        self.licence.check(self.key)
        refuse_unless(bool(self.source), self.key, "It has no source.", "Say where its wording comes from.")
        for state in self.languages.values():
            one_of(state, State, self.key)
        refuse_unless(
            self.languages.get(FALLBACK) == "final", self.key, "English is not final.", 'Write languages.en = "final".'
        )
        for text in (self.intro, self.pass_text):
            text.check(self.key, self.languages, needed=False)

    def _check_forms(self) -> None:
        no_twins((item.key for item in self.items), self.key)
        no_twins((scale.key for scale in self.scales), self.key)
        refuse_unless(bool(self.forms), self.key, "It has no form.", "List at least one under [forms].")
        known = {item.key for item in self.items}
        for form, lines in self.forms.items():
            place = f"{self.key}, form {form}"
            no_twins((*lines, *self.after), place)
            unknown = {*lines, *self.after} - known
            refuse_unless(not unknown, place, f"It asks {sorted(unknown)}, which are no items.", "Correct the keys.")

    def _check_opening(self, item: Item, by_key: Mapping[str, Item]) -> None:
        if item.opened_by is None:
            return
        opener = by_key.get(item.opened_by.item)
        refuse_unless(
            opener is not None and all(opener.option(key) for key in item.opened_by.answers),
            f"{self.key}, item {item.key}",
            "It is opened by an answer that nobody can give.",
            "Name an item and its answers in opened_by.",
        )
