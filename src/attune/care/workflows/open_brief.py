"""A therapist opens the brief: what the clients sent since is read from this moment on."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.actions import mark_read
from attune.care.checkins.models import Response
from attune.people.viewers import Viewer


def open_brief(episode_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Mark as read every response of the episode that was not."""
    episode = check_can_read_episode(by, episode_id, at=at)
    unread = Response.objects.select_related("participant").filter(participant__episode=episode, read_at=None)
    with unit():
        for response in unread.defer("answers"):
            mark_read(response, by=by, at=at)
