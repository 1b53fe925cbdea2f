"""What a lens says: marked source sentences with parameters, how sure, what it rests on, what could be done.

Nothing here is translated. `mark` only tells the extraction of messages that a text is a source; the product passes
its own `translate` and `show` when it renders.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Protocol, TypeAlias

from attune.practices.evidence import Client, Evidence


def mark(text: str) -> str:
    """The text itself. Its place in the source is what counts: here stands a sentence to translate."""
    return text


#: In the order in which they are always named. The keys are their English names.
PRACTICES = (
    mark("presence"),
    mark("acceptance"),
    mark("collaboration"),
    mark("culture"),
    mark("repair"),
    mark("frame"),
    mark("autonomy"),
    mark("feedback"),
)

#: The short names of the check-in's lines in English; the product shows the instrument's own, in the reader's tongue.
LINES: Mapping[str, str] = {
    "presence": "noticed",
    "acceptance": "welcome",
    "collaboration": "deciding together",
    "culture": "room for all of me",
    "repair": "easy to say so",
    "frame": "agreed things happen",
    "autonomy": "my own next step",
    "feedback": "asking makes a difference",
}


@dataclass(frozen=True)
class Line:
    """A line of the check-in, called by its short name."""

    practice: str


Plain: TypeAlias = "str | int | float | date | time | Line"
Part: TypeAlias = "Plain | Sentence | tuple[Sentence, ...]"


def english(value: Plain) -> str:
    """A value as an English sentence has it: dates in words, one decimal, hours without a leading zero."""
    match value:
        case Line():
            return LINES[value.practice]
        case date():
            return f"{value:%A} {value.day} {value:%B}"
        case time():
            return f"{value.hour}:{value.minute:02}"
        case float():
            return f"{value:.1f}"
    return str(value)


@dataclass(frozen=True)
class Sentence:
    """A marked source text and what goes into it. `str` gives the English."""

    source: str
    parts: Mapping[str, Part] = field(default_factory=dict)

    def render(self, translate: Callable[[str], str] = str, show: Callable[[Plain], str] = english) -> str:
        """The sentence in another tongue: `translate` the source, `show` each plain value."""

        def shown(part: Part) -> str:
            if isinstance(part, Sentence):
                return part.render(translate, show)
            if isinstance(part, tuple):
                return ", ".join(map(shown, part))
            return show(part)

        return translate(self.source).format(**{name: shown(part) for name, part in self.parts.items()})

    def __str__(self) -> str:
        return self.render()


def about(client: Client, source: str, /, **parts: Part) -> Sentence:
    """A sentence about the client. Every form of the pronoun and the name are at hand for those who translate."""
    they = client.pronouns
    forms: dict[str, Part] = {
        "name": client.name,
        "subject": they.subject,
        "Subject": _capital(they.subject),
        "object": they.object,
        "possessive": they.possessive,
        "Possessive": _capital(they.possessive),
    }
    return Sentence(source, forms | parts)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


@dataclass(frozen=True)
class Said:
    """The client's words, unaltered, for quotation marks. `lead` stands before them, `origin` after."""

    text: str
    lead: Sentence | None = None
    origin: Sentence | None = None
    cut: bool = False


@dataclass(frozen=True)
class Sure:
    """How sure, in words. `degree` (`sure`, `fair`, `thin`) only repeats them."""

    degree: str
    words: Sentence


@dataclass(frozen=True)
class Figure:
    """One mark on one line, beside the therapist's own guess of it."""

    session: int
    practice: str
    marked: int
    predicted: int | None = None


@dataclass(frozen=True)
class Basis:
    """What a reading rests on, for "Show me": figures, notes in words, and what limits it."""

    figures: tuple[Figure, ...] = ()
    notes: tuple[Sentence, ...] = ()
    limits: tuple[Sentence, ...] = ()

    @property
    def sessions(self) -> tuple[int, ...]:
        """The sessions that the figures come from, oldest first."""
        return tuple(sorted({figure.session for figure in self.figures}))


@dataclass(frozen=True)
class Reading:
    """What one lens says. `kind`: `quiet`, `conversation`, `celebrate` or `small`.

    `companions` are practices whose lines fell in the same event: one event is told once.
    """

    practice: str
    kind: str
    sure: Sure
    heading: Sentence | None = None
    sentences: tuple[Sentence, ...] = ()
    said: tuple[Said, ...] = ()
    why: Sentence | None = None
    basis: Basis = field(default_factory=Basis)
    words: tuple[Sentence, ...] = ()
    could_do: tuple[Sentence, ...] = ()
    companions: tuple[str, ...] = ()


class Lens(Protocol):
    """One practice: what it asks, what it looks at, and how it reads the evidence. Each is a module of this form."""

    practice: str
    question: str
    sources: tuple[str, ...]

    def read(self, evidence: Evidence) -> Reading:
        """What there is to say, with basis and limits; quiet where there is nothing."""
        ...
