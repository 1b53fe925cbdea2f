"""When it was said: pauses, answers, interruptions, silences; only where every line has its times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from attune_science.conversation.transcript import Transcript, Utterance

#: Seconds. A silence is 3 or more (frankel2006). The others are ours (attune): a shorter gap inside a turn is how
#: captions are cut, and captions of two speakers overlap by rounding alone.
SILENCE, PAUSE, TOLERANCE = 3.0, 1.0, 0.5

_NO_TIMES = "This transcript has no times."
_SOME_TIMES = "Not every line of this transcript has its times."


@dataclass(frozen=True)
class Silence:
    """A stretch in which nobody speaks.

    Parameters
    ----------
    after
        The utterance after which it falls.
    seconds
        How long it lasts.
    speaker
        Who ends it.
    """

    after: int
    seconds: float
    speaker: str


@dataclass(frozen=True)
class Pace:
    """The times of one speaker or role.

    Parameters
    ----------
    pauses, pause_seconds
        Gaps of a second or more inside their own turns, and how long these are together.
    latency
        Seconds until they answer, the median over their answers; None where they never answer anybody.
    interruptions
        How often they begin while the turn before theirs still goes on.
    silences_ended
        How many silences end with their words.
    """

    pauses: int
    pause_seconds: float
    latency: float | None
    interruptions: int
    silences_ended: int


@dataclass(frozen=True)
class Timing:
    """The times of a conversation, or why they cannot be told.

    Parameters
    ----------
    seconds
        From the first word to the last; None without times.
    paces
        For each role its times, in the order of the roles given.
    silences
        Every stretch of three seconds or more in which nobody speaks.
    reason
        Why there is nothing; None when there is.
    """

    seconds: float | None
    paces: tuple[tuple[str, Pace], ...] = ()
    silences: tuple[Silence, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class _Gap:
    """What lies between two utterances that follow each other; below 0 where they overlap.

    `silent` counts from the end of whatever was said so far, `since` from the end of the turn before: a short line
    inside a long one ends no turn, and whoever goes on after it interrupts nobody.
    """

    before: Utterance
    after: Utterance
    silent: float
    since: float


def measure_timing(transcript: Transcript, roles: Mapping[str, str]) -> Timing:
    """Pauses, answers, interruptions and silences.

    Parameters
    ----------
    transcript
        With times on every line, or the result says that there are none.
    roles
        For every speaker their role.

    Returns
    -------
    Timing
        An answer is the first line of a turn after somebody else's; one that begins before the other has ended counts
        as 0 seconds. An interruption begins more than half a second before the turn before it has ended.

    Limits
    ------
    As good as the times in the file: captions are often stretched until the next one begins, which hides silences. A
    “mm-hm” into somebody's turn counts as an interruption. What a silence meant is not known.

    References
    ----------
    frankel2006 (silences of 3 seconds or longer), attune (a pause of 1 second, a tolerance of half a second)

    Example
    -------
    >>> from attune_science.conversation.transcript import Line, make_transcript
    >>> said = make_transcript([Line("T", "Hello.", 0, 1), Line("C", "Hello.", 5, 6)], "srt")
    >>> measure_timing(said, {"T": "therapist", "C": "client"}).silences
    (Silence(after=0, seconds=4, speaker='C'),)
    """
    if not transcript.has_times:
        some = any(one.start is not None for one in transcript.utterances)
        return Timing(None, reason=_SOME_TIMES if some else _NO_TIMES)
    gaps = tuple(_gaps(transcript))
    silences = tuple(Silence(gap.before.number, gap.silent, gap.after.speaker) for gap in gaps if gap.silent >= SILENCE)
    starts = [one.start for one in transcript.utterances if one.start is not None]
    ends = [one.end for one in transcript.utterances if one.end is not None]
    paces = tuple((role, _pace(role, roles, gaps)) for role in dict.fromkeys(roles.values()))
    return Timing(max(ends) - min(starts), paces, silences)


def _gaps(transcript: Transcript) -> Iterator[_Gap]:
    ended = turn_ended = float("-inf")
    for before, after in pairwise(transcript.utterances):
        ended, turn_ended = max(ended, before.end or 0.0), max(turn_ended, before.end or 0.0)
        start = after.start or 0.0
        yield _Gap(before, after, start - ended, start - turn_ended)
        if before.speaker != after.speaker:
            turn_ended = float("-inf")


def _pace(role: str, roles: Mapping[str, str], gaps: tuple[_Gap, ...]) -> Pace:
    theirs = [gap for gap in gaps if roles[gap.after.speaker] == role]
    pauses = [gap.silent for gap in theirs if gap.before.speaker == gap.after.speaker and gap.silent >= PAUSE]
    answers = [gap.since for gap in theirs if gap.before.speaker != gap.after.speaker]
    return Pace(
        len(pauses),
        sum(pauses),
        median(max(0.0, seconds) for seconds in answers) if answers else None,
        sum(seconds < -TOLERANCE for seconds in answers),
        sum(gap.silent >= SILENCE for gap in theirs),
    )
