"""A made-up course as data, and how it is told to the record: through the very actions that people use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from attune.base.ids import new_id
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Invitation
from attune.care.episodes.models import Episode, Participant
from attune.care.questionnaires.actions import ask_again
from attune.care.schedule.actions import hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.times import When
from attune.care.workflows.foretell import foretell
from attune.care.workflows.offer_checkin import after_asking, before_asking
from attune.care.workflows.open_brief import open_brief
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.people.viewers import Viewer
from attune_science import instruments

#: Practice order, as the clinical examples list the marks of all eight lines.
PRACTICES = ("presence", "acceptance", "collaboration", "culture", "repair", "frame", "autonomy", "feedback")

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Week:
    """One session of a course: before, after, and what the therapist had thought. None: not answered.

    `asks`: a questionnaire that comes again from this week on, and every how many sessions.
    """

    after: Answers | None = None
    before: Answers | None = None
    thought: Answers | None = None
    asks: tuple[str, int] | None = None


@dataclass(frozen=True)
class Course:
    """A client's weeks, oldest first, and what came before the appointment ahead."""

    weeks: Sequence[Week]
    ahead: Answers | None = None
    ahead_at: timedelta = timedelta(hours=-2)
    place: str = ""
    after_at: timedelta = timedelta(hours=1, minutes=2)


def marks(*values: int | None, **more: str) -> dict[str, str]:
    """Marks in practice order (eight), or of the three lines (presence, collaboration, repair); and other answers."""
    keys = PRACTICES if len(values) == 8 else ("presence", "collaboration", "repair")
    return {key: "pass" if value is None else str(value) for key, value in zip(keys, values, strict=True)} | more


def items(key: str, numbers: str, **more: str) -> dict[str, str]:
    """A questionnaire that rides on a check-in, answered in the order of its lines; and other answers."""
    return {f"{key}.item-{n}": value for n, value in enumerate(numbers, 1)} | more


@dataclass(frozen=True)
class Teller:
    """Tells a course to the record: who works in it, and when they meet next."""

    episode: Episode
    therapist: Viewer
    ahead: datetime
    now: datetime

    def tell(self, courses: Mapping[Participant, Course]) -> Appointment:
        """Enter the weeks of everybody in this episode, then the two appointments ahead. Returns the first."""
        longest = max(len(course.weeks) for course in courses.values())
        for n in range(longest):
            self._week(n, longest, courses)
        place = next(iter(courses.values())).place
        appointment = self._plan(self.ahead, place)
        for who, course in courses.items():
            if course.ahead is not None:
                at = min(self.ahead + course.ahead_at, self.now - timedelta(minutes=5))  # nothing comes from tomorrow
                self._answer(who, before_asking(who, appointment), course.ahead, at)
        self._plan(self.ahead + timedelta(weeks=1), place)
        return appointment

    def _week(self, n: int, of: int, courses: Mapping[Participant, Course]) -> None:
        starts = self.ahead - timedelta(weeks=of - n)
        place = next(iter(courses.values())).place
        appointment = self._plan(starts, place)
        weeks = {who: course.weeks[n] for who, course in courses.items()}
        for who, week in weeks.items():
            if week.asks is not None:
                key, every = week.asks
                ask_again(who, instrument=key, every=every, by=self.therapist, at=starts - timedelta(days=6))
            if week.before is not None:
                self._answer(who, before_asking(who, appointment), week.before, starts + courses[who].ahead_at)
        open_brief(self.episode.id, by=self.therapist, at=starts - timedelta(minutes=20))
        session = hold_session(appointment, by=self.therapist, at=starts + timedelta(minutes=50))
        for who, week in weeks.items():
            self._after(session, who, week, courses[who])

    def _after(self, session: Session, who: Participant, week: Week, course: Course) -> None:
        told = session.held_at + timedelta(minutes=55)
        if week.thought is not None:
            foretell(session, who, raw=week.thought, by=self.therapist, at=told)
        if week.after is not None:
            self._answer(who, after_asking(who, session), week.after, session.held_at + course.after_at)

    def _plan(self, starts: datetime, place: str) -> Appointment:
        wall = starts.replace(tzinfo=None)
        when = When(wall.date(), wall.time(), self.episode.zone, place)
        return plan_appointment(self.episode, when=when, by=self.therapist, at=starts - timedelta(days=7))

    def _answer(self, who: Participant, asking: Asking, answers: Answers, at: datetime) -> None:
        _, token = invite(who, asking=asking, by=self.therapist, at=at - timedelta(minutes=5))
        receive_checkin(token=token, sent=Sent(answers, new_id()), at=at)

    def questionnaire(self, who: Participant, key: str, answers: Answers, *, at: datetime) -> None:
        """Enter an answered questionnaire."""
        self._answer(who, Asking(Invitation.Kind.QUESTIONNAIRE, [part_of(instruments.get(key))]), answers, at)
