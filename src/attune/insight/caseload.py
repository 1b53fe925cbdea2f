"""The caseload: who a therapist works with, when they meet next, and what waits; the same few queries for all."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from attune.audit.journal import note
from attune.care.access.relations import visible_episodes
from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode, Participant
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment
from attune.care.schedule.readers import list_ahead
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass
class Row:
    """One episode of the list."""

    episode: Episode
    people: list[Participant] = field(default_factory=list)
    appointment: Appointment | None = None
    last_response: datetime | None = None
    unread: int = 0
    concerns: int = 0

    @property
    def names(self) -> str:
        """The names by which these clients go, in the order in which they joined."""
        return ", ".join(str(who.person.name) for who in self.people)


def list_caseload(viewer: Viewer, *, at: datetime) -> list[Row]:
    """The episodes of this viewer: open concerns first, then unread words, then by the next appointment."""
    rows = {episode.id: Row(episode) for episode in visible_episodes(viewer, at=at).order_by("id")}
    _add_people(rows)
    _add_appointments(rows)
    _add_waiting(rows)
    shown = [who.person_id for row in rows.values() for who in row.people]
    note("caseload.read", by=viewer, at=at, shown=shown)
    far = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(
        rows.values(),
        key=lambda row: (
            not row.concerns,
            not row.unread,
            row.appointment.starts_at if row.appointment else far,
            row.names,
        ),
    )


def _add_people(rows: dict[UUID, Row]) -> None:
    people = list(Participant.objects.select_related("person").filter(episode__in=rows).order_by("since", "id"))
    load_for(who.person for who in people)
    for who in people:
        rows[who.episode_id].people.append(who)


def _add_appointments(rows: dict[UUID, Row]) -> None:
    for appointment in list_ahead().filter(episode__in=rows).reverse():
        rows[appointment.episode_id].appointment = appointment


def _add_waiting(rows: dict[UUID, Row]) -> None:
    latest = Response.objects.filter(participant__episode__in=rows, replaced_by=None)
    for episode, last in latest.values_list("participant__episode").annotate(Max("given_at")):
        rows[episode].last_response = last
    for episode in latest.filter(read_at=None).values_list("participant__episode", flat=True):
        rows[episode].unread += 1
    open_concerns = Concern.objects.filter(participant__episode__in=rows, answered_at=None)
    for episode in open_concerns.values_list("participant__episode", flat=True):
        rows[episode].concerns += 1
