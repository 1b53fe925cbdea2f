"""What the marks of the check-ins say by themselves. Descriptive only: no mark alone is worth a conversation here."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from attune.practices.evidence import Evidence, Marks, SessionEvidence
from attune.practices.reading import PRACTICES, Basis, Figure, Reading, Sentence, Sure, about, mark

# One client's marks wander by .78 of a point (their own standard deviation, the mean of eight lines) with nothing the
# matter: `attune-simulation`. For the three lines it is not known and surely no smaller; it serves to describe, never
# to raise anything.
WANDERS = 0.78

# A line falls when it falls by two buttons: one line by itself wanders by .8 (`attune-simulation`, an assumption), so
# that one button is nothing.
FALLS_BY = 2

# Six check-ins are enough to say where someone's marks have been, and few enough to be "lately".
LOOKS_BACK = 6

# Five alike are a manner, three may be chance. A choice of ours, not a figure from anywhere.
ALIKE = 5


@dataclass(frozen=True)
class Fall:
    """A line that was marked lower than the last time it was marked."""

    practice: str
    was: int
    now: int

    @property
    def size(self) -> int:
        """How many buttons."""
        return self.was - self.now


@dataclass(frozen=True)
class Overall:
    """The mean of the last check-in and of those before it, oldest first, all of one series."""

    series: str
    now: float
    before: tuple[float, ...]

    @property
    def lower(self) -> bool:
        """Below all that came before."""
        return bool(self.before) and self.now < min(self.before)


def overall(evidence: Evidence) -> Overall | None:
    """The last check-in beside those before it: the eight lines if they were asked before too, else the three."""
    if not evidence.sessions:
        return None
    for series in ("eight", "three"):
        *before, now = (_mean(session, series) for session in evidence.sessions)
        known = tuple(mean for mean in before if mean is not None)
        if now is not None and (known or series == "three"):
            return Overall(series, now, known[-LOOKS_BACK:])
    return None


def falls(evidence: Evidence) -> tuple[Fall, ...]:
    """The lines of the last check-in that fell, the largest first; equal ones in the order of practices."""
    found = [fall for practice in PRACTICES if (fall := _fall(evidence, practice))]
    return tuple(sorted(found, key=lambda fall: -fall.size))


def falls_in_order(some: Iterable[Fall]) -> tuple[Fall, ...]:
    """The same falls, in the order of practices."""
    return tuple(sorted(some, key=lambda fall: PRACTICES.index(fall.practice)))


def expected(evidence: Evidence) -> float | None:
    """The mean that the therapist expected of the last check-in, on the series by which it is told."""
    last, seen = evidence.last, overall(evidence)
    return _of(last.predicted, seen.series) if last and last.predicted and seen else None


def seemed_ordinary(evidence: Evidence) -> bool:
    """The therapist expected about the client's usual marks in the last session."""
    seen, guess = overall(evidence), expected(evidence)
    return bool(seen and seen.before and guess is not None and abs(guess - median(seen.before)) <= WANDERS)


def much_alike(evidence: Evidence) -> bool:
    """The last five check-ins all lie around the middle of the client's own history: a manner of marking.

    Each within half of what marks wander anyway, so that the five span no more than that. On the three lines, which
    are always asked. Not a signal: it says only why nothing more is said.
    """
    history = [mean for session in evidence.sessions if (mean := _mean(session, "three")) is not None]
    return len(history) >= ALIKE and all(abs(mean - median(history)) <= WANDERS / 2 for mean in history[-ALIKE:])


def figures(evidence: Evidence, practice: str) -> tuple[Figure, ...]:
    """Every mark on one line, with the therapist's guess of it."""
    return tuple(
        Figure(session.number, practice, marked, session.predicted.lines.get(practice) if session.predicted else None)
        for session in evidence.sessions
        if session.after and (marked := session.after.marks.lines.get(practice)) is not None
    )


def quiet(evidence: Evidence, practice: str) -> Reading:
    """The reading of a lens that has nothing to raise: what its own line says, and that it is little."""
    rests = figures(evidence, practice)
    fall = _fall(evidence, practice)
    if evidence.early:
        says = Sentence(mark("Nothing to say yet: readings begin with session 3."))
    elif not rests:
        says = about(evidence.client, mark("Nothing to say yet: {possessive} line on this is empty."))
    elif fall:
        says = Sentence(mark("Lower than the time before ({was} to {now})."), {"was": fall.was, "now": fall.now})
    else:
        says = Sentence(mark("Nothing new."))
    limits = Sentence(mark("One line, on one day. Marks alone may be chance."))
    sure = Sure("thin", Sentence(mark("marks alone, maybe chance.")))
    return Reading(practice, "quiet", sure, sentences=(says,), basis=Basis(rests, limits=(limits,)))


def _fall(evidence: Evidence, practice: str) -> Fall | None:
    marked = figures(evidence, practice)
    if evidence.last is None or len(marked) < 2 or marked[-1].session != evidence.last.number:
        return None
    fall = Fall(practice, marked[-2].marked, marked[-1].marked)
    return fall if fall.size >= FALLS_BY else None


def _mean(session: SessionEvidence, series: str) -> float | None:
    return _of(session.after.marks, series) if session.after else None


def _of(marks: Marks, series: str) -> float | None:
    return marks.eight if series == "eight" else marks.three
