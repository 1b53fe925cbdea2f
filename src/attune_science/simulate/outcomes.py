"""The course of a questionnaire: totals that fall, and the single answers that add up to them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from attune_science import instruments
from attune_science.errors import ScienceError
from attune_science.instruments import Definition

#: Standard deviations, in steps of an answer: how a client's answers lie about each other for good, and from time to
#: time. Assumed.
LEANING, MOMENT = 0.5, 0.35
#: Points per unit of the natural logarithm of the session's number, for a spread of 1 at the start. Assumed.
_SLOPE, _SLOPE_SPREAD = -0.4, 0.3


@dataclass(frozen=True)
class Burden:
    """How a questionnaire of distress is answered in a clinic: where clients begin, and how they change.

    The total before a session is `start + slope x ln(session)`, with the questionnaire's own error about it, rounded
    and held to its range. It changes fast at first and then more slowly.

    Parameters
    ----------
    instrument
        Key of a questionnaire whose total is a plain sum, higher is worse, with published figures for change.
    start, spread
        Mean of the totals at the start, and the standard deviation of clients about it without error, in points.
    error
        Standard deviation of one total about a client's own course, in points.
    slope, slope_spread
        Mean change for each unit of the natural logarithm of the session's number, and how much clients differ in it.
    ease
        For an item by its key: steps by which it is answered higher than the others (below 0: lower).

    Raises
    ------
    ScienceError
        For a spread below 0, a figure that is no number, or a questionnaire that cannot be simulated so.

    Limits
    ------
    Only start, spread and error have a source, and that is of people in one country above a cut-off. The course is
    assumed: one bend for everybody, while in 4,394 clients several kinds of course were found, one of them flat until
    the sixth session (iapt-courses).

    References
    ----------
    nhs-talking-therapies, iapt-courses

    Example
    -------
    >>> Burden("phq-9", 15.4, 5.2, error=1.8).slope
    0.0
    """

    instrument: str
    start: float
    spread: float
    error: float
    slope: float = 0.0
    slope_spread: float = 0.0
    ease: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        figures = (self.start, self.slope, *(ease for _, ease in self.ease))
        spreads = (self.spread, self.error, self.slope_spread)
        if not all(map(math.isfinite, (*figures, *spreads))) or min(spreads) < 0:
            raise ScienceError(
                "This course cannot be simulated.",
                "A figure is no number, or a spread lies below 0.",
                "Correct the figure.",
            )
        items = [item for item, _ in _steps_of(self)]
        if not set(dict(self.ease)) <= set(items):
            raise ScienceError(
                f"{self.instrument} has no such item.", f"Its items are: {', '.join(items)}.", "Name one of them."
            )


@dataclass(frozen=True)
class Answered:
    """A questionnaire as it was filled in: before which session, its total, and the answer to each item."""

    session: int
    total: int
    answers: Mapping[str, int]


def burden(instrument: str) -> Burden:
    """How a questionnaire is answered by those who come, as far as figures are kept for it.

    Parameters
    ----------
    instrument
        `phq-9`, `gad-7`, or another with a norm, a spread and a reliability of its own.

    Returns
    -------
    Burden
        `start` is the mean of its first norm. The standard deviation of its figures for change is parted by its
        reliability: `spread` has the share r of the variance, `error` the rest. `slope` is -.4 standard deviations
        with a spread of .3 (assumed): with the PHQ-9 about five and a half points in twelve sessions.

    Raises
    ------
    ScienceError
        Where no such figures are kept.

    Limits
    ------
    As `Burden`.

    References
    ----------
    nhs-talking-therapies, kroenke2001-alpha, spitzer2006

    Example
    -------
    >>> made = burden("phq-9")
    >>> made.start, round(made.spread, 2), round(made.error, 2), round(made.slope, 1)
    (15.4, 5.19, 1.82, -2.2)
    """
    definition = instruments.get(instrument)
    _steps(definition)
    scale = definition.scales[0]
    basis, norms = scale.change, scale.norms
    if basis is None or basis.sd is None or basis.reliability is None or not norms:
        raise _not_simulated(definition)
    return Burden(
        instrument,
        start=norms[0].mean,
        spread=basis.sd * math.sqrt(basis.reliability),
        error=basis.sd * math.sqrt(1 - basis.reliability),
        slope=_SLOPE * basis.sd,
        slope_spread=_SLOPE_SPREAD * basis.sd,
    )


def outcome(chance: Random, sessions: Sequence[int], of: Burden) -> tuple[Answered, ...]:
    """One client's questionnaires, before each of these sessions.

    Parameters
    ----------
    chance
        The source of chance: the same seed gives the same course.
    sessions
        Their numbers, from 1, in order.
    of
        How it is answered in this clinic. With spreads of 0 the start and slope are this client's own.

    Returns
    -------
    tuple of Answered
        The answers of each add up to its total.

    Raises
    ------
    ScienceError
        For sessions out of order.

    Limits
    ------
    As `Burden`. How a total is shared out among the items is assumed: each point goes to the item that is farthest
    below where this client's answers lie.

    References
    ----------
    nhs-talking-therapies, iapt-courses

    Example
    -------
    >>> told = outcome(Random(3), [1, 5, 9], burden("phq-9"))
    >>> [one.total for one in told], sum(told[0].answers.values()) == told[0].total
    ([16, 15, 12], True)
    """
    if any(number < 1 for number in sessions) or list(sessions) != sorted(set(sessions)):
        raise ScienceError(
            "These sessions are out of order.", "They are counted from 1, each once.", "Give them from first to last."
        )
    client = _Client(
        chance.gauss(of.start, of.spread),
        chance.gauss(of.slope, of.slope_spread),
        {item: dict(of.ease).get(item, 0.0) + chance.gauss(0, LEANING) for item, _ in _steps_of(of)},
    )
    return tuple(client.answer(chance, number, of) for number in sessions)


@dataclass(frozen=True)
class _Client:
    start: float
    slope: float
    leanings: Mapping[str, float]

    def answer(self, chance: Random, number: int, of: Burden) -> Answered:
        """The questionnaire before one session."""
        most = [highest for _, highest in _steps_of(of)]
        exact = chance.gauss(self.start + self.slope * math.log(number), of.error)
        total = min(max(round(exact), 0), sum(most))
        pull = [leaning + chance.gauss(0, MOMENT) for leaning in self.leanings.values()]
        return Answered(number, total, dict(zip(self.leanings, share_out(total, pull, most), strict=True)))


def share_out(total: int, pull: Sequence[float], most: Sequence[int]) -> tuple[int, ...]:
    """Answers that add up to a total: point by point, each to the item that lies farthest below its pull.

    Parameters
    ----------
    total
        From 0 to the sum of `most`.
    pull
        For each item how much higher than the others it is answered, in steps.
    most
        The highest answer of each item.

    Raises
    ------
    ScienceError
        For a total that these items cannot add up to.

    Limits
    ------
    A plain assumption, with no published model of answers behind it.

    Example
    -------
    >>> share_out(4, [0.5, 0.0, -1.5], [3, 3, 3])
    (2, 2, 0)
    """
    if not 0 <= total <= sum(most):
        raise ScienceError(
            f"No answers add up to {total}.", f"These items reach from 0 to {sum(most)}.", "Give a total between."
        )
    given = [0] * len(most)
    for _ in range(total):
        open_ones = [place for place, top in enumerate(most) if given[place] < top]
        given[max(open_ones, key=lambda place: pull[place] - given[place])] += 1
    return tuple(given)


def _steps(definition: Definition) -> list[tuple[str, int]]:
    """Each item with its highest answer, of a questionnaire whose total is the plain sum of answers from 0 on."""
    scale = definition.scales[0]
    items = [definition.item(key) for key in scale.items]
    plain = scale.method == "sum" and scale.factor == 1 and scale.higher == "worse"
    if not plain or any(one.lowest != 0 or one.step != 1 for one in items):
        raise _not_simulated(definition)
    return [(one.key, int(one.highest)) for one in items]


def _steps_of(of: Burden) -> list[tuple[str, int]]:
    return _steps(instruments.get(of.instrument))


def _not_simulated(definition: Definition) -> ScienceError:
    return ScienceError(
        f"{definition.name} cannot be simulated.",
        "Its total is no plain sum of answers from 0 on where higher is worse, or no figures are kept for it.",
        "Use phq-9 or gad-7, or a Burden with figures of your own.",
    )
