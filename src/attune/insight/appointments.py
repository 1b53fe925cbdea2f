"""One appointment, for who may work in its episode."""

from datetime import datetime
from uuid import UUID

from attune.base.errors import NotYours
from attune.care.access.relations import check_can_work_in
from attune.care.schedule.models import Appointment
from attune.people.viewers import Viewer


def get_appointment(viewer: Viewer, appointment_id: UUID, *, at: datetime) -> Appointment:
    """The appointment, or `NotYours`."""
    appointment = Appointment.objects.filter(pk=appointment_id).first()
    if appointment is None:
        raise NotYours
    check_can_work_in(viewer, appointment.episode_id, at=at)
    return appointment
