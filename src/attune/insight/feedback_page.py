"""What one client asked for, what was answered, what came of it: as it stands at the desk, and on their own pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median_high
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.audit.journal import note
from attune.care.access.relations import can_write, check_can_read_client
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import get_word
from attune.care.feedback.loops import Loop
from attune.care.feedback.models import Verdict
from attune.care.feedback.readers import list_loops_at_desk
from attune.insight.names import names_of
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for

_ORDER = ("waits", "talk", "told", "closed")


@dataclass(frozen=True)
class FeedbackPage:
    """Everything that the page names. `loops`: what waits first, then the newest word first."""

    participant: Participant
    name: str
    loops: Sequence[Loop]
    unopened: int
    may_write: bool
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days are told."""
        return ZoneInfo(self.participant.episode.zone)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else takes part in this work."""
        return self.participant.episode.kind == "individual"

    @property
    def answered(self) -> int:
        """How many of the wishes have an answer."""
        return sum(1 for loop in self.loops if loop.turns)

    @property
    def days(self) -> int:
        """Within how many days the first answer came, to half of those that have one."""
        took = [
            self._day(loop.turns[0].answer.answered_at) - self._day(loop.word.said_at)
            for loop in self.loops
            if loop.turns
        ]
        return median_high(took) if took else 0

    def _day(self, moment: datetime) -> int:
        return moment.astimezone(self.zone).toordinal()

    def taken(self, verdict: Verdict) -> str:
        """How it was taken when they said so, once a night has passed; what they would rather not say is never told."""
        if verdict.taken_at is None or verdict.taken == Verdict.Taken.RATHER_NOT:
            return ""
        return verdict.taken if self._day(verdict.taken_at) < self._day(self.at) else ""


def get_feedback_page(viewer: Viewer, participant_id: UUID, *, at: datetime) -> FeedbackPage:
    """The page of one client at the desk, for who may read the episode; leaves one event."""
    who = check_can_read_client(viewer, participant_id, at=at)
    found = list_loops_at_desk({who.id: who})
    loops = sorted(found.of.get(who.id, []), key=lambda loop: _ORDER.index(loop.state))
    return _page(viewer, who, loops, found.unopened.get(who.id, 0), at=at)


def get_answer_page(viewer: Viewer, word_id: UUID, *, at: datetime) -> FeedbackPage:
    """The same of one word alone, which is to be answered."""
    word = get_word(word_id, by=viewer, at=at)
    loops = list_loops_at_desk({word.participant_id: word.participant}).of[word.participant_id]
    return _page(viewer, word.participant, [loop for loop in loops if loop.word.id == word.id], 0, at=at)


def _page(viewer: Viewer, who: Participant, loops: Sequence[Loop], unopened: int, *, at: datetime) -> FeedbackPage:
    load_for([who.person, *(turn.answer.answered_by for loop in loops for turn in loop.turns)])
    note("feedback.shown", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return FeedbackPage(who, names_of([who.person]), loops, unopened, can_write(who, at=at), at)
