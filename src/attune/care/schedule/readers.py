"""What may be asked about times."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from attune.base.prepared import prepared
from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment


def list_ahead() -> QuerySet[Appointment]:
    """Planned appointments, the next first; one whose hour has passed stays until it was entered."""
    return Appointment.objects.filter(state=Appointment.State.PLANNED, session=None).order_by("starts_at")


@prepared
def list_next(episodes: Collection[UUID]) -> QuerySet[Appointment]:
    """Of each of these episodes the next appointment, where one is planned: one row each, however many lie ahead."""
    first = Subquery(list_ahead().filter(episode=OuterRef("pk")).values("pk")[:1])
    return Appointment.objects.filter(
        pk__in=Episode.objects.filter(pk__in=episodes).annotate(next=first).values("next")
    )
