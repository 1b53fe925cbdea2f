"""How a viewer stands to an episode, and what follows: one rule, asked of lists and of single objects."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from attune.base.errors import Conflict, NotYours
from attune.care.episodes.models import Assignment, Episode, Grant
from attune.people.models import Person, Role
from attune.people.viewers import Viewer


def list_readers(episode_id: UUID, *, at: datetime) -> list[Person]:
    """Everybody who may read this episode at the desk: its therapists, longest first, then deputies.

    What a client is told about who reads their words is built from this and from nothing else.
    """
    assigned = _held_at(at).select_related("therapist").filter(episode=episode_id).order_by("since")
    deputies = _deputies_at(at).select_related("person").filter(episode=episode_id).order_by("since")
    return list(dict.fromkeys([*(one.therapist for one in assigned), *(one.person for one in deputies)]))


def visible_episodes(viewer: Viewer, *, at: datetime) -> QuerySet[Episode]:
    """The episodes whose record this viewer may read at the desk: assigned to them, or as a deputy.

    Everybody else gets none: a supervisor, an operator, a therapist of other clients, a past therapist.
    """
    if Role.Name.THERAPIST not in viewer.roles:
        return Episode.objects.none()
    ours = OuterRef("pk")
    return Episode.objects.filter(
        Exists(_assigned(viewer, at=at).filter(episode=ours)) | Exists(_deputy(viewer, at=at).filter(episode=ours))
    )


def _held_at(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _deputies_at(at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(kind=Grant.Kind.DEPUTY, since__lte=at, until__gt=at)


def _assigned(viewer: Viewer, *, at: datetime) -> QuerySet[Assignment]:
    return _held_at(at).filter(therapist=viewer.person_id)


def _deputy(viewer: Viewer, *, at: datetime) -> QuerySet[Grant]:
    return _deputies_at(at).filter(person=viewer.person_id)


def check_can_read_episode(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Episode:
    """The episode, or `NotYours`: missing and another's are the same answer."""
    if Role.Name.THERAPIST in viewer.roles:
        for way_in in (_assigned(viewer, at=at), _deputy(viewer, at=at)):
            for found in way_in.select_related("episode").filter(episode=episode_id)[:1]:
                return found.episode
    raise NotYours


def can_read_episode(viewer: Viewer, episode_id: UUID, *, at: datetime) -> bool:
    """Whether `check_can_read_episode` would let this viewer pass."""
    try:
        check_can_read_episode(viewer, episode_id, at=at)
    except NotYours:
        return False
    return True


def check_can_work_in(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Episode:
    """The episode, if this viewer may read it and it has not ended."""
    episode = check_can_read_episode(viewer, episode_id, at=at)
    if episode.state != Episode.State.WORKING:
        raise Conflict("This work has ended: nothing new can be entered.")
    return episode
