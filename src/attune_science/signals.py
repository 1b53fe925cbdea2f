"""From a course of answers to signals: what may be worth a conversation, with its basis and its limits.

The machine notices, people name: a signal never says that something happened. Two kinds so far: the client's own
word, which is `raised`, and two published rules, kept for `comparison` because they alarm in most stable courses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from attune_science.answers import Answers
from attune_science.errors import ScienceError

Level = Literal["raised", "comparison"]

VERSION = "1"
# Before the third session there is no course to compare with; the client's own word needs none.
FIRST_SESSION = 3

# 36 of 40 and 1 of 40 (srs-cut-off, srs-fall), carried over to a mean from 0 to 10.
CUT_OFF = 36 / 4
FALL = 1 / 4
# Share of stable ten-session courses in which each rule alarms at least once (attune-simulation, mean of eight).
CUT_OFF_FALSE_ALARM = 0.57
FALL_FALSE_ALARM = 0.81
_SIMULATED = "eight"

_HURT = ("small", "yes")
_HARDER = ("a_little_harder", "much_harder")


@dataclass(frozen=True)
class Signal:
    """Something noticed, that may be worth a conversation.

    Parameters
    ----------
    rule, version
        Which rule noticed it.
    level
        `raised` is shown at once; `comparison` only behind “Show me”.
    basis
        The numbers it rests on, by name; numbers only, so that it can stand outside the sealed answers.
    limits
        One sentence on what it does not tell.
    false_alarm
        Share of stable ten-session courses in which the rule alarms, 0 to 1; None where that is unknown or
        means nothing.
    reference
        Key of `references.toml`.
    word
        The client's answer that raised it; empty for a computed one.
    how
        How the client wants it to be gone about; empty where they did not say.
    """

    rule: str
    version: str
    level: Level
    basis: Mapping[str, float]
    limits: str
    false_alarm: float | None
    reference: str
    word: str = ""
    how: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "basis", MappingProxyType(dict(self.basis)))


@dataclass(frozen=True)
class Point:
    """A score of one session: its number in the course, from 1, and the unrounded mean, 0 to 10."""

    session: int
    value: float


def client_word(answers: Answers, *, session: int) -> tuple[Signal, ...]:
    """What the client said in so many words: something hurt, or working together was harder than usual.

    Parameters
    ----------
    answers
        To Attune's session check-in.
    session
        The session's number in the course, from 1.

    Returns
    -------
    tuple of Signal
        Up to two, `raised`: `client-hurt` first, with the client's wish in `how`, then `client-harder`.

    Limits
    ------
    Nothing is computed, so there is no false-alarm figure. What it was about only the client can say; “no” and an
    empty line do not mean that nothing was.

    References
    ----------
    attune-session

    Example
    -------
    >>> said = Answers("attune-session", "1", "three", choices={"hurt": "yes", "how": "bring_it_up"})
    >>> [(signal.rule, signal.word, signal.how) for signal in client_word(said, session=7)]
    [('client-hurt', 'yes', 'bring_it_up')]
    """
    found = []
    if (hurt := answers.choices.get("hurt", "")) in _HURT:
        found.append(_said("client-hurt", hurt, session, how=answers.choices.get("how", "")))
    if (harder := answers.choices.get("relative", "")) in _HARDER:
        found.append(_said("client-harder", harder, session))
    return tuple(found)


def _said(rule: str, word: str, session: int, how: str = "") -> Signal:
    return Signal(
        rule=rule,
        version=VERSION,
        level="raised",
        basis={"session": session},
        limits="The client said so; nothing was computed, and what it was about only the client can say.",
        false_alarm=None,
        reference="attune-session",
        word=word,
        how=how,
    )


def published(history: Sequence[Point], *, scale: str = _SIMULATED) -> tuple[Signal, ...]:
    """What two published rules say of the last point of a course; for comparison, never raised.

    Parameters
    ----------
    history
        The points of one scale for one client, in the order of their sessions; sessions without a score left out.
    scale
        Which series: the false-alarm figures hold for `eight`, the mean of the eight lines, alone.

    Returns
    -------
    tuple of Signal
        `below-cut-off` when the last mean is under 9.0, `fall-from-last` when it is .25 or more under the one
        before; none before the third session.

    Raises
    ------
    ScienceError
        When the sessions are out of order, or a mean lies outside 0 to 10.

    Limits
    ------
    Both rules were made for a licensed scale of four lines and are only carried over. They alarm in 57 % and 81 % of
    stable ten-session courses, by simulation, not by real courses; for three lines the figure is not known.

    References
    ----------
    srs-cut-off, srs-fall, attune-simulation

    Example
    -------
    >>> [signal.rule for signal in published([Point(6, 8.5), Point(7, 6.5)])]
    ['below-cut-off', 'fall-from-last']
    """
    _check(history)
    if not history or history[-1].session < FIRST_SESSION:
        return ()
    found = []
    last = history[-1]
    if last.value < CUT_OFF:
        basis = {"session": last.session, "value": last.value, "cut_off": CUT_OFF}
        found.append(_compared("below-cut-off", basis, CUT_OFF_FALSE_ALARM, "srs-cut-off", scale))
    # No tolerance is needed: two means of 6, 7 or 8 answers that differ by exactly .25 are both exact in binary, and
    # means of 2 or 3 never differ by it (tests/properties counts all of them).
    if len(history) > 1 and history[-2].value - last.value >= FALL:
        basis = {"session": last.session, "value": last.value, "before": history[-2].value, "fall": FALL}
        found.append(_compared("fall-from-last", basis, FALL_FALSE_ALARM, "srs-fall", scale))
    return tuple(found)


def _compared(rule: str, basis: Mapping[str, float], alarms: float, reference: str, scale: str) -> Signal:
    stable = f"it alarms in {alarms:.0%} of stable ten-session courses, simulated for the mean of eight lines"
    unknown = "" if scale == _SIMULATED else "; for this series the figure is not known"
    return Signal(
        rule=rule,
        version=VERSION,
        level="comparison",
        basis=basis,
        limits=f"A published rule for another scale, carried over: {stable}{unknown}.",
        false_alarm=alarms if scale == _SIMULATED else None,
        reference=reference,
    )


def _check(history: Sequence[Point]) -> None:
    in_order = all(earlier.session < later.session for earlier, later in pairwise(history))
    in_range = all(point.session >= 1 and 0 <= point.value <= 10 for point in history)
    if not (in_order and in_range):
        raise ScienceError(
            "This course cannot be read.",
            "Its sessions are out of order, or a mean lies outside 0 to 10.",
            "Give one point a session, from the first to the last, each a mean from 0 to 10.",
        )
