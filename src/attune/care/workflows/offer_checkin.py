"""A therapist offers a check-in: which form it is follows from the session's number and the client's own choice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.base.errors import Conflict, NotYours
from attune.care.access.relations import check_can_work_in
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.models import Invitation
from attune.care.checkins.readers import was_answered
from attune.care.episodes.models import Participant
from attune.care.questionnaires.readers import get_form_for
from attune.care.questionnaires.rules import QUESTIONNAIRES
from attune.care.schedule.models import Appointment, Session
from attune.people.viewers import Viewer


@dataclass(frozen=True)
class Offer:
    """What was offered to whom; the token exists only here."""

    invitation: Invitation
    participant: Participant
    token: str


def offer_checkin(participant_id: UUID, *, kind: str, about_id: UUID | None, by: Viewer, at: datetime) -> Offer:
    """Offer the check-in before an appointment, after a session, or a questionnaire. Returns the token once."""
    participant = Participant.objects.select_related("person").filter(pk=participant_id, until=None).first()
    if participant is None:
        raise NotYours
    check_can_work_in(by, participant.episode_id, at=at)
    if kind == Invitation.Kind.QUESTIONNAIRE:
        asking = Asking(Invitation.Kind.QUESTIONNAIRE, QUESTIONNAIRES[0], "full")
    elif kind in Invitation.Kind.values and about_id is not None:
        asking = _ASKINGS[Invitation.Kind(kind)](participant, about_id)
    else:
        raise NotYours
    invitation, token = invite(participant, asking=asking, by=by, at=at)
    return Offer(invitation, participant, token)


def _before(participant: Participant, about_id: UUID) -> Asking:
    appointment = Appointment.objects.filter(
        pk=about_id, episode=participant.episode_id, state=Appointment.State.PLANNED, session=None
    ).first()
    if appointment is None:
        raise Conflict("There is no such appointment ahead any more: open the episode again.")
    check_not_answered(participant, appointment=appointment)
    return Asking(Invitation.Kind.BEFORE, "attune-before", "full", appointment_id=appointment.id)


def _after(participant: Participant, about_id: UUID) -> Asking:
    session = Session.objects.filter(pk=about_id, episode=participant.episode_id).first()
    if session is None:
        raise NotYours
    check_not_answered(participant, session=session)
    form = get_form_for(participant, number=session.number)
    return Asking(Invitation.Kind.AFTER, "attune-session", form, session_id=session.id)


_ASKINGS = {Invitation.Kind.BEFORE: _before, Invitation.Kind.AFTER: _after}


def check_not_answered(participant: Participant, **about: Session | Appointment) -> None:
    """One check-in before and one after: when it has been answered, no second link is made."""
    if was_answered(participant, **about):
        raise Conflict("This check-in has been answered already.")
