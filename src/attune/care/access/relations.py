"""How a viewer stands to an episode, and what follows: one rule, asked of lists and of single objects."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from attune.base.errors import Conflict, NotYours
from attune.care.episodes.models import Assignment, Episode, Grant
from attune.people.models import Role
from attune.people.viewers import Viewer


def visible_episodes(viewer: Viewer, *, at: datetime) -> QuerySet[Episode]:
    """The episodes whose record this viewer may read at the desk: assigned to them, or as a deputy.

    Everybody else gets none: a supervisor, an operator, a therapist of other clients, a past therapist.
    """
    if Role.Name.THERAPIST not in viewer.roles:
        return Episode.objects.none()
    held = Q(until__isnull=True) | Q(until__gt=at)
    mine = Assignment.objects.filter(held, episode=OuterRef("pk"), therapist=viewer.person_id, since__lte=at)
    deputy = Grant.objects.filter(
        episode=OuterRef("pk"), person=viewer.person_id, kind=Grant.Kind.DEPUTY, since__lte=at, until__gt=at
    )
    return Episode.objects.filter(Exists(mine) | Exists(deputy))


def check_can_read_episode(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Episode:
    """The episode, or `NotYours`: missing and another's are the same answer."""
    episode = visible_episodes(viewer, at=at).filter(pk=episode_id).first()
    if episode is None:
        raise NotYours
    return episode


def can_read_episode(viewer: Viewer, episode_id: UUID, *, at: datetime) -> bool:
    """Whether `check_can_read_episode` would let this viewer pass."""
    return visible_episodes(viewer, at=at).filter(pk=episode_id).exists()


def check_can_work_in(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Episode:
    """The episode, if this viewer may read it and it has not ended."""
    episode = check_can_read_episode(viewer, episode_id, at=at)
    if episode.state != Episode.State.WORKING:
        raise Conflict("This work has ended: nothing new can be entered.")
    return episode
