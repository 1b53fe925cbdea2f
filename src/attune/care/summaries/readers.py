"""What may be asked about summaries. Who may ask is said by `access`, before."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from attune.care.episodes.models import Participant
from attune.care.summaries.models import Summary
from attune.people.viewers import Viewer

#: What was just shown can be taken back within so long.
TAKEN_BACK_WITHIN = timedelta(minutes=10)


def list_of_session(viewer: Viewer, session_id: UUID) -> list[Summary]:
    """All versions that were shown, and the viewer's own draft: each author's newest first."""
    seen = Q(released_at__isnull=False) | Q(author=viewer.me)
    found = Summary.objects.select_related("author").filter(seen, session=session_id)
    return list(found.order_by("author", "-version"))


def list_shown_to(who: Participant) -> list[Summary]:
    """What was shown to this client: of every session until they left, the newest session and version first."""
    shown = Summary.objects.select_related("author", "session__appointment", "episode")
    shown = shown.filter(episode=who.episode_id, released_at__isnull=False)
    if who.until is not None:
        shown = shown.filter(session__held_at__lte=who.until)
    return list(shown.order_by("-session__number", "author", "-version"))


def list_shown() -> QuerySet[Summary]:
    """Whatever was shown to clients, of all work."""
    return Summary.objects.filter(released_at__isnull=False).select_related("session", "episode")


def list_states(viewer: Viewer, episode_id: UUID) -> dict[UUID, str]:
    """Session → `shown`, or `draft` where this viewer has begun one that nobody else has seen."""
    of_episode = Summary.objects.filter(episode=episode_id)
    drafts = of_episode.filter(author=viewer.me, released_at=None).values_list("session", flat=True)
    shown = of_episode.filter(released_at__isnull=False).values_list("session", flat=True)
    return dict.fromkeys(shown, "shown") | dict.fromkeys(drafts, "draft")


def who_reads(people: Iterable[Participant], held_at: datetime) -> list[Participant]:
    """Of these clients, those who had not left when the session was held."""
    return [who for who in people if who.until is None or who.until >= held_at]


def can_take_back(summary: Summary, *, by: Viewer, at: datetime) -> bool:
    """Its author, for ten minutes after it was shown, whether somebody has read it or not."""
    shown = summary.released_at
    return summary.author_id == by.person_id and shown is not None and at - shown < TAKEN_BACK_WITHIN
