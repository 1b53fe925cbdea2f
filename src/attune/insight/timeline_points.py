"""What stands on a timeline: one client's points, in order of time. Pure values, each time in the zone of its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from attune.practices.evidence import Marks
from attune_science.instruments import Band, ChangeBasis

#: Which practices a thing serves, as the glossary says. Safety comes before all: a concern is shown with each of them.
SERVES: Mapping[str, tuple[str, ...]] = {
    "said": ("repair",),
    "step": ("autonomy",),
    "kept": ("presence", "autonomy"),
    "courses": ("feedback",),
    "changes": ("feedback", "collaboration"),
}


@dataclass(frozen=True)
class Word:
    """The client's own word that raised a signal. `much`: how much, as they marked it.

    `stands`: it is in the answer that stands now; otherwise it was sent first, and corrected since.
    """

    rule: str
    much: str = ""
    stands: bool = True


@dataclass(frozen=True)
class CheckIn:
    """The check-in after a session. Before it was opened there are neither marks nor words."""

    response: UUID
    read: bool
    marks: Marks = field(default_factory=lambda: Marks({}))
    said: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Met:
    """A session that was held. `thought`: the viewer's own marks, said before the client's were opened."""

    session: UUID
    number: int
    at: datetime
    came: CheckIn | None = None
    thought: Marks | None = None

    @property
    def unread(self) -> bool:
        """Something came in and has not been opened."""
        return self.came is not None and not self.came.read

    def marked(self, practice: str = "") -> float | None:
        """The client's mean of the three lines, or their mark on the line of one practice."""
        return _of(self.came.marks if self.came else None, practice)

    def guessed(self, practice: str = "") -> float | None:
        """The same of the viewer's own view."""
        return _of(self.thought, practice)

    @property
    def whole(self) -> float | None:
        """The client's mean of the eight lines, where those were asked: a series of its own."""
        return self.came.marks.eight if self.came else None


def _of(marks: Marks | None, practice: str) -> float | None:
    if marks is None:
        return None
    return marks.lines.get(practice) if practice else marks.three


@dataclass(frozen=True)
class Own:
    """Something of the client's own: a step that they told as done, or something that they want to keep."""

    kind: str
    at: datetime
    response: UUID


@dataclass(frozen=True)
class Concern:
    """An answer told of danger; `answered` by a person, or open."""

    id: UUID
    at: datetime
    answered: bool


@dataclass(frozen=True)
class Measured:
    """One response to a questionnaire. Before it was opened there is no score. `moved`: see `measures`."""

    response: UUID
    at: datetime
    read: bool
    value: float | None = None
    band: str = ""
    moved: str = ""


@dataclass(frozen=True)
class Scale:
    """What a questionnaire's score is: its ends, direction, bands with their source, and its own error.

    `error`: more points than this apart is more than the measure's own error; None where no source says so.
    """

    lowest: float
    highest: float
    higher: str
    bands: tuple[Band, ...] = ()
    bands_source: str = ""
    error: float | None = None
    basis: ChangeBasis | None = None


@dataclass(frozen=True)
class Course:
    """All responses to one questionnaire, oldest first. `scale`: None where its definition is not at hand any more."""

    instrument: str
    name: str
    rows: tuple[Measured, ...]
    scale: Scale | None = None

    @property
    def scored(self) -> tuple[Measured, ...]:
        """Those with a score."""
        return tuple(one for one in self.rows if one.value is not None)


@dataclass(frozen=True)
class Timeline:
    """One client's course in one episode, and nothing of anybody else's. Everything oldest first.

    `them`: how a sentence speaks of the client as its object. `until`: now, or when the work ended. `alone`:
    whether the client is the only one in it. `changes`: from when on something was otherwise, as they had asked.
    `practice`: the one whose things alone are shown; empty for all.
    """

    participant: UUID
    episode: UUID
    name: str
    until: datetime
    them: str = "them"
    ended: bool = False
    alone: bool = True
    met: tuple[Met, ...] = ()
    cancelled: tuple[datetime, ...] = ()
    own: tuple[Own, ...] = ()
    concerns: tuple[Concern, ...] = ()
    changes: tuple[datetime, ...] = ()
    courses: tuple[Course, ...] = ()
    practice: str = ""

    def serving(self, practice: str) -> "Timeline":
        """Only what serves this practice. Gaps and concerns stay; an empty practice leaves all as it is."""
        if not practice:
            return self
        return replace(
            self,
            practice=practice,
            met=tuple(self.met if practice in SERVES["said"] else map(_wordless, self.met)),
            own=tuple(one for one in self.own if practice in SERVES[one.kind]),
            changes=self.changes if practice in SERVES["changes"] else (),
            courses=self.courses if practice in SERVES["courses"] else (),
        )

    @property
    def times(self) -> list[datetime]:
        """Every instant at which something stands, in order."""
        return sorted(self._times())

    def _times(self) -> Iterator[datetime]:
        yield from (one.at for one in self.met)
        yield from self.cancelled
        yield from (one.at for one in self.own)
        yield from (one.at for one in self.concerns)
        yield from self.changes
        yield from (row.at for course in self.courses for row in course.rows)

    @property
    def both(self) -> list[tuple[Met, float, float]]:
        """Sessions in which both views are known: the session, the client's, the viewer's."""
        found = ((one, one.marked(self.practice), one.guessed(self.practice)) for one in self.met)
        return [(one, theirs, mine) for one, theirs, mine in found if theirs is not None and mine is not None]

    @property
    def has_marks(self) -> bool:
        """Whether there is anything to draw in the upper part: marks of either, or something unopened."""
        return any(
            one.unread or one.marked(self.practice) is not None or one.guessed(self.practice) is not None
            for one in self.met
        )


def _wordless(one: Met) -> Met:
    return replace(one, came=replace(one.came, said=())) if one.came else one
