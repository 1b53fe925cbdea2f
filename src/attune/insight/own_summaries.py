"""What a client's therapists tell of their sessions, for that client: what was shown, and how it was told before."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import own_participations
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Session
from attune.care.summaries.models import Summary
from attune.care.summaries.readers import list_shown_to
from attune.insight.checkin_form import names_of_readers
from attune.insight.summary_page import Told, told_by_author
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class OwnSession:
    """One session of which something is told."""

    session: Session
    told: list[Told]


@dataclass(frozen=True)
class OwnSummaries:
    """One work of the client. `readers`: who works with them now, the longest first."""

    participant: Participant
    readers: tuple[str, ...]
    sessions: list[OwnSession]

    @property
    def is_alone(self) -> bool:
        """Whether nobody else reads the same."""
        return self.participant.episode.kind == "individual"


def list_own_summaries(viewer: Viewer, *, at: datetime) -> list[OwnSummaries]:
    """Each of the client's works, the newest session first; leaves one event."""
    own = list(own_participations(viewer).select_related("person", "episode").order_by("-since", "id"))
    if not own:
        raise NotYours
    shown = {who.id: list_shown_to(who) for who in own}
    every = [one for listed in shown.values() for one in listed]
    load_for([*(one.author for one in every), *every])
    note("summaries.read", by=viewer, at=at, shown=[viewer.me])
    return [OwnSummaries(who, names_of_readers(who.episode_id, at=at), _sessions(shown[who.id])) for who in own]


def _sessions(shown: list[Summary]) -> list[OwnSession]:
    return [OwnSession(session, told_by_author(listed)) for session, listed in groupby(shown, lambda one: one.session)]
