"""A client's list of *not these people*: in their own pages, or entered by their therapist at the client's word."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.care.access.relations import check_can_read_client, check_is_own, has_therapist
from attune.care.episodes.models import Assignment, Episode, KeptOut, Participant
from attune.people.models import Person
from attune.people.readers import list_staff
from attune.people.viewers import Viewer


def keep_out(participant_id: UUID, *, staff_id: UUID | None, by: Viewer, at: datetime) -> None:
    """From now on this member of the staff sees nothing of this client. Twice is once.

    Refuses whoever enters it, and whoever would leave running work of the client without a therapist.
    """
    who = _get_participant(participant_id, by=by, at=at)
    if staff_id == by.me:
        raise Refused("You cannot keep yourself out: end this work, or hand it over.")
    if staff_id not in {one.id for one in list_staff(at=at)} - {who.person_id}:
        raise Refused("Choose somebody from the list.")
    with unit() as record:
        Person.objects.select_for_update().get(pk=who.person_id)  # two at once: one after the other
        kept, new = KeptOut.objects.get_or_create(
            participant=who, staff_id=staff_id, until=None, defaults={"since": at}
        )
        if new:
            _check_somebody_stays(kept, by=by, at=at)
            _record(record, "client.keeps-out", kept, by=by, at=at)


def let_in(participant_id: UUID, *, staff_id: UUID | None, by: Viewer, at: datetime) -> None:
    """The client takes it back: what else lets this person in holds again."""
    who = _get_participant(participant_id, by=by, at=at)
    with unit() as record:
        kept = KeptOut.objects.select_for_update().filter(participant=who, staff=staff_id, until=None).first()
        if kept is None:
            raise Conflict("This person is not on the list any more.")
        KeptOut.objects.filter(pk=kept.pk).update(until=at)
        _record(record, "client.lets-in", kept, by=by, at=at)


def _get_participant(participant_id: UUID, *, by: Viewer, at: datetime) -> Participant:
    """Also when the work has ended: the record is still there to be kept from somebody."""
    if Participant.objects.filter(pk=participant_id, person=by.me).exists():
        return check_is_own(by, participant_id)
    return check_can_read_client(by, participant_id, at=at)


def _check_somebody_stays(kept: KeptOut, *, by: Viewer, at: datetime) -> None:
    """Running work in which nobody reads what the client says would be worse than no list."""
    left = Assignment.objects.filter(
        therapist=kept.staff_id,
        until=None,
        episode__state=Episode.State.WORKING,
        episode__participants__person=kept.participant.person_id,
    )
    if not all(has_therapist(one.episode_id, at=at) for one in left):
        if kept.participant.person_id == by.me:
            raise Refused("Nobody would be left here to work with you. Tell them, or the clinic, what you want.")
        raise Refused("Nobody would be left who reads what this client says: first give the work another therapist.")


def _record(record: Record, verb: str, kept: KeptOut, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=kept.id, subject_kind="kept-out", episode=kept.participant.episode_id)
