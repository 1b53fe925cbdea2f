"""What a client's therapists tell of their sessions, for that client: what was shown, and how it was told before."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_write, own_participations
from attune.care.episodes.models import Participant
from attune.care.messages.models import Message
from attune.care.messages.readers import list_additions
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
    """One work of the client. `readers`: who works with them now, the longest first; `may_add`: it goes on."""

    participant: Participant
    readers: tuple[str, ...]
    may_add: bool
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
    added = [one for one in list_additions([one.id for one in every]) if one.author_id == viewer.me]
    load_for([*(one.author for one in every), *every, *added])
    note("summaries.read", by=viewer, at=at, shown=[viewer.me])
    return [
        OwnSummaries(
            who, names_of_readers(who.episode_id, at=at), can_write(who, at=at), _sessions(shown[who.id], added)
        )
        for who in own
    ]


def _sessions(shown: list[Summary], added: list[Message]) -> list[OwnSession]:
    by_session = groupby(shown, lambda one: one.session)
    return [OwnSession(session, told_by_author(listed, added)) for session, listed in by_session]
