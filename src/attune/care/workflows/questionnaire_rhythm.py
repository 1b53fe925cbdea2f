"""A therapist sets how often a questionnaire is asked again, or ends it: for a client of running work alone."""

from datetime import datetime
from uuid import UUID

from attune.care.questionnaires.actions import ask_again, stop_asking
from attune.care.questionnaires.models import Questionnaire
from attune.care.workflows.offer_checkin import get_participant
from attune.people.viewers import Viewer


def set_rhythm(participant_id: UUID, *, instrument: str, every: int, by: Viewer, at: datetime) -> Questionnaire:
    """Ask a questionnaire every so many sessions. Raises `Refused` or `Conflict` where budget or client say no."""
    participant = get_participant(participant_id, by=by, at=at)
    return ask_again(participant, instrument=instrument, every=every, by=by, at=at)


def end_rhythm(participant_id: UUID, *, instrument: str, by: Viewer, at: datetime) -> None:
    """Ask it no more; what was answered stays. Raises `Conflict` where it is not asked already."""
    stop_asking(get_participant(participant_id, by=by, at=at), instrument=instrument, by=by, at=at)
