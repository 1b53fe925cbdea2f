"""What may be asked about times."""

from django.db.models import QuerySet

from attune.care.schedule.models import Appointment


def list_ahead() -> QuerySet[Appointment]:
    """Planned appointments, the next first; one whose hour has passed stays until it was entered."""
    return Appointment.objects.filter(state=Appointment.State.PLANNED, session=None).order_by("starts_at")
