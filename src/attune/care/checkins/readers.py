"""What may be asked about check-ins."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model

from attune.base.errors import NotYours
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.tokens import hash_of
from attune.care.episodes.models import Episode, Participant


def get_invitation(token: str) -> Invitation:
    """The invitation of this link with its participant, or `NotYours`."""
    whole = Invitation.objects.select_related("participant__episode", "session__appointment", "appointment")
    try:
        return whole.get(token_hash=hash_of(token))
    except Invitation.DoesNotExist as problem:
        raise NotYours from problem


def was_received(token: str) -> bool:
    """Whether a link has been answered; nothing else of it is looked at."""
    return Response.objects.filter(invitation__token_hash=hash_of(token)).exists()


def was_answered(participant: Participant, **about: Model) -> bool:
    """Whether this participant has answered a form about a `session` or an `appointment`."""
    return Invitation.objects.filter(participant=participant, responses__isnull=False, **about).exists()


def is_expired(invitation: Invitation, *, at: datetime) -> bool:
    """Past its time, replaced by a newer link, of work that has ended, or before a meeting that was cancelled."""
    who = invitation.participant
    if invitation.appointment is not None and invitation.appointment.state != "planned":
        return True
    ended = who.episode.state != Episode.State.WORKING or who.until is not None
    return ended or invitation.withdrawn_at is not None or invitation.expires_at <= at


def get_first_response(invitation_id: UUID) -> Response | None:
    """The response that came first by this invitation, if one came."""
    return Response.objects.select_related("participant").filter(invitation_id=invitation_id, replaces=None).first()
