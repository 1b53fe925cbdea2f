"""A client's list of *not these people*: who is on it, and who of the staff could be."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import check_can_read_client, check_is_own, list_readers
from attune.care.episodes.models import KeptOut, Participant
from attune.people.models import Person
from attune.people.readers import list_staff
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class NotThesePeople:
    """Everything that the page names."""

    participant: Participant
    name: str
    listed: list[KeptOut]
    others: list[Person]
    readers: tuple[str, ...] = ()


def get_not_these_people(viewer: Viewer, participant_id: UUID, *, at: datetime) -> NotThesePeople:
    """The page of one client, for who may read the episode; leaves one event."""
    return _page(viewer, check_can_read_client(viewer, participant_id, at=at), at=at)


def get_own_list(viewer: Viewer, participant_id: UUID, *, at: datetime) -> NotThesePeople:
    """The client's own, with who can see it; leaves one event."""
    page = _page(viewer, check_is_own(viewer, participant_id), at=at)
    readers = list_readers(page.participant.episode_id, at=at)
    load_for(readers)
    alone = {one.id for one in readers} if len(readers) == 1 else set()
    return replace(
        page,
        readers=tuple(str(one.name) for one in readers),
        # Without them nobody would be left to work with: that is for the two, or the clinic, to change.
        others=[one for one in page.others if one.id not in alone],
    )


def _page(viewer: Viewer, who: Participant, *, at: datetime) -> NotThesePeople:
    listed = list(KeptOut.objects.select_related("staff").filter(participant=who, until=None).order_by("since"))
    known = {one.staff_id for one in listed} | {viewer.me, who.person_id}
    others = [one for one in list_staff(at=at) if one.id not in known]
    load_for([who.person, *others, *(one.staff for one in listed)])
    note("kept-out.read", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return NotThesePeople(who, str(who.person.name), listed, sorted(others, key=lambda one: str(one.name).casefold()))
