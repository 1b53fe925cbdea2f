"""What may be asked about transcripts."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from attune.base.errors import NotYours
from attune.base.prepared import prepared
from attune.care.access.relations import can_read_episode, own_participations
from attune.care.consent.models import Consent
from attune.people.viewers import Viewer
from attune.transcripts.models import Finding, Transcript

#: The codes of the findings that lenses read.
INVITATION, FEEDBACK = "open-invitation", "feedback-asked"


def get_transcript(viewer: Viewer, transcript_id: UUID, *, at: datetime) -> Transcript:
    """The transcript, for who may read its episode, or `NotYours`."""
    found = (
        Transcript.objects.select_related("episode", "session__appointment", "uploaded_by")
        .filter(pk=transcript_id)
        .first()
    )
    if found is None or not can_read_episode(viewer, found.episode_id, at=at):
        raise NotYours
    return found


def get_finding(viewer: Viewer, finding_id: UUID, *, at: datetime) -> Finding:
    """The finding with its transcript, for who may read the episode, or `NotYours`."""
    found = Finding.objects.select_related("transcript").filter(pk=finding_id).first()
    if found is None or not can_read_episode(viewer, found.transcript.episode_id, at=at):
        raise NotYours
    return found


def get_own_transcript(viewer: Viewer, transcript_id: UUID) -> Transcript:
    """The transcript of a session in which this client was heard and to which their consent stands, or `NotYours`."""
    found = (
        Transcript.objects.select_related("episode", "session__appointment", "uploaded_by")
        .filter(pk=transcript_id)
        .first()
    )
    if found is None or not _agreed(viewer).filter(session=found.session_id).exists():
        raise NotYours
    return found


def get_own_finding(viewer: Viewer, finding_id: UUID) -> Finding:
    """A finding in such a transcript, or `NotYours`."""
    found = Finding.objects.select_related("transcript").filter(pk=finding_id).first()
    if found is None or not _agreed(viewer).filter(session=found.transcript.session_id).exists():
        raise NotYours
    return found


def _agreed(viewer: Viewer) -> QuerySet[Consent]:
    return Consent.objects.filter(participant__in=own_participations(viewer), revoked_at=None)


@dataclass(frozen=True)
class Heard:
    """The lines of a transcript (from 1) at which a practice was found and nobody contested it; None: not told."""

    invitations: tuple[int, ...] | None
    feedback: tuple[int, ...] | None


def list_heard(sessions: Collection[UUID]) -> dict[UUID, Heard]:
    """What was heard in each of these sessions that has a transcript. One query, and no text is opened."""
    lines: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for session, *line in _list_found(sessions):
        lines[session].append(tuple(line))
    return {session: _heard(found) for session, found in lines.items()}


@prepared
def _list_found(sessions: Collection[UUID]) -> QuerySet[Transcript, tuple[Any, ...]]:
    rows = Transcript.objects.filter(session__in=sessions).order_by("findings__utterance")
    return rows.values_list("session", "measures", "findings__code", "findings__utterance", "findings__contested_at")


def _heard(lines: Sequence[tuple[Any, ...]]) -> Heard:
    measures = lines[0][0]
    told = measures["therapist"]["open_invitations"] is not None if "therapist" in measures else False

    def places(code: str) -> tuple[int, ...] | None:
        found = (line for _, found_code, line, contested in lines if found_code == code and contested is None)
        return tuple(line + 1 for line in found) if told else None

    return Heard(places(INVITATION), places(FEEDBACK))
