"""The caseload: who a therapist works with, when they meet next, and what waits; the same few queries for all."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from attune.audit.journal import note
from attune.base.prepared import prepared
from attune.care.access.relations import list_visible_episodes
from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.readers import list_waiting
from attune.care.messages.readers import list_unopened
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment
from attune.care.schedule.readers import list_next
from attune.insight.names import names_of
from attune.insight.rows import list_people
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
        return names_of(who.person for who in self.people)


@dataclass(frozen=True)
class Choice:
    """How a therapist wants to see the list: a part of a name, what waits, in which order. What is unknown is left."""

    name: str = ""
    waits: str = ""
    order: str = "waits"


def list_caseload(viewer: Viewer, choice: Choice | None = None, *, at: datetime) -> list[Row]:
    """The episodes of this viewer; unless chosen otherwise open concerns first, then unread words, then who is next."""
    choice = choice or Choice()
    rows = {episode.id: Row(episode) for episode in list_visible_episodes(viewer, at=at)}
    _add_people(rows)
    _add_appointments(rows)
    _add_waiting(rows)
    shown = sorted((row for row in rows.values() if _is_chosen(row, choice)), key=_ORDERS.get(choice.order, _by_waits))
    note("caseload.read", by=viewer, at=at, shown=[who.person_id for row in shown for who in row.people])
    return shown


def _is_chosen(row: Row, choice: Choice) -> bool:
    fits = _WAITS.get(choice.waits)
    return (fits is None or fits(row)) and choice.name.strip().casefold() in row.names.casefold()


_WAITS: dict[str, Callable[[Row], bool]] = {
    "unread": lambda row: row.unread > 0,
    "concern": lambda row: row.concerns > 0,
    "unplanned": lambda row: row.appointment is None and row.episode.state == Episode.State.WORKING,
    "working": lambda row: row.episode.state == Episode.State.WORKING,
    "ended": lambda row: row.episode.state == Episode.State.ENDED,
}


def _by_next(row: Row) -> tuple[bool, float, str]:
    starts = row.appointment.starts_at.timestamp() if row.appointment else 0.0
    return (row.appointment is None, starts, row.names.casefold())


def _by_waits(row: Row) -> tuple[bool, bool, bool, float, str]:
    return (not row.concerns, not row.unread, *_by_next(row))


def _by_heard(row: Row) -> tuple[float, str]:
    """Who was heard of longest ago first; who never was, before them."""
    return (row.last_response.timestamp() if row.last_response else 0.0, row.names.casefold())


_ORDERS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "waits": _by_waits,
    "next": _by_next,
    "name": lambda row: (row.names.casefold(),),
    "heard": _by_heard,
}


def _add_people(rows: dict[UUID, Row]) -> None:
    people = list_people(rows)
    load_for(who.person for who in people)
    for who in people:
        rows[who.episode_id].people.append(who)


def _add_appointments(rows: dict[UUID, Row]) -> None:
    for appointment in list_next(rows):
        rows[appointment.episode_id].appointment = appointment


def _add_waiting(rows: dict[UUID, Row]) -> None:
    for episode, last, unread in _list_came(rows):
        rows[episode].last_response = last
        rows[episode].unread += unread
    for one in list_unopened(rows):
        rows[one.episode].unread += one.many
    for said in list_waiting(rows):
        rows[said.episode].unread += said.many if said.unopened else 0
    for episode in _list_concerned(rows):
        rows[episode].concerns += 1


@prepared
def _list_came(episodes: Collection[UUID]) -> QuerySet[Response, tuple[UUID, datetime, int]]:
    standing = Response.objects.filter(participant__episode__in=episodes, replaced_by=None)
    by_episode = standing.values_list("participant__episode")
    return by_episode.annotate(last=Max("given_at"), unread=Count("id", filter=Q(read_at=None)))


@prepared
def _list_concerned(episodes: Collection[UUID]) -> QuerySet[Concern, UUID]:
    waiting = Concern.objects.filter(participant__episode__in=episodes, answered_at=None)
    return waiting.values_list("participant__episode", flat=True)
