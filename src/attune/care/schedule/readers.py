"""What may be asked about times."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from attune.care.schedule.models import Appointment

#: An appointment is still "the next" so long after its beginning, until it was entered as held.
STILL_NEXT = timedelta(hours=12)


def list_ahead(*, at: datetime) -> QuerySet[Appointment]:
    """Planned appointments that were not entered as held, the next one first."""
    planned = Appointment.objects.filter(state=Appointment.State.PLANNED, session=None)
    return planned.filter(starts_at__gt=at - STILL_NEXT).order_by("starts_at")
