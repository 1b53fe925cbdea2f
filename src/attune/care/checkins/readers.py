"""What may be asked about check-ins."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from attune.base.errors import NotYours
from attune.base.prepared import prepared
from attune.care.checkins.actions import DRAFT_LASTS
from attune.care.checkins.models import Draft, Holding, Invitation, Response
from attune.care.checkins.tokens import hash_of, mark_of
from attune.care.episodes.models import Episode, Participant
from attune.people.models import Account
from attune.people.viewers import Viewer


def get_invitation(token: str) -> Invitation:
    """The invitation of this link with its participant, or `NotYours`."""
    found = _find_invitation(hash_of(token))
    if not found:
        raise NotYours
    return found[0]


@prepared
def _find_invitation(token_hash: str) -> QuerySet[Invitation]:
    whole = Invitation.objects.select_related("participant__episode", "session__appointment", "appointment")
    return whole.filter(token_hash=token_hash)


def was_received(token: str) -> bool:
    """Whether a link has been answered; nothing else of it is looked at."""
    return bool(_find_received(hash_of(token)))


@prepared
def _find_received(token_hash: str) -> QuerySet[Response, UUID]:
    return Response.objects.filter(invitation__token_hash=token_hash).values_list("pk", flat=True)[:1]


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


def list_first_responses(invitation_id: UUID) -> list[Response]:
    """What came first by this invitation, a response for each part that was answered; empty when nothing came."""
    came = list_responses(invitation_id)
    return [one for one in came if one.submission == came[0].submission]


def may_remember(invitation: Invitation) -> bool:
    """Whether anything half-filled may wait in a browser, or be changed there afterwards.

    Never in work with several people, nor for a client with PINs: whoever holds the phone would read it.
    """
    who = invitation.participant
    if who.episode.kind != Episode.Kind.INDIVIDUAL:
        return False
    return not _find_with_pins(who.person_id)


@prepared
def _find_with_pins(person: UUID) -> QuerySet[Account, UUID]:
    return Account.objects.filter(person=person).exclude(whole_pin="").values_list("pk", flat=True)


def get_draft(invitation: Invitation, *, browser: str, at: datetime) -> Mapping[str, str]:
    """What was typed in this very browser and not sent, by field; nothing for any other."""
    mark = mark_of(browser, invitation.id)
    if not mark or not may_remember(invitation):
        return {}
    kept = Draft.objects.filter(invitation=invitation, browser=mark, saved_at__gt=at - DRAFT_LASTS).first()
    if kept is None:
        return {}
    kept.invitation = invitation
    typed: dict[str, str] = json.loads(kept.fields or "{}")
    return typed


def list_responses(invitation_id: UUID) -> list[Response]:
    """Everything that came by this invitation, oldest first, what was corrected since among it, and any concern."""
    found = Response.objects.select_related("participant", "concern").filter(invitation_id=invitation_id)
    return list(found.order_by("given_at", "id"))


def list_sent(token: str) -> list[Response]:
    """The same by its link, with whose it is, for its receipt: one look, and what was answered stays shut."""
    return _list_sent(hash_of(token))


@prepared
def _list_sent(token_hash: str) -> QuerySet[Response]:
    found = Response.objects.filter(invitation__token_hash=token_hash).defer("answers")
    return found.select_related("invitation__participant__episode", "concern").order_by("given_at", "id")


def latest_of(responses: list[Response]) -> list[Response]:
    """Those that no other of them replaces."""
    replaced = {one.replaces_id for one in responses}
    return [one for one in responses if one.id not in replaced]


def holds(viewer: Viewer) -> bool:
    """Whether this therapist wants what came in after a session to wait for the end of their day."""
    return bool(_find_holding(viewer.me))


@prepared
def _find_holding(therapist: UUID) -> QuerySet[Holding, UUID]:
    return Holding.objects.filter(therapist=therapist, until=None).values_list("pk", flat=True)
