"""What the simulated clinic is like: every figure that courses of marks are drawn with, and where it comes from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from attune_science.errors import ScienceError

#: How it stands between client and therapist in a session. Only the simulator knows: no form says it.
State = Literal["usual", "rupture", "erosion", "withdrawal", "bad-day"]
Hurt = Literal["no", "small", "yes"]

#: Practice order, as everywhere; and the order in which the check-in asks, from the easy to the delicate.
LINES = ("presence", "acceptance", "collaboration", "culture", "repair", "frame", "autonomy", "feedback")
ASKED = ("presence", "collaboration", "acceptance", "culture", "frame", "autonomy", "feedback", "repair")
THREE = ("presence", "collaboration", "repair")
LOWEST, HIGHEST = 0, 10
HURT: tuple[Hurt, ...] = get_args(Hurt)

#: Standard deviation of eight evenly spaced whole numbers.
_OF_EIGHT = math.sqrt((8**2 - 1) / 12)

_HURT: Mapping[State, tuple[float, float, float]] = MappingProxyType(
    {
        "usual": (0.88, 0.10, 0.02),
        "rupture": (0.45, 0.30, 0.25),
        "erosion": (0.45, 0.30, 0.25),
        "withdrawal": (0.75, 0.20, 0.05),
        "bad-day": (0.80, 0.16, 0.04),
    }
)
_MISSED: Mapping[State, float] = MappingProxyType(
    {"usual": 0.08, "rupture": 0.20, "erosion": 0.20, "withdrawal": 0.45, "bad-day": 0.08}
)
_THERAPIST: Mapping[State, float] = MappingProxyType(
    {"usual": 0.0, "rupture": -0.5, "erosion": -0.5, "withdrawal": 0.0, "bad-day": -0.3}
)


@dataclass(frozen=True)
class World:
    """How clients mark their sessions: the parameters of the simulator.

    Parameters
    ----------
    mean, between
        Latent level of clients and its standard deviation, in points of a line from 0 to 10. The mean lies above 10: a
        form is full long before a client is. Chosen so that 54 % of forms have a mean of 9.75 or more and forms spread
        by 4.5 of 40 points (attune-simulation).
    of_therapists
        Share of the variance between clients that lies between therapists, 0 to 1. Assumed.
    within, within_spread
        Root mean square of a client's spread from session to session, in points; and how much clients differ in it, as
        the standard deviation of its logarithm. The first is chosen so that forms of one client correlate as in
        srs-review-2020; the second is assumed.
    carry
        How much of one session's deviation is left in the next, -1 to 1 (AR(1)). Assumed, and so are its tails: those
        of Student's t with six degrees of freedom.
    growth
        Points gained for each unit of the natural logarithm of the session's number. Chosen for the small rise that
        feeley2022 reports.
    item, leaning, difficulty
        Standard deviations in points: a line's own noise in a session, a client's lasting leaning to a line, and how
        much lines differ. Chosen for an alpha of .96 (attune-simulation). Which line is hard is assumed: as they are
        asked, from the easy to the delicate, in even steps.
    unit
        Points in one unit of a fall: the spread that is observed within clients (attune-simulation).
    bad_day
        Probability of a bad day in an ordinary session, 0 to 1. It lowers the marks by one to two units and has
        nothing to do with the work. Assumed.
    unanswered
        Probability that the form after a session that took place is not answered. None by default: in
        attune-simulation whoever missed a form had missed the session.
    hurt
        For each state the probabilities of *no*, *a small thing* and *yes*. Assumed.
    missed
        Probability that the planned session after one in this state is missed. Assumed.
    therapist
        Mean of the change that the therapist notices, in the therapist's own standard deviations; its spread is 1.
        Assumed.
    masked
        Whether somebody above the top of the line goes on at the top while their level falls. Unknown; assumed not.

    Raises
    ------
    ScienceError
        For a figure out of its range.

    Limits
    ------
    Nothing here was estimated from courses of marks: no open series with known ruptures exists. *Chosen* means that
    simulated forms look like a published figure, *assumed* that nobody has published one.

    References
    ----------
    attune-simulation, srs-review-2020, feeley2022

    Example
    -------
    >>> World().mean, World(mean=8.8).between
    (10.05, 1.6)
    """

    mean: float = 10.05
    between: float = 1.6
    of_therapists: float = 0.10
    within: float = 1.35
    within_spread: float = 0.35
    carry: float = 0.30
    growth: float = 0.15
    item: float = 0.8
    leaning: float = 0.4
    difficulty: float = 0.15
    unit: float = 0.78
    bad_day: float = 0.01
    unanswered: float = 0.0
    hurt: Mapping[State, tuple[float, float, float]] = field(default_factory=lambda: _HURT)
    missed: Mapping[State, float] = field(default_factory=lambda: _MISSED)
    therapist: Mapping[State, float] = field(default_factory=lambda: _THERAPIST)
    masked: bool = False

    def __post_init__(self) -> None:
        shares = [self.of_therapists, self.bad_day, self.unanswered]
        spreads = [self.between, self.within, self.within_spread, self.item, self.leaning, self.difficulty, self.unit]
        if not (
            all(0 <= share <= 1 for share in shares)
            and all(0 <= spread < math.inf for spread in spreads)
            and -1 < self.carry < 1
            and math.isfinite(self.mean + self.growth)
            and self._has_good_tables()
        ):
            raise ScienceError(
                "This clinic cannot be simulated.",
                "A share lies outside 0 to 1, a spread below 0, or a table does not name every state.",
                "Begin with World() and change one figure at a time.",
            )

    def _has_good_tables(self) -> bool:
        known = set(get_args(State))
        return (
            all(set(table) == known for table in (self.hurt, self.missed, self.therapist))
            and all(min(row) >= 0 and math.isclose(sum(row), 1) for row in self.hurt.values())
            and all(0 <= share <= 1 for share in self.missed.values())
            and all(math.isfinite(mean) for mean in self.therapist.values())
        )

    @property
    def own_spread(self) -> float:
        """The median of the clients' own spreads, whose root mean square is `within`."""
        return self.within * math.exp(-(self.within_spread**2))

    def ease(self, line: str) -> float:
        """How many points above the others a line is marked.

        Example
        -------
        >>> round(World().ease("presence"), 2), round(World().ease("repair"), 2)
        (0.23, -0.23)
        """
        return self.difficulty / _OF_EIGHT * (3.5 - ASKED.index(line))
