"""A therapist offers a check-in, whose form follows from the session's number and the client's own choice, or a
questionnaire by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import check_can_work_in
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Invitation
from attune.care.checkins.readers import was_answered
from attune.care.episodes.models import Participant
from attune.care.questionnaires.readers import get_form_for, get_offered
from attune.care.questionnaires.rules import Asked, check_may_ask_once
from attune.care.schedule.models import Appointment, Session
from attune.care.workflows.due import list_asked, list_due
from attune.people.viewers import Viewer
from attune_science import instruments


@dataclass(frozen=True)
class Wanted:
    """Which check-in: whose, and before which appointment or after which session; or which questionnaire by itself.

    `beyond`: the budget does not hold for it, since the client asked for it, or has answered it already.
    """

    participant_id: UUID
    kind: str
    about_id: UUID | None = None
    instrument: str = ""
    beyond: bool = False

    @property
    def about(self) -> UUID:
        """The appointment or session; `NotYours` where none is named."""
        if self.about_id is None:
            raise NotYours
        return self.about_id


@dataclass(frozen=True)
class Offer:
    """What was offered to whom; the token exists only here."""

    wanted: Wanted
    invitation: Invitation
    participant: Participant
    token: str


def offer_checkin(wanted: Wanted, *, by: Viewer, at: datetime) -> Offer:
    """Offer it by a link; an older link for the same stops working. Returns the token once."""
    participant = get_participant(wanted.participant_id, by=by, at=at)
    invitation, token = invite(participant, asking=asking_for(participant, wanted), by=by, at=at)
    return Offer(wanted, invitation, participant, token)


def asking_for(participant: Participant, wanted: Wanted) -> Asking:
    """What it asks now. Raises `Conflict` where it was answered, or `Refused` where it cannot be asked."""
    if wanted.kind not in _ASKINGS:
        raise NotYours
    return _ASKINGS[wanted.kind](participant, wanted)


def get_participant(participant_id: UUID, *, by: Viewer, at: datetime) -> Participant:
    """A client of running work in which the viewer works; anything else is not theirs."""
    participant = Participant.objects.select_related("person", "episode").filter(pk=participant_id, until=None).first()
    if participant is None:
        raise NotYours
    check_can_work_in(by, participant.episode_id, at=at)
    return participant


def before_asking(participant: Participant, appointment: Appointment) -> Asking:
    """The check-in before this appointment, with what is due by then."""
    held = Session.objects.filter(episode=participant.episode_id).count()
    parts = [
        part_of(instruments.get("attune-before")),
        *list_due(participant, moment="before", about_id=appointment.id, session=held),
    ]
    return Asking(Invitation.Kind.BEFORE, parts, appointment_id=appointment.id)


def after_asking(participant: Participant, session: Session) -> Asking:
    """The check-in after this session: which form follows from its number and the client's choice, with what is due."""
    form = get_form_for(participant, number=session.number)
    parts = [
        part_of(instruments.get("attune-session"), form),
        *list_due(participant, moment="after", about_id=session.id, session=session.number),
    ]
    return Asking(Invitation.Kind.AFTER, parts, session_id=session.id)


def _asked_before(participant: Participant, instrument: str) -> list[Asked]:
    """A new link for the very questionnaire that lies unanswered takes its place: it is not asked twice."""
    return [one for one in list_asked(participant) if one.instrument != instrument or one.answered]


def _before(participant: Participant, wanted: Wanted) -> Asking:
    appointment = Appointment.objects.filter(
        pk=wanted.about, episode=participant.episode_id, state=Appointment.State.PLANNED, session=None
    ).first()
    if appointment is None:
        raise Conflict("There is no such appointment ahead any more: open the episode again.")
    check_not_answered(participant, appointment=appointment)
    return before_asking(participant, appointment)


def _after(participant: Participant, wanted: Wanted) -> Asking:
    session = Session.objects.filter(pk=wanted.about, episode=participant.episode_id).first()
    if session is None:
        raise NotYours
    check_not_answered(participant, session=session)
    return after_asking(participant, session)


def _questionnaire(participant: Participant, wanted: Wanted) -> Asking:
    definition = get_offered(wanted.instrument)
    if definition is None:
        raise Refused("Choose a questionnaire from the list.")
    if not wanted.beyond:
        held = Session.objects.filter(episode=participant.episode_id).count()
        check_may_ask_once(definition, _asked_before(participant, definition.key), session=held)
    return Asking(Invitation.Kind.QUESTIONNAIRE, [part_of(definition)])


_ASKINGS: dict[str, Callable[[Participant, Wanted], Asking]] = {
    Invitation.Kind.BEFORE: _before,
    Invitation.Kind.AFTER: _after,
    Invitation.Kind.QUESTIONNAIRE: _questionnaire,
}


def check_not_answered(participant: Participant, **about: Session | Appointment) -> None:
    """One check-in before and one after: when it has been answered, no second link is made."""
    if was_answered(participant, **about):
        raise Conflict("This check-in has been answered already.")
