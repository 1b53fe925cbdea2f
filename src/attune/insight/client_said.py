"""What a client said and when, as they gave it: for nobody but them. No score stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import own_participations
from attune.care.checkins.models import Response
from attune.care.feedback.loops import Loop
from attune.care.workflows.receive_checkin import get_answers
from attune.insight.answered import Answered, definition_of
from attune.insight.checkin_form import names_of_readers
from attune.insight.client_feedback import get_own_answered
from attune.insight.months import Month, by_month
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class OwnResponse(Answered):
    """One response, with the names of those who can read it now, and what was answered to its words."""

    response: Response
    readers: tuple[str, ...]
    loops: Sequence[Loop]


def list_said(viewer: Viewer, *, at: datetime) -> list[Month[Response]]:
    """Every response that stands, newest first, month by month; leaves one event."""
    own = own_participations(viewer)
    if not own.exists():
        raise NotYours
    found = (
        Response.objects.select_related("participant__person", "participant__episode", "invitation")
        .filter(participant__in=own, replaced_by=None)
        .defer("answers")
        .order_by("-given_at", "-id")
    )
    note("said.listed", by=viewer, at=at, shown=[viewer.me])
    return by_month(found, _day_of)


def _day_of(response: Response) -> date:
    return response.given_at.astimezone(ZoneInfo(response.participant.episode.zone)).date()


def get_said(viewer: Viewer, response_id: UUID, *, at: datetime) -> OwnResponse:
    """One of them, line by line; leaves one event."""
    found = (
        Response.objects.select_related("participant__person", "participant__episode", "invitation")
        .filter(pk=response_id, participant__in=own_participations(viewer), replaced_by=None)
        .first()
    )
    if found is None:
        raise NotYours
    load_for([found])
    loops = get_own_answered([found.participant]).get(found.participant_id, [])
    readers = names_of_readers(found.participant.episode_id, at=at)
    note(
        "said.read",
        by=viewer,
        at=at,
        subject=found.id,
        subject_kind="response",
        episode=found.participant.episode_id,
        shown=[viewer.me],
    )
    return OwnResponse(
        me=next(iter(names_of_readers(found.participant.episode_id, at=found.given_at)), ""),
        definition=definition_of(found),
        answers=get_answers(found),
        thought=None,
        response=found,
        readers=readers,
        loops=[loop for loop in loops if loop.word.response_id == found.id],
    )
