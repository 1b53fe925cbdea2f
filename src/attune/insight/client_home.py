"""A client's own home: when they meet next, what could be answered now, and the last words that they chose to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import own_participations
from attune.care.autonomy.models import Kept, Step
from attune.care.consent.models import Asked
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.loops import Loop
from attune.care.messages.readers import count_unopened
from attune.care.schedule.models import Appointment
from attune.care.schedule.readers import list_ahead
from attune.care.workflows.offer_next import get_next
from attune.insight.checkin_form import names_of_readers
from attune.insight.client_feedback import get_own_answered
from attune.insight.client_transcripts import list_asked
from attune.people.viewers import Viewer

#: How long an appointment stays the next one after it began.
_STILL_ON = timedelta(hours=1)
#: How many answers to what they asked for are shown of each work.
_ANSWERS = 2
#: How many times to come are shown of each work.
_AHEAD = 3


@dataclass(frozen=True)
class OwnPart:
    """A client's part in one work. `readers`: who may read it at the desk now, the longest first."""

    participant: Participant
    readers: Sequence[str]

    @property
    def therapist(self) -> str:
        """The name of who has worked with them for longest; empty where nobody does any more."""
        return self.readers[0] if self.readers else ""

    @property
    def runs(self) -> bool:
        """Whether they still meet."""
        return self.participant.episode.state == Episode.State.WORKING and self.participant.until is None


@dataclass(frozen=True)
class OwnWork(OwnPart):
    """The same with what the home shows of it.

    `asks`: the kind of check-in that could be answered now; `unopened`: how many messages wait to be opened. `loops`:
    what was answered to what they asked for, first where they can say what came of it.
    """

    ahead: Sequence[Appointment]
    asks: str
    unopened: int
    loops: Sequence[Loop]
    step: Step | None
    kept: Kept | None


@dataclass(frozen=True)
class Home:
    """Everything that the page names."""

    name: str
    works: Sequence[OwnWork]
    asked: Sequence[Asked]
    at: datetime


def get_home(viewer: Viewer, *, at: datetime) -> Home:
    """The page, for a client whose own pages were opened; leaves one event."""
    own = list(own_participations(viewer).select_related("person", "episode").order_by("-since", "id"))
    if not own:
        raise NotYours
    loops = get_own_answered(own)
    works = [_work(who, loops.get(who.id, []), at=at) for who in own]
    home = Home(str(own[0].person.name), works, list_asked(viewer), at)
    note("home.read", by=viewer, at=at, shown=[viewer.me])
    return home


def list_works(viewer: Viewer, *, at: datetime) -> list[OwnPart]:
    """Which work stands in their own pages, and with whom; leaves one event."""
    own = list(own_participations(viewer).select_related("episode").order_by("-since", "id"))
    if not own:
        raise NotYours
    note("record.read", by=viewer, at=at, shown=[viewer.me])
    return [OwnPart(who, names_of_readers(who.episode_id, at=at)) for who in own]


def get_dates(viewer: Viewer, *, at: datetime) -> list[Appointment]:
    """When this client comes next, and nothing else; leaves one event."""
    own = own_participations(viewer)
    if not own.exists():
        raise NotYours
    found = list(_ahead(at=at).filter(episode__in=own.filter(until=None).values("episode")))
    note("dates.read", by=viewer, at=at, shown=[viewer.me])
    return found


def _work(who: Participant, loops: Sequence[Loop], *, at: datetime) -> OwnWork:
    ahead = list(_ahead(at=at).filter(episode=who.episode_id)[:_AHEAD]) if who.until is None else []
    asking = get_next(who, at=at)
    # Never about an hour further off than the next: once that one is answered, nothing is asked.
    asks = asking is not None and (asking.session_id or (ahead and asking.appointment_id == ahead[0].id))
    steps = Step.objects.filter(participant=who, outcome="", response__replaced_by=None, text__isnull=False)
    kept = Kept.objects.filter(participant=who, response__replaced_by=None, text__isnull=False)
    work = OwnWork(
        participant=who,
        readers=names_of_readers(who.episode_id, at=at),
        ahead=ahead,
        asks=asking.kind if asking and asks else "",
        unopened=count_unopened(who, by_client=True),
        loops=_answered(loops),
        step=steps.order_by("-chosen_at").first(),
        kept=kept.order_by("-kept_at").first(),
    )
    for row in (work.step, work.kept):
        if row is not None:
            row.participant = who  # their key is at hand
    return work


def _answered(loops: Sequence[Loop]) -> list[Loop]:
    """The last answers: those of which nothing was said yet, then the others."""
    answered = sorted((loop for loop in loops if loop.last), key=_answered_at, reverse=True)
    return sorted(answered, key=lambda loop: loop.state != "told")[:_ANSWERS]


def _answered_at(loop: Loop) -> datetime:
    return loop.turns[-1].answer.answered_at


def _ahead(*, at: datetime) -> QuerySet[Appointment]:
    return list_ahead().filter(starts_at__gt=at - _STILL_ON)
