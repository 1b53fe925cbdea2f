"""What may be asked about consent."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from attune.base.errors import Conflict, NotYours
from attune.care.access.relations import check_can_read_episode, check_is_own
from attune.care.consent.models import Consent
from attune.care.episodes.models import Participant
from attune.people.viewers import Viewer


class Meeting(Protocol):
    """A session as consent knows it: when it was held, in which episode. The row itself is the schedule's."""

    @property
    def id(self) -> UUID:
        """Its id."""

    @property
    def episode_id(self) -> UUID:
        """Its episode."""

    @property
    def held_at(self) -> datetime:
        """When it was held."""


def get_standing_consent(viewer: Viewer, consent_id: UUID, *, at: datetime) -> Consent:
    """The consent, or `NotYours`; `Conflict` when it was taken back already."""
    found = Consent.objects.select_related("participant__person", "session").filter(pk=consent_id).first()
    if found is None:
        raise NotYours
    if found.participant.person_id == viewer.me:
        check_is_own(viewer, found.participant_id)
    else:
        check_can_read_episode(viewer, found.participant.episode_id, at=at)
    if found.revoked_at is not None:
        raise Conflict("This consent has been taken back already.")
    return found


def list_standing(session: Meeting) -> dict[UUID, Consent]:
    """Participant → the consent that stands for this session."""
    return {one.participant_id: one for one in Consent.objects.filter(session_id=session.id, revoked_at=None)}


def list_who_must_agree(session: Meeting) -> list[Participant]:
    """Every client who had not left the episode when the session was held: all of them may be heard in it.

    Since when they take part is not asked: that day is often entered after the first sessions.
    """
    took_part = Participant.objects.filter(episode=session.episode_id).select_related("person").order_by("since", "id")
    return [who for who in took_part if who.until is None or who.until >= session.held_at]
