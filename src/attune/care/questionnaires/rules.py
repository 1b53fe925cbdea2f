"""Which form is asked when, and how much may be asked of a client: pure rules.

In a week a client is asked at most nine taps and four lines of words, over the check-ins before and after; fourteen
taps when all eight lines are asked. A questionnaire that does not fit into what is left is a longer one, and a longer
one comes at most every fourth session. A client may ask to be asked less or more; a therapist can only make it rarer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from attune.base.errors import Conflict, Refused
from attune_science import instruments
from attune_science.instruments import Definition

#: The budget of a week with the short form, and of one with all eight lines.
TAPS, TAPS_OF_EIGHT, LINES = 9, 14, 4
#: A longer questionnaire comes at most every fourth session.
LONGER_EVERY = 4
#: What can be chosen: each session, every second, …
RHYTHMS = (1, 2, 4, 8, 12)


def form_of_session(number: int, *, always_eight: bool = False) -> str:
    """`eight` or `three`, for the session with this number (1, 2, …).

    All eight at sessions 1, 4, 12, 20 …, and when the client likes; three lines otherwise.
    """
    return "eight" if always_eight or number == 1 or number % 8 == 4 else "three"


def load_of(definition: Definition, form: str) -> tuple[int, int]:
    """Taps and lines of words that a form shows; what is behind “more”, or opened by an answer, is not counted."""
    shown = [item for item in definition.asked(form) if not item.behind_more and item.opened_by is None]
    words = sum(item.kind == "words" for item in shown)
    return len(shown) - words, words


@cache
def spare() -> int:
    """Taps that the check-ins themselves leave in a week, in the tighter of the two budgets."""
    before, _ = load_of(instruments.get("attune-before"), "full")
    after = instruments.get("attune-session")
    return min(TAPS - before - load_of(after, "three")[0], TAPS_OF_EIGHT - before - load_of(after, "eight")[0])


def is_longer(definition: Definition) -> bool:
    """Whether a questionnaire asks more than a week has left."""
    taps, lines = load_of(definition, next(iter(definition.forms)))
    return taps > spare() or lines > 0


@dataclass(frozen=True)
class Coming:
    """A questionnaire and its rhythm: every how many sessions, and whether the client chose it so."""

    definition: Definition
    every: int
    by_client: bool = False

    @property
    def longer(self) -> bool:
        """Whether it counts against the budget of longer ones: what the client asks for more often does not.

        What they asked for less often still does: the room that it leaves is theirs, and nobody else's to fill.
        """
        return is_longer(self.definition) and not (self.by_client and self.every < LONGER_EVERY)


def check_budget(coming: Sequence[Coming]) -> None:
    """Refuse a rhythm that asks too much of a client, and say what would fit."""
    for one in coming:
        if one.longer and one.every < LONGER_EVERY:
            taps, _ = load_of(one.definition, next(iter(one.definition.forms)))
            raise Refused(
                f"{one.definition.name} has {taps} questions, and a week has {spare()} left beside the check-ins: "
                f"a longer one comes at most every {LONGER_EVERY}th session. Choose a rarer rhythm; "
                "only the client can ask for more."
            )
    longer = [one for one in coming if one.longer]
    if sum(Fraction(1, one.every) for one in longer) > Fraction(1, LONGER_EVERY):
        names = " and ".join(one.definition.name for one in longer)
        raise Refused(
            f"{names} together would come to more than one longer questionnaire in {LONGER_EVERY} sessions. "
            "Ask each more rarely, in turn, or stop one of them; only the client can ask for more."
        )
    short = [one for one in coming if not is_longer(one.definition)]
    taps = sum(load_of(one.definition, next(iter(one.definition.forms)))[0] for one in short)
    if taps > spare():
        raise Refused(
            f"The short questionnaires together would take {taps} taps, and a week has {spare()} left beside the "
            "check-ins. Stop one of them; only the client can ask for more."
        )


@dataclass(frozen=True)
class Asked:
    """A questionnaire was asked: which one, how many sessions had been held by then, and whether it was answered."""

    instrument: str
    session: int
    answered: bool = True


def due(coming: Iterable[Coming], asked: Iterable[Asked], *, session: int) -> list[Definition]:
    """What is due after so many sessions: every short one whose time has come, and at most one longer one in four."""
    last: dict[str, int] = {}
    for one in asked:
        last[one.instrument] = max(one.session, last.get(one.instrument, one.session))
    ready = [one for one in coming if session - last.get(one.definition.key, session - one.every) >= one.every]
    longer = [one for one in ready if one.longer]
    # The one that has waited longest; never asked waits longest of all.
    longer.sort(key=lambda one: last.get(one.definition.key, -one.every) + one.every)
    if not may_ask_longer(asked_longer(last), session=session):
        longer = []
    return [one.definition for one in ready if not one.longer] + [one.definition for one in longer[:1]]


def asked_longer(last: dict[str, int]) -> int | None:
    """After how many sessions a longer questionnaire was asked last."""
    known = set(instruments.keys())
    return max((n for key, n in last.items() if key in known and is_longer(instruments.get(key))), default=None)


def may_ask_longer(last: int | None, *, session: int) -> bool:
    """Whether four sessions have been held since the last longer one."""
    return last is None or session - last >= LONGER_EVERY


def check_may_ask_once(definition: Definition, asked: Iterable[Asked], *, session: int) -> None:
    """Refuse a longer questionnaire that comes too soon after another, unless the client asked for it."""
    last: dict[str, int] = {}
    for one in asked:
        last[one.instrument] = max(one.session, last.get(one.instrument, one.session))
    before = asked_longer(last)
    if is_longer(definition) and before is not None and not may_ask_longer(before, session=session):
        raise Conflict(
            f"A longer questionnaire was asked {session - before} sessions ago; the next is due after "
            f"{LONGER_EVERY}. If the client asked for this one, say so with the tick beside it."
        )


#: What a client can choose beneath a questionnaire. Nothing chosen: it stays as it is.
WISHES = ("less", "stop", "each")


def wished(wish: str, every: int | None) -> int | None:
    """The rhythm that a client's wish comes to; None: not any more. `every`: how it was, None when asked once."""
    return {"less": 2 * (every or LONGER_EVERY), "stop": None, "each": 1}[wish]
