"""The form of an instrument's definition: frozen, and unable to contradict itself once made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from attune_science.instruments.codes import check_loinc
from attune_science.instruments.criteria import Criterion
from attune_science.instruments.items import Item
from attune_science.instruments.scales import Scale
from attune_science.instruments.text import KEY, NOTHING, State, Text, no_twins, one_of, refuse_unless

Kind = Literal["session", "before", "questionnaire", "goals", "therapist"]
Moment = Literal["before", "after"]
Tier = Literal["open", "restricted-pack", "scoring-only"]


@dataclass(frozen=True)
class Licence:
    """Under which terms the wording may be shown: the tier decides whether it ships, the text stands under the form.

    Parameters
    ----------
    tier
        `open`: the wording comes with Attune; `restricted-pack`: with a package of its own, under its own terms;
        `scoring-only`: with neither, and a clinic that holds a licence loads its own.
    source
        Key of the reference that states the terms.
    checked
        The day on which they were last looked at.
    """

    tier: Tier
    text: str
    source: str
    checked: date

    def check(self, place: str) -> None:
        """Refuse an unknown tier and missing terms."""
        place = f"{place}, licence"
        one_of(self.tier, Tier, place)
        refuse_unless(bool(self.text), place, "It has no text.", "Quote the terms in licence.text.")
        refuse_unless(type(self.checked) is date, place, "The day is none.", "Write licence.checked = 2026-01-31.")


@dataclass(frozen=True)
class Definition:
    """An instrument: what is asked, in which words and order, under which licence, and how it is scored.

    Parameters
    ----------
    sources
        Keys of `references.toml`.
    validated
        Whether published work shows what its scores mean; where not, every page that shows one says so.
    moment
        Whether a questionnaire is asked before a meeting, or after it (scales about the session or the alliance).
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
    moment: Moment = "before"
    criteria: tuple[Criterion, ...] = ()
    loinc: str = ""

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
            scale.check(self.key, by_key)
        for criterion in self.criteria:
            criterion.check(self.key, by_key)
        self._check_sources()

    def item(self, key: str) -> Item:
        """The item under a key. Raises `KeyError` when there is none."""
        return {item.key: item for item in self.items}[key]

    def lines(self, form: str) -> tuple[Item, ...]:
        """The lines of a form, in the order in which they are shown."""
        return tuple(self.item(key) for key in self.forms[form])

    def asked(self, form: str) -> tuple[Item, ...]:
        """Everything a form asks, in order: its lines, then what comes after every form's lines."""
        return (*self.lines(form), *(self.item(key) for key in self.after))

    def scored(self, form: str) -> tuple[Item, ...]:
        """The items of a form that count in some scale, in the form's order."""
        counted = {key for scale in self.scales for key in scale.items}
        return tuple(item for item in self.asked(form) if item.key in counted)

    @property
    def has_wording(self) -> bool:
        """Whether every question has its words, so that it can be asked."""
        return all(item.text for item in self.items)

    def texts(self) -> Iterator[Text]:
        """Every sentence that would be shown to whoever answers."""
        yield from (self.intro, self.pass_text)
        for item in self.items:
            yield from (item.text, item.short, item.hint, item.why, *(option.text for option in item.options))

    def _check_head(self) -> None:
        refuse_unless(KEY.fullmatch(self.key) is not None, self.key, "The key is no key.", "Use small letters.")
        refuse_unless(bool(self.version and self.name), self.key, "Version or name is missing.", "Write both.")
        one_of(self.kind, Kind, self.key)
        self.licence.check(self.key)
        refuse_unless(bool(self.source), self.key, "It has no source.", "Say where its wording comes from.")
        one_of(self.moment, Moment, self.key)
        check_loinc(self.loinc, self.key)
        for state in self.languages.values():
            one_of(state, State, self.key)
        refuse_unless(
            "final" in self.languages.values(), self.key, "No language is final.", 'Write languages.en = "final".'
        )
        for text in (self.intro, self.pass_text):
            text.check(self.key, self.languages, needed=False)

    def _check_forms(self) -> None:
        no_twins((item.key for item in self.items), self.key)
        no_twins((scale.key for scale in self.scales), self.key)
        refuse_unless(
            len(self.scales) < 2 or self.kind != "questionnaire" or all(scale.text for scale in self.scales),
            self.key,
            "A scale has no name.",
            'Add text.en = "…" to each, since there is more than one.',
        )
        refuse_unless(bool(self.forms), self.key, "It has no form.", "List at least one under [forms].")
        known = {item.key for item in self.items}
        for form, lines in self.forms.items():
            place = f"{self.key}, form {form}"
            no_twins((*lines, *self.after), place)
            unknown = {*lines, *self.after} - known
            refuse_unless(not unknown, place, f"It asks {sorted(unknown)}, which are no items.", "Correct the keys.")

    def _check_sources(self) -> None:
        """Every figure rests on a source that the head lists, so that one look shows them all."""
        used = {self.licence.source, *(criterion.source for criterion in self.criteria)}
        used |= {source for scale in self.scales for source in scale.sources()}
        missing = sorted(used - set(self.sources))
        refuse_unless(not missing, self.key, f"sources does not list {missing}.", "Add them there.")

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
