"""A client, and the course of their marks."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from attune_science.errors import ScienceError
from attune_science.simulate.chance import deviations
from attune_science.simulate.events import Event, fall_of, state_of
from attune_science.simulate.world import HIGHEST, HURT, LINES, LOWEST, THREE, Hurt, State, World

Marks = tuple[int, ...]

#: Beyond this the growth of a course means nothing.
LONGEST = 500


@dataclass(frozen=True)
class Marker:
    """How one client marks: their level, their spread from session to session, and their leaning to each line.

    Parameters
    ----------
    level
        Latent, in points; above 10 for somebody whose forms are mostly full.
    spread
        Standard deviation from session to session, in points.
    leanings
        Points by which each line lies above or below their level, in practice order.

    Raises
    ------
    ScienceError
        For a level that is no number, a spread below 0, or too few leanings.

    Example
    -------
    >>> Marker(8.5, 0.4).leanings
    (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """

    level: float
    spread: float
    leanings: tuple[float, ...] = (0.0,) * len(LINES)

    def __post_init__(self) -> None:
        finite = math.isfinite(self.level) and all(map(math.isfinite, self.leanings))
        if not finite or not 0 <= self.spread < math.inf or len(self.leanings) != len(LINES):
            raise ScienceError(
                "Nobody marks like this.",
                "The level is no number, the spread lies below 0, or there is not one leaning a line.",
                "Give a level, a spread from 0 up, and eight leanings or none.",
            )


@dataclass(frozen=True)
class Marked:
    """One planned session of a simulated course.

    Parameters
    ----------
    number
        Planned session, from 1.
    state
        What it was, known to the simulator alone.
    fall
        How far the level was lowered, in points.
    attended
        Whether the client came.
    marks
        Eight whole numbers from 0 to 10 in practice order; None where the form was not answered.
    hurt
        The answer to whether something hurt; None without a form.
    therapist
        The change that the therapist noticed, in their own standard deviations; None without a session.
    """

    number: int
    state: State
    fall: float = 0.0
    attended: bool = True
    marks: Marks | None = None
    hurt: Hurt | None = None
    therapist: float | None = None

    @property
    def eight(self) -> float | None:
        """Mean of the eight lines."""
        return None if self.marks is None else sum(self.marks) / len(self.marks)

    @property
    def three(self) -> float | None:
        """Mean of the three lines that are asked after every session."""
        return None if self.marks is None else sum(self.marks[LINES.index(line)] for line in THREE) / len(THREE)


def draw_marker(chance: Random, world: World | None = None, *, therapist: float = 0.0) -> Marker:
    """Somebody who comes to this clinic.

    Parameters
    ----------
    chance
        The source of chance: `random.Random(seed)`.
    world
        The clinic; `World()` without it.
    therapist
        How far this therapist's clients lie above or below the clinic's mean, in points.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> draw_marker(Random(1)) == draw_marker(Random(1))
    True
    """
    world = world or World()
    own = world.between * math.sqrt(1 - world.of_therapists)
    return Marker(
        chance.gauss(world.mean + therapist, own),
        world.own_spread * math.exp(world.within_spread * chance.gauss(0, 1)),
        tuple(chance.gauss(0, world.leaning) for _ in LINES),
    )


def course(
    chance: Random,
    sessions: int = 10,
    *,
    marker: Marker | None = None,
    events: Sequence[Event] = (),
    world: World | None = None,
) -> tuple[Marked, ...]:
    """One course of marks, session by session.

    Parameters
    ----------
    chance
        The source of chance: the same seed gives the same course.
    sessions
        Planned ones, 1 to 500.
    marker
        Who marks; drawn from the clinic without it.
    events
        What happens. None: a stable course, in which there are bad days all the same.
    world
        The clinic; `World()` without it.

    Returns
    -------
    tuple of Marked
        One for each planned session.

    Raises
    ------
    ScienceError
        For a number of sessions out of range.

    Limits
    ------
    Made up. It shows what a rule would do if clients marked like this, and says nothing about how clients mark. Those
    who wrote it also write the rules that are tried on it.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> from attune_science.simulate import Rupture
    >>> told = course(Random(5), 8, marker=Marker(8.5, 0.3), events=[Rupture(7, 3)])
    >>> [one.eight for one in told]
    [8.25, None, 8.125, 8.375, None, 8.5, 6.75, 9.125]
    """
    if not 1 <= sessions <= LONGEST:
        raise ScienceError(
            f"A course of {sessions} sessions cannot be simulated.",
            f"It has from 1 to {LONGEST}.",
            "Choose a number between.",
        )
    world = world or World()
    return tuple(_Course(chance, marker or draw_marker(chance, world), events, world).run(sessions))


@dataclass(frozen=True)
class _Course:
    chance: Random
    marker: Marker
    events: Sequence[Event]
    world: World

    def run(self, sessions: int) -> Iterator[Marked]:
        """Every planned session in turn, whether the client came or not."""
        noise = deviations(self.chance, self.world.carry)
        before: State | None = None
        best: Marks | None = None
        for number in range(1, sessions + 1):
            state, fall = self._happened(number)
            level = self._level(number, fall) + self.marker.spread * next(noise)
            came = before is None or self.chance.random() >= self.world.missed[before]
            before = state
            if not came:
                yield Marked(number, state, fall, attended=False)
                continue
            marked = self._answered(Marked(number, state, fall), level, best)
            if marked.marks is not None:
                best = max(best or marked.marks, marked.marks, key=sum)
            yield marked

    def _happened(self, number: int) -> tuple[State, float]:
        state, fall = state_of(self.events, number), fall_of(self.events, number, self.world)
        if state == "usual" and self.chance.random() < self.world.bad_day:
            return "bad-day", fall + self.world.unit * self.chance.uniform(1, 2)
        return state, fall

    def _level(self, number: int, fall: float) -> float:
        """Without its noise. A fall is taken from the top of the line, unless the world masks it."""
        usual = self.marker.level + self.world.growth * math.log(number)
        return (min(usual, HIGHEST) if fall and not self.world.masked else usual) - fall

    def _answered(self, session: Marked, level: float, best: Marks | None) -> Marked:
        chance, world, state = self.chance, self.world, session.state
        noticed = chance.gauss(world.therapist[state], 1)
        if chance.random() < world.unanswered:
            return replace(session, therapist=noticed)
        marks = self._marks(level)
        if state == "withdrawal" and best is not None:
            marks = best
        hurt: Hurt = chance.choices(HURT, world.hurt[state])[0]
        return replace(session, marks=marks, hurt=hurt, therapist=noticed)

    def _marks(self, level: float) -> Marks:
        exact = (
            level + self.world.ease(line) + leaning + self.chance.gauss(0, self.world.item)
            for line, leaning in zip(LINES, self.marker.leanings, strict=True)
        )
        return tuple(min(max(round(mark), LOWEST), HIGHEST) for mark in exact)
