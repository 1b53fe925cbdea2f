"""One appointment, for who may work in its episode."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_work_in
from attune.care.episodes.models import Episode
from attune.care.schedule.actions import list_following
from attune.care.schedule.models import Appointment
from attune.care.schedule.times import notice
from attune.insight.names import names_of
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class AppointmentPage:
    """A page on which an appointment is changed: whose it is, and what follows it in its series."""

    appointment: Appointment
    names: str
    alone: bool
    following: list[Appointment]
    at: datetime

    @property
    def notice(self) -> str:
        """How long before its hour it would be said now."""
        return notice(self.at, self.appointment.starts_at, self.appointment.zone)

    @property
    def ahead(self) -> bool:
        """Its hour has not come."""
        return self.appointment.starts_at > self.at


def get_appointment(viewer: Viewer, appointment_id: UUID, *, at: datetime) -> Appointment:
    """The appointment, or `NotYours`."""
    appointment = Appointment.objects.filter(pk=appointment_id).first()
    if appointment is None:
        raise NotYours
    check_can_work_in(viewer, appointment.episode_id, at=at)
    return appointment


def get_appointment_page(viewer: Viewer, appointment_id: UUID, *, at: datetime) -> AppointmentPage:
    """The same with the names of its clients; leaves one event."""
    appointment = get_appointment(viewer, appointment_id, at=at)
    episode = Episode.objects.get(pk=appointment.episode_id)
    people = [who.person for who in episode.participants.select_related("person").order_by("since", "id")]
    load_for(people)
    note(
        "appointment.read",
        by=viewer,
        at=at,
        subject=appointment.id,
        subject_kind="appointment",
        episode=episode.id,
        shown=[one.id for one in people],
    )
    return AppointmentPage(appointment, names_of(people), len(people) == 1, list(list_following(appointment)), at)
