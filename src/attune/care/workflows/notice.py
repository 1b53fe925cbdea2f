"""History → signals, at the receipt of a response: the client's own word, and two published rules for comparison."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

from attune.base.prepared import prepared
from attune.care.checkins.models import Invitation, Response, Score
from attune_science import scoring, signals
from attune_science.scoring import Answers

OURS = "attune-session"


#: Answers that passed through somebody else's eyes or mouth: a fall in them may be theirs.
HELPED = (Response.Helped.READ, Response.Helped.INTERPRETER, Response.Helped.SOMEBODY)


def notice(invitation: Invitation, answers: Answers, *, helped: str = "") -> tuple[signals.Signal, ...]:
    """What the rules notice in the response that has just been scored. Only a session's check-in has a course.

    The client's own word counts whoever helped to write it; change is not looked for in what somebody helped with.
    """
    session = invitation.session
    if answers.instrument != OURS or session is None:
        return ()
    scale, course = _course(invitation)
    said = signals.client_word(answers, session=session.number)
    if helped in HELPED:
        return said
    ours = [point for point in course if point.session <= session.number]
    if not ours or ours[-1].session != session.number:  # this one has no score: no rule can look at it
        return said
    return said + signals.published(ours, scale=scale)


def _course(invitation: Invitation) -> tuple[str, list[signals.Point]]:
    """The series to look at: the mean of eight where this and the one before have it, else the three lines."""
    series: dict[str, dict[int, signals.Point]] = defaultdict(dict)
    for scale, number, value in _list_scores(invitation.participant_id):
        # Should a session have been answered by two links at once, the later answer stands for it.
        series[scale][int(number or 0)] = signals.Point(int(number or 0), float(value or 0.0))
    both = list(series["eight"])[-2:] == list(series["three"])[-2:]
    scale = "eight" if both and series["eight"] else "three"
    return scale, list(series[scale].values())


@prepared
def _list_scores(participant: UUID) -> QuerySet[Score, tuple[str, int | None, float | None]]:
    standing = Score.objects.filter(
        response__participant=participant,
        response__instrument=OURS,
        response__replaced_by=None,
        version=scoring.VERSION,
        value__isnull=False,
    ).order_by("response__invitation__session__number", "response__given_at")
    return standing.values_list("scale", "response__invitation__session__number", "value")
