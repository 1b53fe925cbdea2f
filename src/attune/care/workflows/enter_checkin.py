"""What a client wrote on paper, or said aloud, is entered at the desk: their words, and the record of who entered them.

No link is handed out: the invitation is made and answered in one transaction, and a link for the same that lies open
stops working. Whoever typed it has read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import Conflict, Refused
from attune.care.checkins.actions import drawn_up, invite, mark_read
from attune.care.checkins.fields import AGAIN
from attune.care.checkins.models import Response
from attune.care.checkins.readers import list_responses
from attune.care.episodes.models import Participant
from attune.care.workflows.offer_checkin import Wanted, asking_for, get_participant
from attune.care.workflows.read_parts import read_parts
from attune.care.workflows.receive_checkin import Arrival, Receipt, Sent, again, keep
from attune.people.viewers import Viewer

#: The ways by which it may have come.
WAYS = (Response.Channel.PAPER, Response.Channel.SAID)
#: A wish that only the client may enter: to be asked more often.
CLIENTS_OWN = ("each",)


@dataclass(frozen=True)
class Entered:
    """What came of it, and in which episode."""

    receipt: Receipt
    episode_id: UUID


def enter_checkin(wanted: Wanted, *, sent: Sent, by: Viewer, at: datetime) -> Entered:
    """Keep it as the client's own, `sent.channel` saying how it came. The same submission twice is one.

    Raises `NotYours`, `Refused` by field (nothing was kept), `Conflict` where this check-in was answered already.
    """
    participant = get_participant(wanted.participant_id, by=by, at=at)
    with unit():
        Participant.objects.select_for_update().get(pk=participant.pk)  # two at the desk: one after the other
        receipt = _entered_before(participant, sent) or _enter(participant, wanted, sent, by=by, at=at)
    return Entered(receipt, participant.episode_id)


def _enter(participant: Participant, wanted: Wanted, sent: Sent, *, by: Viewer, at: datetime) -> Receipt:
    asking = asking_for(participant, wanted)
    _check_is_theirs(sent.raw, sent.channel)
    taken, helped = read_parts(drawn_up(participant, asking), sent.raw)
    invitation, _ = invite(participant, asking=asking, by=by, at=at)
    receipt = keep(Arrival(invitation, taken, helped, sent), by=by, verb="checkin.entered", at=at)
    for response in list_responses(invitation.id):
        mark_read(response, by=by, at=at)
    return receipt


def _check_is_theirs(raw: Mapping[str, str], channel: str) -> None:
    refused = {
        name: "To be asked more often is for them to choose, on their own form."
        for name, value in raw.items()
        if name.startswith(AGAIN) and value in CLIENTS_OWN
    }
    if channel not in WAYS:
        refused["channel"] = "Say how it came: on paper, or aloud."
    if refused:
        raise Refused("This could not be taken as it is.", refused)


def _entered_before(participant: Participant, sent: Sent) -> Receipt | None:
    came = list(Response.objects.select_related("participant").filter(submission=sent.submission).order_by("id"))
    if not came:
        return None
    taken, _ = read_parts(came[0].invitation, sent.raw)
    receipt = again(came, taken, sent) if came[0].participant_id == participant.id else None
    if receipt is None:
        raise Conflict("This was entered before, and that stands.")
    return receipt
