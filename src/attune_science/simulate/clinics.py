"""Many courses: a clinic in which nothing happens, and one in which things happen as often as they may."""

import math
from collections.abc import Iterator
from random import Random

from attune_science.simulate.courses import Marked, Marker, course, draw_marker
from attune_science.simulate.events import Event, Rates, is_under_way
from attune_science.simulate.world import World

#: Clients of one therapist (assumed).
CASELOAD = 12

Course = tuple[Marked, ...]


def stable(chance: Random, courses: int, sessions: int = 10, *, world: World | None = None) -> Iterator[Course]:
    """Courses in which nothing happens between client and therapist: what a rule says of them is a false alarm.

    Parameters
    ----------
    chance
        The source of chance: the same seed gives the same clinic.
    courses, sessions
        How many, and how long each, in planned sessions.
    world
        The clinic; `World()` without it.

    Returns
    -------
    iterator of tuple of Marked
        Bad days are among them.

    Limits
    ------
    As `course`.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> len(list(stable(Random(1), 24)))
    24
    """
    world = world or World()
    for marker in _markers(chance, courses, world):
        yield course(chance, sessions, marker=marker, world=world)


def natural(
    chance: Random, courses: int, sessions: int = 10, *, world: World | None = None, rates: Rates | None = None
) -> Iterator[Course]:
    """Courses as they may be in a clinic: in some something happens, and some end early because of it.

    Parameters
    ----------
    chance
        The source of chance: the same seed gives the same clinic.
    courses, sessions
        How many, and how long each at most, in planned sessions.
    world, rates
        The clinic, and how often something happens in it; `World()` and `Rates()` without them.

    Returns
    -------
    iterator of tuple of Marked

    Limits
    ------
    As `course`. One thing happens at a time (assumed).

    References
    ----------
    attune-simulation

    Example
    -------
    >>> sum(any(one.state == "rupture" for one in told) for told in natural(Random(1), 100))
    27
    """
    world, rates = world or World(), rates or Rates()
    for marker in _markers(chance, courses, world):
        events, ends = _history(chance, sessions, rates)
        yield course(chance, ends, marker=marker, events=events, world=world)


def _markers(chance: Random, courses: int, world: World) -> Iterator[Marker]:
    """Clients, therapist by therapist."""
    spread = world.between * math.sqrt(world.of_therapists)
    therapist = 0.0
    for place in range(courses):
        if place % CASELOAD == 0:
            therapist = chance.gauss(0, spread)
        yield draw_marker(chance, world, therapist=therapist)


def _history(chance: Random, sessions: int, rates: Rates) -> tuple[list[Event], int]:
    """What happens, one after the other, and after how many sessions the course ends."""
    events: list[Event] = []
    for session in range(2, sessions + 1):  # somebody who has not come yet has nothing to lose
        if is_under_way(events, session):
            continue
        event = rates.draw(chance, session)
        if event is not None:
            events.append(event)
            if chance.random() < rates.leaves:
                return events, session
    return events, sessions
