"""The brief: an episode's evidence, the eight asked in turn, one page. The same few queries for everybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.rules import Shown
from attune.care.episodes.models import Episode, Participant
from attune.care.safety.models import Concern
from attune.insight.evidence import Material, ahead_of, before_of, evidence_of, get_material
from attune.insight.names import initials
from attune.people.viewers import Viewer
from attune.practices import brief, joint
from attune.practices.page import Page


@dataclass(frozen=True)
class Brief:
    """The composed page, with the rows that its links lead to."""

    page: Page
    episode: Episode
    people: list[Participant]
    concerns: list[Concern]
    show: dict[int, UUID]
    """Session number → the response behind "Show me"."""


def get_brief(viewer: Viewer, episode_id: UUID, *, at: datetime) -> Brief | None:
    """The brief for the appointment ahead, for who may read the episode; leaves one event.

    None while something that it would show has not been opened: nothing is seen before it counts as read.
    """
    episode = check_can_read_episode(viewer, episode_id, at=at)
    found = get_material(viewer, episode)
    if has_unopened(found):
        return None
    note(
        "brief.read",
        by=viewer,
        at=at,
        subject=episode.id,
        subject_kind="episode",
        episode=episode.id,
        shown=[who.person_id for who in found.people],
    )
    return Brief(
        page=page_of(found, at=at),
        episode=episode,
        people=found.people,
        concerns=[concern for listed in found.concerns.values() for concern in listed],
        show=_behind(found),
    )


def has_unopened(found: Material) -> bool:
    """Whether something that the page would show has not been opened."""
    shown = Shown(
        found.ahead.id if found.ahead else None,
        found.sessions[-1].id if found.sessions else None,
        found.episode.kind == Episode.Kind.INDIVIDUAL,
    )
    came = [*found.responses.values(), *found.measured.values()]
    return any(one.read_at is None and shown.covers(one.invitation) for listed in came for one in listed)


def page_of(found: Material, *, at: datetime) -> Page:
    """The page composed from what is known, read or not: whoever shows it asks `has_unopened` first."""
    made_at = at.astimezone(found.zone)
    if found.episode.kind == Episode.Kind.INDIVIDUAL:
        return brief.compose(evidence_of(found, found.people[0], at=at), made_at)
    short = initials([str(who.person.name) for who in found.people])
    members = [
        joint.Member(initial, before_of(found, who), bool(found.concerns[who.id]))
        for initial, who in zip(short, found.people, strict=True)
    ]
    return joint.compose_joint(joint.Together(found.episode.kind, members, ahead_of(found, None, at=at)), made_at)


def _behind(found: Material) -> dict[int, UUID]:
    if len(found.people) != 1:
        return {}
    numbers = {session.id: session.number for session in found.sessions}
    return {
        numbers[one.invitation.session_id]: one.id
        for one in found.responses[found.people[0].id]
        if one.invitation.session_id in numbers
    }
