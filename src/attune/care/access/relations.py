"""How a viewer stands to an episode, and what follows: one rule, asked of lists and of single objects."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from attune.base.errors import Conflict, NotYours
from attune.base.prepared import prepared
from attune.care.episodes.models import Assignment, Episode, Grant, KeptOut, Participant
from attune.people.models import Person, Role
from attune.people.viewers import Viewer


def list_readers(episode_id: UUID, *, at: datetime) -> list[Person]:
    """Everybody who may read this episode at the desk: its therapists, longest first, then deputies.

    What a client is told about who reads their words is built from this and from nothing else.
    """
    assigned = [one.therapist for one in _list_assigned(episode_id, at)]
    return list(dict.fromkeys([*assigned, *(one.person for one in _list_deputies(episode_id, at))]))


def visible_episodes(viewer: Viewer, *, at: datetime) -> QuerySet[Episode]:
    """The episodes whose record this viewer may read at the desk: assigned to them, or as a deputy.

    Everybody else gets none: a supervisor, an operator, a therapist of other clients, a past therapist, and whoever
    one of the clients keeps out.
    """
    return _visible_to(viewer.me, at) if Role.Name.THERAPIST in viewer.roles else Episode.objects.none()


def list_visible_episodes(viewer: Viewer, *, at: datetime) -> list[Episode]:
    """The same, oldest first."""
    return _list_visible(viewer.me, at) if Role.Name.THERAPIST in viewer.roles else []


def list_ever_readers(episodes: Collection[UUID]) -> set[UUID]:
    """Who has ever been let in to one of these, as a therapist or by a grant."""
    assigned = Assignment.objects.filter(episode__in=episodes).values_list("therapist", flat=True)
    return {*assigned, *Grant.objects.filter(episode__in=episodes).values_list("person", flat=True)}


def has_therapist(episode_id: UUID, *, at: datetime) -> bool:
    """Whether one of the assigned therapists may still read it; a deputy alone is nobody to stay with."""
    return _assigned_to(episode_id, at).exists()


def _visible_to(me: UUID, at: datetime) -> QuerySet[Episode]:
    assigned = _held_at(at).filter(therapist=me).values("episode")
    deputy = _deputies_at(at).filter(person=me).values("episode")
    kept_out = _kept_out_at(at).filter(staff=me, participant__person__participations__episode=OuterRef("pk"))
    # Theirs are few, and found by their own rows: asked one by one, every episode of the house would be looked at.
    return Episode.objects.filter(~Exists(kept_out), pk__in=assigned.union(deputy))


@prepared
def _list_visible(me: UUID, at: datetime) -> QuerySet[Episode]:
    return _visible_to(me, at).order_by("id")


@prepared
def _find_visible(me: UUID, at: datetime, episode: UUID) -> QuerySet[Episode]:
    return _visible_to(me, at).filter(pk=episode)


def _assigned_to(episode: UUID, at: datetime) -> QuerySet[Assignment]:
    return _held_at(at).filter(episode=episode).exclude(therapist__in=_kept_out_of(episode, at))


@prepared
def _list_assigned(episode: UUID, at: datetime) -> QuerySet[Assignment]:
    return _assigned_to(episode, at).select_related("therapist").order_by("since")


@prepared
def _list_deputies(episode: UUID, at: datetime) -> QuerySet[Grant]:
    let_in = _deputies_at(at).filter(episode=episode).exclude(person__in=_kept_out_of(episode, at))
    return let_in.select_related("person").order_by("since")


def _held_at(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _deputies_at(at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(kind=Grant.Kind.DEPUTY, since__lte=at, until__gt=at)


def _kept_out_at(at: datetime) -> QuerySet[KeptOut]:
    return KeptOut.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _kept_out_of(episode: UUID, at: datetime) -> QuerySet[KeptOut, UUID]:
    """Whom one of those who take part keeps out, wherever they said so."""
    said = _kept_out_at(at).filter(participant__person__participations__episode=episode)
    return said.values_list("staff", flat=True)


def check_can_read_episode(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Episode:
    """The episode, or `NotYours`: missing and another's are the same answer."""
    found = _find_visible(viewer.me, at, episode_id) if Role.Name.THERAPIST in viewer.roles else []
    if not found:
        raise NotYours
    return found[0]


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


def own_participations(viewer: Viewer) -> QuerySet[Participant]:
    """What stands in this client's own pages: each part that they take in some work, if it was opened to them."""
    return Participant.objects.filter(person=viewer.me, own_pages_since__isnull=False)


def check_is_own(viewer: Viewer, participant_id: UUID) -> Participant:
    """The viewer's own part in some work, or `NotYours`; in ended work, too."""
    found = own_participations(viewer).select_related("person", "episode").filter(pk=participant_id).first()
    if found is None:
        raise NotYours
    return found


def check_can_read_client(viewer: Viewer, participant_id: UUID, *, at: datetime) -> Participant:
    """One client of an episode that this viewer may read at the desk, or `NotYours`."""
    found = _find_participant(participant_id)
    if not found:
        raise NotYours
    check_can_read_episode(viewer, found[0].episode_id, at=at)
    return found[0]


@prepared
def _find_participant(participant: UUID) -> QuerySet[Participant]:
    return Participant.objects.select_related("person", "episode").filter(pk=participant)


def check_can_write(who: Participant, *, at: datetime) -> None:
    """Raises `Conflict` where the work has ended, or this client has left it: what was written stays readable."""
    if not can_write(who, at=at):
        raise Conflict("This work has ended: nothing new can be written here. What was written can still be read.")


def can_write(who: Participant, *, at: datetime) -> bool:
    """Whether `check_can_write` would let it pass."""
    return who.episode.state == Episode.State.WORKING and (who.until is None or who.until > at)
