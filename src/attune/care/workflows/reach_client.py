"""Where a client is written to, and which check-ins go there by themselves: entered at the client's word."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import Refused
from attune.care.access.relations import check_can_read_client
from attune.care.sending.actions import choose_sending
from attune.care.sending.models import Sending
from attune.care.workflows.offer_checkin import get_participant
from attune.people.contacts import check_address, enter_address, is_used_by, remove_address
from attune.people.viewers import Viewer


def enter_where(participant_id: UUID, *, address: str, by: Viewer, at: datetime) -> None:
    """From now on letters go to this address. Refuses one that somebody else of the same work has.

    Whoever shares work with others has a letter box of their own, or gets no letter.
    """
    who = get_participant(participant_id, by=by, at=at)
    address = check_address(address)
    others = who.episode.participants.exclude(pk=who.pk).values_list("person", flat=True)
    if is_used_by(list(others), address):
        raise Refused(
            "Somebody else in this work has this address.",
            {"address": "Each needs a letter box of their own: somebody else in this work has this address."},
        )
    enter_address(who.person_id, address=address, by=by, at=at)


def remove_where(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """No letter goes to this client any more. Also when the work has ended."""
    who = check_can_read_client(by, participant_id, at=at)
    remove_address(who.person_id, by=by, at=at)


def choose_when(participant_id: UUID, *, before: str, after: str, by: Viewer, at: datetime) -> None:
    """Which check-ins go by themselves, and at which hour; empty where none."""
    who = get_participant(participant_id, by=by, at=at)
    with unit():
        choose_sending(who, moment=Sending.Moment.BEFORE, how=before, by=by, at=at)
        choose_sending(who, moment=Sending.Moment.AFTER, how=after, by=by, at=at)
