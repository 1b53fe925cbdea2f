"""A therapist hands the tablet in the room to a client: one check-in, and nothing else on that tablet for two hours.

What a tablet was handed over for it keeps itself (a signed cookie); who may open what on it is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from attune.base.errors import Conflict
from attune.care.checkins.actions import invite
from attune.care.checkins.models import Invitation
from attune.care.checkins.readers import get_invitation
from attune.care.workflows.offer_checkin import Offer, Wanted, asking_for, get_participant
from attune.people.viewers import Viewer

#: How long a tablet knows for whom it was handed over, and how long the link is good that it opens.
HANDED_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class Tablet:
    """What a browser says of itself: the invitations it was handed over for, oldest first, and who is at it now."""

    handed: Sequence[UUID]
    staff: bool = False
    """Whether somebody of the staff is signed in there."""


def hand_over(wanted: Wanted, *, tablet: Tablet, by: Viewer, at: datetime) -> Offer:
    """Offer a check-in on this very tablet; an older link for the same stops working.

    Raises `Conflict` where somebody else of the same episode had the tablet: each answers on their own phone.
    """
    participant = get_participant(wanted.participant_id, by=by, at=at)
    for before in _list_handed(tablet, at=at):
        if before.participant.episode_id == participant.episode_id and before.participant_id != participant.id:
            raise Conflict("On one tablet only one of them answers. Give the other a link, or another device, later.")
    asking = asking_for(participant, wanted)
    invitation, token = invite(participant, asking=replace(asking, lasts=HANDED_FOR), by=by, at=at)
    return Offer(wanted, invitation, participant, token)


def check_can_open(token: str, *, tablet: Tablet, at: datetime) -> bool:
    """Whether this link is the one that the tablet was handed over for; False on what is no tablet (any more).

    Raises `NotYours` (no such link), or `Conflict`: another of the same episode's never opens there, another client's
    only where somebody of the staff has signed in again.
    """
    handed = _list_handed(tablet, at=at)
    if not handed:
        return False
    invitation = get_invitation(token)
    if invitation.id == handed[-1].id:
        return True
    if any(one.participant.episode_id == invitation.participant.episode_id for one in handed):
        raise Conflict("Each answers on their own phone.")
    if not tablet.staff:
        raise Conflict("This tablet was handed over for something else.")
    return False


def _list_handed(tablet: Tablet, *, at: datetime) -> list[Invitation]:
    """What it was handed over for in the last two hours, newest last."""
    if not tablet.handed:
        return []
    found = Invitation.objects.select_related("participant").filter(pk__in=tablet.handed, made_at__gt=at - HANDED_FOR)
    return list(found.order_by("made_at", "id"))
