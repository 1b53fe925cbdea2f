"""A client's own loops: what they said, what was answered, and where they can still say what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import can_write, check_is_own
from attune.care.episodes.models import Participant
from attune.care.feedback.loops import Loop
from attune.care.feedback.readers import list_own_answered, list_own_loops
from attune.insight.checkin_form import names_of_readers
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class OwnFeedback:
    """Everything that the page names. `readers`: who reads it beside the client."""

    participant: Participant
    loops: Sequence[Loop]
    readers: tuple[str, ...]
    may_write: bool

    @property
    def is_alone(self) -> bool:
        """Whether nobody else takes part in this work."""
        return self.participant.episode.kind == "individual"


def get_own_feedback(viewer: Viewer, participant_id: UUID, *, at: datetime) -> OwnFeedback:
    """The client's own page, in work that goes on and in work that has ended; leaves one event."""
    who = check_is_own(viewer, participant_id)
    loops = get_own_loops([who]).get(who.id, [])
    note("feedback.shown", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return OwnFeedback(who, loops, tuple(names_of_readers(who.episode_id, at=at)), can_write(who, at=at))


def get_own_loops(own: Sequence[Participant]) -> dict[UUID, list[Loop]]:
    """By participant, the newest word first, ready to be read."""
    return _readable(own, dict(list_own_loops({who.id: who for who in own}).of))


def get_own_answered(own: Sequence[Participant]) -> dict[UUID, list[Loop]]:
    """The same of those alone that have an answer."""
    return _readable(own, list_own_answered({who.id: who for who in own}))


def _readable(own: Sequence[Participant], found: dict[UUID, list[Loop]]) -> dict[UUID, list[Loop]]:
    answers = [turn.answer for loops in found.values() for loop in loops for turn in loop.turns]
    load_for([*(who.person for who in own), *(answer.answered_by for answer in answers)])
    return found
