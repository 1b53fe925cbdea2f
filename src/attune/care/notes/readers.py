"""What may be asked about private notes: by their author, and by nobody else."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.care.notes.models import Keeping, PrivateNote
from attune.people.viewers import Viewer

#: For how many days where nobody chose. Source: the clinical reading, 2.3.
UNLESS_CHOSEN = 30


def get_days(viewer: Viewer) -> int:
    """For how many days this viewer keeps their notes, as they chose last."""
    chosen = Keeping.objects.filter(author=viewer.me).values_list("days", flat=True).first()
    return chosen or UNLESS_CHOSEN


def get_note(viewer: Viewer, appointment_id: UUID, *, at: datetime) -> PrivateNote | None:
    """The viewer's own note of this hour with its moments, unless it has folded away."""
    mine = PrivateNote.objects.filter(author=viewer.me, appointment=appointment_id, folds_at__gt=at)
    return mine.prefetch_related("moments").first()


def list_notes(viewer: Viewer, *, at: datetime) -> list[PrivateNote]:
    """All of the viewer's own that have not folded away, the newest hour first."""
    mine = PrivateNote.objects.filter(author=viewer.me, folds_at__gt=at).select_related("appointment")
    return list(mine.prefetch_related("moments").order_by("-appointment__starts_at", "-id"))


def moments_of(note: PrivateNote | None, zone: str) -> list[datetime]:
    """What its author wants to come back to, in its order and in the zone of the hour."""
    return sorted(one.at.astimezone(ZoneInfo(zone)) for one in note.moments.all()) if note else []


def arrival_of(note: PrivateNote | None) -> Mapping[str, str]:
    """Body, mind and heart → how they had arrived; what was not touched is not there."""
    arrived = (note.arrived or "") if note else ""
    return dict(pair.split(":", 1) for pair in arrived.split())
