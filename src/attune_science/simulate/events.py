"""What can happen in the work, and how far it lowers the marks in which session."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from attune_science.errors import ScienceError
from attune_science.simulate.world import State, World


@dataclass(frozen=True)
class Rupture:
    """A sharp fall in one session, that lasts so many planned sessions; then it is repaired, or a part of it stays.

    Parameters
    ----------
    session
        In which it begins, from 1.
    size
        In units (`World.unit`), above 0. In a clinic from 1 to 3 (assumed).
    lasts
        Planned sessions. In a clinic 1, 2 or 3 with .5, .3 and .2; that one session is commonest is published, the
        shares are assumed.
    stays
        Which part of the fall stays afterwards, 0 to 1: 0 is repaired, 1 never is. In a clinic 0 with .6, else .5
        (assumed).

    References
    ----------
    attune-simulation

    Example
    -------
    >>> Rupture(7, 1.5).fall_in(7), Rupture(7, 1.5).fall_in(8), Rupture(7, 2, stays=0.5).fall_in(8)
    (1.5, 0.0, 1.0)
    """

    session: int
    size: float
    lasts: int = 1
    stays: float = 0.0

    def __post_init__(self) -> None:
        _check(self.session >= 1 and self.size > 0 and self.lasts >= 1 and 0 <= self.stays <= 1)

    def fall_in(self, session: int) -> float:
        """How far it lowers this session, in units."""
        if session < self.session:
            return 0.0
        return self.size if session < self.session + self.lasts else self.size * self.stays

    def state_in(self, session: int) -> State:
        """What it makes of this session; a fall of which a part stays is answered as an ordinary session (assumed)."""
        return "rupture" if self.session <= session < self.session + self.lasts else "usual"


@dataclass(frozen=True)
class Erosion:
    """A slow fall, a little more with each planned session, that stays where it ends.

    Parameters
    ----------
    session
        In which it begins, from 1.
    step, sessions
        Units a session, and for how many planned sessions. .3 and 6 are assumed.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> [round(Erosion(3).fall_in(n), 1) for n in (2, 3, 4, 8, 12)]
    [0.0, 0.3, 0.6, 1.8, 1.8]
    """

    session: int
    step: float = 0.3
    sessions: int = 6

    def __post_init__(self) -> None:
        _check(self.session >= 1 and self.step > 0 and self.sessions >= 1)

    def fall_in(self, session: int) -> float:
        """How far it lowers this session, in units."""
        return self.step * min(max(session - self.session + 1, 0), self.sessions)

    def state_in(self, session: int) -> State:
        """What it makes of this session."""
        return "erosion" if self.session <= session < self.session + self.sessions else "usual"


@dataclass(frozen=True)
class Withdrawal:
    """The client goes quiet, and goes on sending the best form that they have sent: no mark says anything.

    Parameters
    ----------
    session
        In which it begins, from 1; it lasts to the end.

    Limits
    ------
    That the best form so far is what is sent is assumed, and so is how often the next session is missed.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> Withdrawal(5).fall_in(9), Withdrawal(5).state_in(4), Withdrawal(5).state_in(9)
    (0.0, 'usual', 'withdrawal')
    """

    session: int

    def __post_init__(self) -> None:
        _check(self.session >= 1)

    def fall_in(self, session: int) -> float:  # noqa: ARG002 - the same question to every event
        """The marks do not fall."""
        return 0.0

    def state_in(self, session: int) -> State:
        """What it makes of this session."""
        return "withdrawal" if session >= self.session else "usual"


Event = Rupture | Erosion | Withdrawal


@dataclass(frozen=True)
class Rates:
    """How often something happens in a clinic, for each planned session of a course in which nothing is under way.

    Parameters
    ----------
    rupture, erosion, withdrawal
        Probabilities. Chosen so that about as many courses hold an event as are published to hold a fall and a
        recovery; the shares among the three are assumed.
    leaves
        Probability that a course ends when something has happened. Assumed.

    References
    ----------
    attune-simulation

    Example
    -------
    >>> Rates().rupture
    0.035
    """

    rupture: float = 0.035
    erosion: float = 0.005
    withdrawal: float = 0.010
    leaves: float = 0.15

    def __post_init__(self) -> None:
        shares = (self.rupture, self.erosion, self.withdrawal, self.leaves)
        _check(min(shares) >= 0 and self.leaves <= 1 and sum(shares[:3]) <= 1)

    def draw(self, chance: Random, session: int) -> Event | None:
        """What begins in this session, if anything."""
        drawn = chance.random()
        if drawn < self.rupture:
            lasts = chance.choices((1, 2, 3), (0.5, 0.3, 0.2))[0]
            return Rupture(session, chance.uniform(1, 3), lasts, 0.0 if chance.random() < 0.6 else 0.5)
        if drawn < self.rupture + self.erosion:
            return Erosion(session)
        if drawn < self.rupture + self.erosion + self.withdrawal:
            return Withdrawal(session)
        return None


def state_of(events: Iterable[Event], session: int) -> State:
    """What a session is, by whatever happens in it; the one that began first is named."""
    states = (one.state_in(session) for one in sorted(events, key=lambda one: one.session))
    return next((state for state in states if state != "usual"), "usual")


def is_under_way(events: Iterable[Event], session: int) -> bool:
    """Whether something is still going on in this session."""
    return state_of(events, session) != "usual"


def fall_of(events: Iterable[Event], session: int, world: World) -> float:
    """How far everything together lowers a session, in points."""
    return world.unit * sum(one.fall_in(session) for one in events)


def _check(good: bool) -> None:
    if not good:
        raise ScienceError(
            "This cannot happen in a course.",
            "A session comes before the first, a size is not above 0, or a share lies outside 0 to 1.",
            "Correct the event.",
        )
