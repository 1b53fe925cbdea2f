"""How the time of a session was kept: a sentence, never a rate."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop, ngettext

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_work_in
from attune.care.schedule.models import Session
from attune.insight.names import names_of
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for

_BARE = {
    "planned": gettext_noop("Time: as planned."),
    "late": gettext_noop("Time: started late."),
    "early": gettext_noop("Time: ended early."),
    "over": gettext_noop("Time: ran over."),
}


def kept_in_words(session: Session) -> str:
    """The sentence; nothing where nobody said."""
    if not session.kept:
        return ""
    if session.off_by is None:
        return gettext(_BARE[session.kept])
    said = {
        "late": ngettext("Time: started %(n)d minute late.", "Time: started %(n)d minutes late.", session.off_by),
        "early": ngettext("Time: ended %(n)d minute early.", "Time: ended %(n)d minutes early.", session.off_by),
        "over": ngettext("Time: ran over by %(n)d minute.", "Time: ran over by %(n)d minutes.", session.off_by),
    }
    return said[session.kept] % {"n": session.off_by}


@dataclass(frozen=True)
class TimeKept:
    """The page on which it is said."""

    session: Session
    names: str


def get_time_kept(viewer: Viewer, session_id: UUID, *, at: datetime) -> TimeKept:
    """The session with the names of its clients, for who may work in its episode; leaves one event."""
    session = Session.objects.select_related("appointment").filter(pk=session_id).first()
    if session is None:
        raise NotYours
    episode = check_can_work_in(viewer, session.episode_id, at=at)
    people = [who.person for who in episode.participants.select_related("person").order_by("since", "id")]
    load_for(people)
    note(
        "session.read",
        by=viewer,
        at=at,
        subject=session.id,
        subject_kind="session",
        episode=episode.id,
        shown=[one.id for one in people],
    )
    return TimeKept(session, names_of(people))
