"""What may change about membership: an episode opens, a therapist leaves, somebody stands in, it ends."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from attune.audit.journal import unit
from attune.base.errors import Refused
from attune.care.episodes.models import Assignment, Episode, Grant, KeptOut, Participant
from attune.people.models import Person
from attune.people.viewers import Viewer

_HOW_MANY = {Episode.Kind.INDIVIDUAL: range(1, 2), Episode.Kind.COUPLE: range(2, 3), Episode.Kind.FAMILY: range(2, 13)}


def open_episode(*, kind: str, clients: Sequence[Person], therapist: Person, by: Viewer, at: datetime) -> Episode:
    """Begin a stretch of work between these clients and this therapist."""
    check_kind(kind, len(clients))
    check_not_kept_out(therapist, clients)
    with unit() as record:
        episode = Episode.objects.create(kind=kind, opened_at=at, zone=clients[0].zone)
        Participant.objects.bulk_create(Participant(episode=episode, person=who, since=at) for who in clients)
        Assignment.objects.create(episode=episode, therapist=therapist, since=at)
        record("episode.opened", by=by, at=at, subject=episode.id, subject_kind="episode", episode=episode.id)
    return episode


def check_kind(kind: str, clients: int) -> None:
    """One client, two for a couple, two to twelve for a family; raises `Refused`."""
    if kind not in Episode.Kind.values:
        raise Refused("Say first who comes.", {"kind": "Choose one of the three."})
    if clients not in _HOW_MANY[Episode.Kind(kind)]:
        why = "This does not fit the number of names below: one client, two for a couple, two or more for a family."
        raise Refused(why, {"kind": why})


def check_not_kept_out(staff: Person, clients: Iterable[Person]) -> None:
    """Raises `Refused` where one of these clients does not want this person to see anything of theirs."""
    if KeptOut.objects.filter(staff=staff, participant__person__in=clients, until=None).exists():
        raise Refused("Somebody who takes part does not want this person to see anything: choose somebody else.")


def end_assignment(assignment: Assignment, *, by: Viewer, at: datetime) -> None:
    """A therapist leaves the episode; from this moment its doors are shut to them."""
    with unit() as record:
        Assignment.objects.filter(pk=assignment.pk, until=None).update(until=at)
        record(
            "assignment.ended",
            by=by,
            at=at,
            subject=assignment.id,
            subject_kind="assignment",
            episode=assignment.episode_id,
        )


def grant_deputy(episode: Episode, *, person: Person, until: datetime, reason: str, by: Viewer, at: datetime) -> Grant:
    """Let a colleague stand in until a day, with a reason that is kept."""
    if until <= at or not reason.strip():
        raise Refused("A deputy needs an end that lies ahead, and a reason.", {"until": "Choose a later day."})
    check_not_kept_out(person, Person.objects.filter(participations__episode=episode))
    with unit() as record:
        grant = Grant.objects.create(
            episode=episode, person=person, kind=Grant.Kind.DEPUTY, since=at, until=until, reason=reason
        )
        record("grant.given", by=by, at=at, subject=grant.id, subject_kind="grant", episode=episode.id)
    return grant


def end_episode(episode: Episode, *, by: Viewer, at: datetime) -> None:
    """The work has ended. The record stays readable to its therapist; nothing new is asked."""
    with unit() as record:
        Episode.objects.filter(pk=episode.pk, state=Episode.State.WORKING).update(
            state=Episode.State.ENDED, ended_at=at
        )
        record("episode.ended", by=by, at=at, subject=episode.id, subject_kind="episode", episode=episode.id)
