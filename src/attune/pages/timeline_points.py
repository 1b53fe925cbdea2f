"""What a timeline is drawn from: texts and numbers that came in as arguments, rows from top to bottom."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Mark:
    """One thing on a row. `name` tells what it is, to the ear as well; with `href` it opens what is behind it.

    `shape`: a key of `timeline_marks.SHAPES`.
    """

    at: datetime
    shape: str
    name: str
    href: str = ""


@dataclass(frozen=True)
class Point(Mark):
    """A mark with a value, `shown` as it is said. `worth`: an open amber diamond stands around it."""

    value: float = 0.0
    shown: str = ""
    worth: bool = False


@dataclass(frozen=True)
class Series:
    """One line. `runs`: the points that are joined; between two runs the line is broken.

    `voice`: `client`, `whole` (the client's, of another scale), `therapist` or `outcome`; it decides line and ink.
    `ending`: what stands at its end, without the value.
    """

    voice: str
    runs: tuple[tuple[Point, ...], ...]
    ending: str = ""

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them, in order."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True)
class Band:
    """A range that is drawn grey with dotted edges, from a moment on."""

    since: datetime
    lowest: float
    highest: float


@dataclass(frozen=True)
class Panel:
    """A scale with lines on it. `ticks`: the values that have a rule; `sides`: words beside a stretch of the scale.

    `strip`: what has no value, beneath the scale.
    """

    title: str
    lowest: float
    highest: float
    ticks: tuple[float, ...]
    series: tuple[Series, ...]
    strip: tuple[Mark, ...] = ()
    band: Band | None = None
    sides: tuple[tuple[float, float, str], ...] = ()
    tall: bool = False


@dataclass(frozen=True)
class Lane:
    """A row of marks without values."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Tick:
    """A day under the drawing, in words."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Chart:
    """The whole drawing. `ends`: where time ends, called `ending` (“today”).

    `slots`: the sessions: two of them never stand on the same spot. `even`: the ticks are months, so that every second
    or third of them is left; otherwise as many as have room.
    """

    title: str
    description: str
    begins: datetime
    ends: datetime
    ending: str
    rows: tuple[Panel | Lane, ...]
    slots: tuple[datetime, ...] = ()
    ticks: tuple[Tick, ...] = field(default=())
    even: bool = False
