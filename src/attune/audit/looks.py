"""Who looked at somebody's things, by day. No hour: nobody is to see when a message of theirs was read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import TruncDate

from attune.audit.models import Shown


@dataclass(frozen=True)
class Where:
    """In which episodes; and in lists that are of no one episode, by which of the staff."""

    episodes: Collection[UUID]
    staff: Collection[UUID]


def list_looks(person: UUID, where: Where, *, before: datetime, zone: ZoneInfo) -> list[tuple[date, UUID]]:
    """Each day with each person who opened something of theirs, the newest day first."""
    looked = Shown.objects.filter(
        Q(event__episode__in=where.episodes) | Q(event__episode=None, event__actor__in=where.staff),
        person=person,
        event__actor__isnull=False,
        event__at__lt=before,
    ).exclude(event__actor=person)
    by_day = looked.annotate(day=TruncDate("event__at", tzinfo=zone)).order_by("-day", "event__actor")
    found = by_day.values_list("day", "event__actor").distinct()
    return [(day, actor) for day, actor in found if actor is not None]
