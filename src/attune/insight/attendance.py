"""What happened to times since the last session, as the lenses may know it: what and at whose wish, never why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from attune.base.prepared import prepared
from attune.care.schedule.models import Appointment, Move
from attune.practices.evidence import Change

_WORDS = {Appointment.State.CANCELLED: "cancelled", Appointment.State.NOT_SEEN: "not_seen"}


@dataclass(frozen=True)
class Around:
    """The times of an episode: the appointment ahead, when the last session was held, the zone they are told in."""

    episode: UUID
    ahead: Appointment | None
    last: datetime | None
    zone: ZoneInfo

    def holds(self, starts_at: datetime) -> bool:
        """Whether this moment lies between the last session and the appointment ahead."""
        return (self.last is None or starts_at > self.last) and (self.ahead is None or starts_at < self.ahead.starts_at)


def list_changes(times: Collection[Around]) -> dict[UUID, list[Change]]:
    """What was called off between the last session and the appointment ahead, and how often that one was moved.

    Two queries, however many episodes, and however long their course.
    """
    by_episode = {one.episode: one for one in times}
    changes: dict[UUID, list[Change]] = {one.episode: [] for one in times}
    for off in _list_off(by_episode):
        around = by_episode[off.episode_id]
        if around.holds(off.starts_at):
            told = Change(_WORDS[Appointment.State(off.state)], off.starts_at.astimezone(around.zone), off.cancelled_by)
            changes[off.episode_id].append(told)
    by_ahead = {one.ahead.id: one for one in times if one.ahead}
    for move in _list_moves(by_ahead):
        around = by_ahead[move.appointment_id]
        changes[around.episode].append(Change("moved", move.from_at.astimezone(around.zone), move.side))
    return changes


@prepared
def _list_off(episodes: Collection[UUID]) -> QuerySet[Appointment]:
    return Appointment.objects.filter(episode__in=episodes, state__in=_WORDS).order_by("starts_at")


@prepared
def _list_moves(appointments: Collection[UUID]) -> QuerySet[Move]:
    return Move.objects.filter(appointment__in=appointments).order_by("moved_at")
