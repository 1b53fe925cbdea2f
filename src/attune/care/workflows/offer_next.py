"""The check-in that comes next for a client: after the last session if it was not answered, else before the next one.

So far only the demo asks for it; invitations that go out by rhythm will stand on the same rule.
"""

from datetime import datetime
from uuid import UUID

from attune.base.errors import Conflict, NotYours
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.readers import was_answered
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Session
from attune.care.schedule.readers import list_ahead
from attune.care.workflows.offer_checkin import after_asking, before_asking
from attune.people.viewers import MACHINE


def offer_next(participant_id: UUID, *, at: datetime) -> str:
    """Offer it and return the token; `Conflict` when nothing is to be asked at the moment."""
    participant = Participant.objects.filter(pk=participant_id, until=None).first()
    if participant is None:
        raise NotYours
    asking = _after_last(participant) or _before_next(participant, at=at)
    if asking is None:
        raise Conflict("Nothing is to be asked at the moment: everything has been answered.")
    return invite(participant, asking=asking, by=MACHINE, at=at)[1]


def _after_last(participant: Participant) -> Asking | None:
    last = Session.objects.filter(episode=participant.episode_id).order_by("-number").first()
    if last is None or was_answered(participant, session=last):
        return None
    return after_asking(participant, last)


def _before_next(participant: Participant, *, at: datetime) -> Asking | None:
    for appointment in list_ahead().filter(episode=participant.episode_id, starts_at__gt=at):
        if not was_answered(participant, appointment=appointment):
            return before_asking(participant, appointment)
    return None
