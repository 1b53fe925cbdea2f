"""Rows of the record that several pages ask for, each in one query composed once."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from attune.base.prepared import prepared
from attune.care.checkins.models import Prediction, Response, Score
from attune.care.episodes.models import Participant
from attune.care.safety.models import Concern
from attune.care.schedule.models import Session
from attune_science import scoring

#: Of a response and its invitation a brief needs no more.
_NEEDED = (
    *("participant_id", "given_at", "read_at", "instrument", "version", "answers"),
    *("invitation__kind", "invitation__session_id", "invitation__appointment_id"),
)


@prepared
def list_people(episodes: Collection[UUID]) -> QuerySet[Participant]:
    """The participants of these episodes with their persons, in the order in which they joined."""
    return Participant.objects.select_related("person").filter(episode__in=episodes).order_by("since", "id")


@prepared
def list_sessions(episodes: Collection[UUID]) -> QuerySet[Session]:
    """Held in these episodes, in the order in which they are counted."""
    return Session.objects.filter(episode__in=episodes).order_by("number")


@prepared
def list_open_concerns(episodes: Collection[UUID]) -> QuerySet[Concern]:
    """What nobody has answered yet in these episodes, the oldest first."""
    waiting = Concern.objects.filter(participant__episode__in=episodes, answered_at=None)
    return waiting.select_related("participant").order_by("raised_at")


@prepared
def list_predictions(participants: Collection[UUID], therapist: UUID) -> QuerySet[Prediction]:
    """What this therapist had thought, of these participants."""
    return Prediction.objects.filter(participant__in=participants, therapist=therapist)


@prepared
def list_responses(participants: Collection[UUID]) -> QuerySet[Response]:
    """What these participants answered and did not correct, each with its invitation, the oldest first."""
    standing = Response.objects.filter(participant__in=participants, replaced_by=None)
    return standing.select_related("invitation").only(*_NEEDED).order_by("given_at", "id")


@prepared
def list_scores(responses: Collection[UUID]) -> QuerySet[Score, tuple[UUID, str, float | None]]:
    """Response, scale and value, where these responses have one."""
    scored = Score.objects.filter(response__in=responses, version=scoring.VERSION, value__isnull=False)
    return scored.values_list("response_id", "scale", "value")
