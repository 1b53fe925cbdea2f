"""What was answered: read strictly from a form as it was sent, kept exactly, never edited."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from attune_science.errors import AnswersRefused, ScienceError
from attune_science.instruments import RATING_MAX, Definition, Item

# What a form sends for “does not fit today”. An empty value is a line left open.
DOES_NOT_FIT = "pass"
LONGEST = 4000

# Looked up and never converted: int() would also take “٣”, “ 7”, “1_0” and “+7”.
_RATINGS = MappingProxyType({str(number): number for number in range(RATING_MAX + 1)})
# Plain digits only, with a point or, as some keyboards have it, a comma.
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_WHOLE_FORM = ""
_PICK_ONE = "Please choose one of the answers, or leave it open."


def _frozen(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True)
class Answers:
    """The answers to one form, exactly as given.

    Parameters
    ----------
    instrument, version, form
        What was asked.
    ratings
        Numbers, by item, as they were given: none is reversed or scaled here.
    choices
        The key of the answer picked, by item.
    words
        Free text, by item.
    passed
        The lines answered with “does not fit”; they count as unanswered.
    """

    instrument: str
    version: str
    form: str
    ratings: Mapping[str, float] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    passed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("ratings", "choices", "words"):
            object.__setattr__(self, name, _frozen(getattr(self, name)))
        object.__setattr__(self, "passed", tuple(self.passed))

    @property
    def is_empty(self) -> bool:
        """Whether everything was left open."""
        return not (self.ratings or self.choices or self.words or self.passed)

    def without_words(self) -> "Answers":
        """The same answers without the free text, for whoever keeps each line in a place of its own."""
        return replace(self, words={})

    def with_words(self, words: Mapping[str, str]) -> "Answers":
        """The same answers with these words: the reverse of `without_words`."""
        return replace(self, words=words)

    def to_json(self) -> str:
        """One JSON text, the same for the same answers; `from_json` reads it back."""
        kept = {name: dict(value) if isinstance(value, Mapping) else value for name, value in vars(self).items()}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Answers":
        """The answers kept in a JSON text that `to_json` wrote.

        Raises
        ------
        AnswersRefused
            When the text is not one of ours.
        """
        try:
            return cls(**json.loads(text))
        except (TypeError, ValueError) as error:
            raise AnswersRefused(
                {_WHOLE_FORM: "These answers cannot be read back: they were not kept here."}
            ) from error


@dataclass
class _Sheet:
    """What has been taken so far."""

    ratings: dict[str, float] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)


def read_answers(definition: Definition, form: str, raw: Mapping[str, str]) -> Answers:
    """Take what was sent for a form, or say for each line what is wrong with it.

    Nothing is guessed, rounded or trimmed to fit. A line may be missing or empty: then it is unanswered. A `silent`
    answer is taken as none, and a question that no answer opened is not read, since a page without script cannot
    take back what was picked before.

    Parameters
    ----------
    definition, form
        What was asked.
    raw
        Item key to text, as sent. Keys that the form does not ask refuse the whole form.

    Raises
    ------
    AnswersRefused
        With one sentence for each line concerned; never with what was sent.

    Limits
    ------
    Line ends become “\\n” and white space around words is dropped, as browsers add both. Everything else in free
    text is kept, but for null characters and broken characters, which a database cannot hold.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> taken = read_answers(get("attune-session"), "three", {"presence": "8", "repair": "pass", "hurt": "no"})
    >>> dict(taken.ratings), taken.passed
    ({'presence': 8}, ('repair',))
    """
    items = definition.asked(form)
    sheet, refused = _Sheet(), _unasked(raw, items)
    for item in items:
        sent = raw.get(item.key, "")
        if sent == "":
            continue
        if trouble := _take(definition, item, sent, sheet):
            refused[item.key] = trouble
    if refused:
        raise AnswersRefused(refused)
    _drop_unopened(items, sheet)
    return Answers(definition.key, definition.version, form, **asdict(sheet))


#: How a missing answer is written in a row of numbers.
MISSING = ("-", "")


def read_numbers(definition: Definition, numbers: Sequence[str], form: str | None = None) -> Answers:
    """Take a row of numbers: the items that are scored, in the form's order.

    Parameters
    ----------
    definition
        What was asked.
    numbers
        One text for each scored item; a dash or nothing for a missing answer.
    form
        Which form; without it, the one that has as many scored items.

    Returns
    -------
    Answers
        As `read_answers` gives them.

    Raises
    ------
    ScienceError
        When no form has so many items.
    AnswersRefused
        When a number cannot be an answer to its item.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> read_numbers(get("phq-9"), ["2", "2", "2", "2", "1", "1", "2", "-", "0"]).ratings["item-9"]
    0
    """
    counts = {one: len(definition.scored(one)) for one in definition.forms if form in (None, one)}
    fitting = [one for one, count in counts.items() if count == len(numbers)]
    if not fitting:
        raise ScienceError(
            f"{definition.name} cannot be scored from {len(numbers)} answers.",
            f"It has {' or '.join(map(str, counts.values()))}." if counts else "It has no such form.",
            "Give one for each, in order, with a dash for a missing one.",
        )
    items = definition.scored(fitting[0])
    given = {item.key: text for item, text in zip(items, numbers, strict=True) if text not in MISSING}
    return read_answers(definition, fitting[0], given)


def _unasked(raw: Mapping[str, str], items: Iterable[Item]) -> dict[str, str]:
    """A sentence for the whole form when it holds what was never asked; foreign keys are not repeated."""
    if set(raw) <= {item.key for item in items}:
        return {}
    return {
        _WHOLE_FORM: "The form came back with something it did not ask. Please open it again and send it once more."
    }


def _take(definition: Definition, item: Item, sent: object, sheet: _Sheet) -> str:
    """Put one answer on the sheet; returns the sentence to show beside it when that cannot be done."""
    if not isinstance(sent, str):
        return "This came in a shape that cannot be read. Please answer it again."
    if sent == DOES_NOT_FIT and item.kind == "rating" and definition.pass_text:
        sheet.passed.append(item.key)
        return ""
    return _READERS[item.kind](item, sent, sheet)


def _rating(item: Item, sent: str, sheet: _Sheet) -> str:
    if sent not in _RATINGS:
        return f"Please choose a whole number from 0 to {RATING_MAX}, or leave it open."
    sheet.ratings[item.key] = _RATINGS[sent]
    return ""


def _graded(item: Item, sent: str, sheet: _Sheet) -> str:
    option = item.option(sent)
    if option is None or option.value is None:
        return _PICK_ONE
    sheet.ratings[item.key] = option.value
    return ""


def _number(item: Item, sent: str, sheet: _Sheet) -> str:
    value = float(sent.replace(",", ".")) if _NUMBER.fullmatch(sent) else None
    if value is None or not item.allows(value):
        kind = "a whole number" if item.step == 1 else f"a number in steps of {item.step:g}"
        return f"Please write {kind} from {item.lowest} to {item.highest}, or leave it open."
    sheet.ratings[item.key] = int(value) if item.step == 1 else value
    return ""


def _choice(item: Item, sent: str, sheet: _Sheet) -> str:
    option = item.option(sent)
    if option is None:
        return _PICK_ONE
    if not option.silent:
        sheet.choices[item.key] = option.key
    return ""


def _words(item: Item, sent: str, sheet: _Sheet) -> str:
    text = sent.replace("\r\n", "\n").replace("\r", "\n").strip()
    # U+D800 to U+DFFF are halves of characters: no encoding can store them.
    if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text):
        return "A character in here cannot be kept. Please take out what looks odd; the rest is fine."
    if len(text) > LONGEST:
        return f"This is longer than can be kept here. Please shorten it to {LONGEST} characters."
    if text:
        sheet.words[item.key] = text
    return ""


_READERS: Mapping[str, Callable[[Item, str, _Sheet], str]] = MappingProxyType(
    {"rating": _rating, "graded": _graded, "number": _number, "choice": _choice, "words": _words}
)


def _drop_unopened(items: Iterable[Item], sheet: _Sheet) -> None:
    for item in items:
        opening = item.opened_by
        if opening is not None and sheet.choices.get(opening.item) not in opening.answers:
            for kept in (sheet.ratings, sheet.choices, sheet.words):
                kept.pop(item.key, None)
