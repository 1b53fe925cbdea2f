"""A therapist opens the brief: what it shows of what the clients sent is read from this moment on."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.actions import mark_read
from attune.care.checkins.models import Response
from attune.care.checkins.rules import Shown
from attune.care.episodes.models import Episode
from attune.care.schedule.readers import list_ahead
from attune.people.viewers import Viewer


def open_brief(episode_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Mark as read what the brief shows, and nothing else: the rest stays unread until it is opened by itself."""
    episode = check_can_read_episode(by, episode_id, at=at)
    with unit():
        ahead = list_ahead().filter(episode=episode).first()
        last = episode.sessions.order_by("-number").first()
        shown = Shown(ahead.id if ahead else None, last.id if last else None, episode.kind == Episode.Kind.INDIVIDUAL)
        unread = Response.objects.select_related("participant", "invitation").filter(participant__episode=episode)
        for response in unread.filter(read_at=None, replaced_by=None).order_by("id").defer("answers"):
            if shown.covers(response.invitation):
                mark_read(response, by=by, at=at)
