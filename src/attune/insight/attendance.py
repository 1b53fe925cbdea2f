"""What happened to times since the last session, as the lenses may know it: what and at whose wish, never why."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment, Move
from attune.practices.evidence import Change

_WORDS = {Appointment.State.CANCELLED: "cancelled", Appointment.State.NOT_SEEN: "not_seen"}


def list_changes(
    episode: Episode, ahead: Appointment | None, last: datetime | None, zone: ZoneInfo
) -> Sequence[Change]:
    """What was called off between the last session and the appointment ahead, and how often that one was moved.

    Two queries, however long the course.
    """
    between = Q(starts_at__lt=ahead.starts_at) if ahead else Q()
    if last is not None:
        between &= Q(starts_at__gt=last)
    off = episode.appointments.filter(between, state__in=_WORDS).order_by("starts_at")
    moves = Move.objects.filter(appointment=ahead).order_by("moved_at")
    return (
        *(
            Change(_WORDS[Appointment.State(one.state)], one.starts_at.astimezone(zone), one.cancelled_by)
            for one in off
        ),
        *(Change("moved", one.from_at.astimezone(zone), one.side) for one in moves),
    )
