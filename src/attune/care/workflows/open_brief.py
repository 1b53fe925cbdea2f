"""A therapist opens the brief: what it shows of what the clients sent is read from this moment on."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from attune.audit.journal import unit
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.actions import mark_read
from attune.care.checkins.models import Invitation, Response
from attune.care.episodes.models import Episode
from attune.care.schedule.readers import list_ahead
from attune.people.viewers import Viewer


def open_brief(episode_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Mark as read what the brief shows; a questionnaire, or a couple's check-ins after, stay unread until opened."""
    episode = check_can_read_episode(by, episode_id, at=at)
    with unit():
        for response in _shown_in_brief(episode).filter(read_at=None).defer("answers"):
            mark_read(response, by=by, at=at)


def _shown_in_brief(episode: Episode) -> QuerySet[Response]:
    ours = Response.objects.select_related("participant").filter(participant__episode=episode)
    if episode.kind == Episode.Kind.INDIVIDUAL:
        return ours.filter(invitation__kind__in=(Invitation.Kind.BEFORE, Invitation.Kind.AFTER))
    ahead = list_ahead().filter(episode=episode).first()
    return ours.filter(invitation__appointment=ahead) if ahead else ours.none()
