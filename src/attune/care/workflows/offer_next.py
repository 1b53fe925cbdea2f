"""The check-in that comes next for a client: after the last session if that was not answered, else before the next."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from attune.base.errors import Conflict, NotYours
from attune.care.access.relations import check_is_own
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.models import Invitation
from attune.care.checkins.readers import get_draft, get_invitation, was_answered
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Session
from attune.care.schedule.readers import list_ahead
from attune.care.workflows.keep_draft import keep_draft
from attune.care.workflows.offer_checkin import after_asking, before_asking
from attune.people.viewers import Viewer


def offer_next(participant_id: UUID, *, by: Viewer, at: datetime) -> str:
    """Offer it and return the token; `Conflict` when nothing is to be asked at the moment."""
    participant = Participant.objects.select_related("episode").filter(pk=participant_id, until=None).first()
    if participant is None:
        raise NotYours
    asking = get_next(participant, at=at)
    if asking is None:
        raise Conflict("Nothing is to be asked at the moment: everything has been answered.")
    return invite(participant, asking=asking, by=by, at=at)[1]


def offer_own_next(participant_id: UUID, *, browser: str, by: Viewer, at: datetime) -> str:
    """The same, pressed by the client in own pages; what they had begun in this browser by another link goes on."""
    who = check_is_own(by, participant_id)
    open_ones = Invitation.objects.filter(participant=who, withdrawn_at=None, responses=None).order_by("made_at")
    kept = [(one, get_draft(one, browser=browser, at=at)) for one in open_ones]
    begun = {(one.session_id, one.appointment_id): typed for one, typed in kept if typed}
    token = offer_next(who.id, by=by, at=at)
    new = get_invitation(token)
    if typed := begun.get((new.session_id, new.appointment_id)):
        keep_draft(token=token, raw=typed, browser=browser, at=at)
    return token


def get_next(participant: Participant, *, at: datetime) -> Asking | None:
    """What would be asked now, if anything; nothing once the work has ended."""
    if participant.until is not None or participant.episode.state != Episode.State.WORKING:
        return None
    return _after_last(participant) or _before_next(participant, at=at)


def _after_last(participant: Participant) -> Asking | None:
    last = Session.objects.filter(episode=participant.episode_id).order_by("-number").first()
    if last is None or was_answered(participant, session=last):
        return None
    return after_asking(participant, last)


def _before_next(participant: Participant, *, at: datetime) -> Asking | None:
    answered = Invitation.objects.filter(appointment=OuterRef("pk"), participant=participant, responses__isnull=False)
    ahead = list_ahead().filter(episode=participant.episode_id, starts_at__gt=at).exclude(Exists(answered)).first()
    return before_asking(participant, ahead) if ahead else None
