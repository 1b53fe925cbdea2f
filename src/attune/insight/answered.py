"""What was answered, line by line and in words: for the therapist who reads it, and for the client whose it is."""

from dataclasses import dataclass
from functools import cached_property

from attune.base.errors import Gone
from attune.care.checkins.models import Response
from attune.care.questionnaires.readers import get_definition
from attune.insight.measures import plain
from attune_science.instruments import NUMERIC, Definition, Item
from attune_science.scoring import Answers

#: Both saw a line alike when they marked it within one of each other.
ALIKE = 1


@dataclass(frozen=True)
class LineShown:
    """One marked line: what the client marked, and what the therapist had thought, if they said.

    `words`: what the answer was called, where it had words of its own.
    """

    text: str
    short: str
    given: int | float | None
    passed: bool
    thought: int | float | None
    words: str = ""

    @property
    def alike(self) -> bool:
        """Whether both marked it much the same."""
        return self.given is not None and self.thought is not None and abs(self.given - self.thought) <= ALIKE


@dataclass(frozen=True)
class Answered:
    """A response as it was given. `definition`: None where that version is not at hand any more.

    `me`: whose name stands in its lines; `thought`: what the therapist had marked first, where that is shown.
    """

    me: str
    definition: Definition | None
    answers: Answers
    thought: Answers | None

    @cached_property
    def lines(self) -> list[LineShown]:
        """The marked lines in the order of the form; of an instrument that is gone, the numbers by their keys."""
        if self.definition is None:
            return [LineShown(key, key, plain(value), False, None) for key, value in self.answers.ratings.items()]
        thought = self.thought.ratings if self.thought else {}
        return [
            self._line(item, thought.get(item.key))
            for item in self.definition.lines(self.answers.form)
            if item.kind in NUMERIC
        ]

    def _line(self, item: Item, thought: float | None) -> LineShown:
        given = self.answers.ratings.get(item.key)
        return LineShown(
            text=self._say(item),
            short=item.short.say() if item.short else "",
            given=plain(given),
            passed=item.key in self.answers.passed,
            thought=plain(thought),
            words=next((one.text.say() for one in item.options if one.value == given), "")
            if item.kind == "graded"
            else "",
        )

    @cached_property
    def said(self) -> list[tuple[str, str]]:
        """The choices and words, each with its question."""
        if self.definition is None:
            return [("", text) for text in self.answers.words.values()]
        found = []
        for item in self.definition.asked(self.answers.form):
            option = item.option(self.answers.choices.get(item.key, "")) if item.kind == "choice" else None
            text = option.text.say(Name=self.me) if option else self.answers.words.get(item.key)
            if text:
                found.append((self._say(item), text))
        return found

    def _say(self, item: Item) -> str:
        return item.text.say(Name=self.me)


def definition_of(response: Response) -> Definition | None:
    """What was asked, in the version of then; None where it is not at hand any more."""
    try:
        return get_definition(response.instrument, response.version)
    except Gone:
        return None
