"""A made-up course as data, and how it is told to the record: through the very actions that people use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from attune.audit.journal import unit
from attune.base.ids import new_id
from attune.care.checkins.actions import Asking, invite, mark_read, part_of
from attune.care.checkins.fields import AGAIN
from attune.care.checkins.models import Invitation, Response
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.actions import Given, answer_word
from attune.care.feedback.models import Answer, Word
from attune.care.feedback.verdicts import enter_verdict
from attune.care.questionnaires.actions import ask_again
from attune.care.safety.actions import answer_concern
from attune.care.safety.models import Concern
from attune.care.schedule.actions import cancel_appointment, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.times import When
from attune.care.workflows.enter_checkin import enter_checkin
from attune.care.workflows.foretell import foretell
from attune.care.workflows.offer_checkin import Wanted, after_asking, before_asking
from attune.care.workflows.open_brief import open_brief
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.people.viewers import Viewer
from attune_science import instruments

#: Practice order, as the clinical examples list the marks of all eight lines.
PRACTICES = ("presence", "acceptance", "collaboration", "culture", "repair", "frame", "autonomy", "feedback")

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    """What the therapist answers to a wish when they meet next, and what the client says of it the time after."""

    kind: str
    text: str
    verdict: str = ""


@dataclass(frozen=True)
class Week:
    """One session of a course: before, after, and what the therapist had thought. None: not answered.

    `asks`: a questionnaire that comes again from this week on, and every how many sessions; `rides`: how it is answered
    with the check-in before, should it be asked. `on_paper`: the therapist enters what was written on paper. `replies`:
    what is answered to its wishes, by their kind.
    """

    after: Answers | None = None
    before: Answers | None = None
    thought: Answers | None = None
    asks: tuple[str, int] | None = None
    rides: Answers = field(default_factory=dict)
    on_paper: bool = False
    cancelled: bool = False
    replies: Mapping[str, Reply] = field(default_factory=dict)


@dataclass(frozen=True)
class Course:
    """A client's weeks, oldest first, and what came before the appointment ahead. `every`: weeks between two."""

    weeks: Sequence[Week]
    ahead: Answers | None = None
    ahead_at: timedelta = timedelta(hours=-2)
    place: str = ""
    after_at: timedelta = timedelta(hours=1, minutes=2)
    every: int = 1


def marks(*values: int | None, **more: str) -> dict[str, str]:
    """Marks in practice order (eight), or of the three lines (presence, collaboration, repair); and other answers."""
    keys = PRACTICES if len(values) == 8 else ("presence", "collaboration", "repair")
    return {key: "pass" if value is None else str(value) for key, value in zip(keys, values, strict=True)} | more


def items(key: str, numbers: str, **more: str) -> dict[str, str]:
    """A questionnaire that rides on a check-in, answered in the order of its lines; and other answers."""
    return {f"{key}.item-{n}": value for n, value in enumerate(numbers, 1)} | more


@dataclass(frozen=True)
class Manner:
    """How a therapist goes about an episode.

    `opens_each`: every answer is opened by itself, before the next session or on the morning after the last one;
    otherwise only the brief is opened, which does not show all. `answers`: what they write to a concern, in turn;
    without any, a concern stays open. `goes_on`: there are appointments ahead.
    """

    opens_each: bool = False
    answers: Sequence[str] = ()
    goes_on: bool = True


@dataclass(frozen=True)
class _Owed:
    """A wish on its way: to be answered, and then to have its verdict."""

    who: Participant
    wish: str
    reply: Reply
    answered: bool = False


def _replies(weeks: Mapping[Participant, Week]) -> Iterator[_Owed]:
    for who, week in weeks.items():
        for wish, reply in week.replies.items():
            yield _Owed(who, wish, reply)


@dataclass(frozen=True)
class Teller:
    """Tells a course to the record: who works in it, when they meet next, and in what manner."""

    episode: Episode
    therapist: Viewer
    ahead: datetime
    now: datetime
    manner: Manner = Manner()

    def tell(self, courses: Mapping[Participant, Course]) -> Appointment | None:
        """Enter the weeks of everybody in this episode, then the two appointments ahead; returns the first, if any.

        All of it is one unit: a course is told whole, or not at all.
        """
        of = max(len(course.weeks) for course in courses.values())
        owed: list[_Owed] = []
        with unit():
            for n in range(of):
                weeks = {who: course.weeks[n] for who, course in courses.items()}
                starts = self._starts(of - n, courses)
                self._week(starts, weeks, courses)
                if not any(week.cancelled for week in weeks.values()):
                    owed = [*self._reply(owed, starts + timedelta(minutes=45)), *_replies(weeks)]
            if self.manner.opens_each:
                self._read(self._starts(1, courses) + timedelta(hours=16))
            return self._go_on(courses) if self.manner.goes_on else None

    def _starts(self, before: int, courses: Mapping[Participant, Course]) -> datetime:
        return self.ahead - timedelta(weeks=before * next(iter(courses.values())).every)

    def _go_on(self, courses: Mapping[Participant, Course]) -> Appointment:
        place = next(iter(courses.values())).place
        appointment = self._plan(self.ahead, place)
        for who, course in courses.items():
            if course.ahead is not None:
                at = min(self.ahead + course.ahead_at, self.now - timedelta(minutes=5))  # nothing comes from tomorrow
                self._answer(who, before_asking(who, appointment), course.ahead, at)
        self._plan(self._starts(-1, courses), place)
        return appointment

    def _week(self, starts: datetime, weeks: Mapping[Participant, Week], courses: Mapping[Participant, Course]) -> None:
        appointment = self._plan(starts, next(iter(courses.values())).place)
        if any(week.cancelled for week in weeks.values()):
            cancel_appointment(appointment, by=self.therapist, at=starts - timedelta(days=1))
            return
        for who, week in weeks.items():
            self._before(appointment, who, week, starts + courses[who].ahead_at)
        self._read(starts - timedelta(minutes=20))
        session = hold_session(appointment, by=self.therapist, at=starts + timedelta(minutes=50))
        for who, week in weeks.items():
            self._after(session, who, week, courses[who])

    def _reply(self, owed: Sequence[_Owed], at: datetime) -> Iterator[_Owed]:
        """What was wished for is answered when they meet next; its verdict is told in the room the time after."""
        for one in owed:
            word = Word.objects.filter(participant=one.who, kind=one.wish).latest("said_at")
            if not one.answered:
                unread = Response.objects.select_related("participant").defer("answers")
                for response in unread.filter(words=word, read_at=None):  # the brief of several does not open all
                    mark_read(response, by=self.therapist, at=at)
                since = at.date() if one.reply.kind == Answer.Kind.CHANGED else None
                answer_word(word.id, Given(one.reply.kind, one.reply.text, since, new_id()), by=self.therapist, at=at)
                yield replace(one, answered=True)
            elif one.reply.verdict:
                answer = Answer.objects.filter(word=word).latest("answered_at")
                enter_verdict(one.who.id, answer.id, kind=one.reply.verdict, by=self.therapist, at=at)

    def _read(self, at: datetime) -> None:
        if not self.manner.opens_each:
            open_brief(self.episode.id, by=self.therapist, at=at)
        elif at < self.now:
            unread = Response.objects.select_related("participant").filter(read_at=None)
            for response in unread.filter(participant__episode=self.episode).order_by("id").defer("answers"):
                mark_read(response, by=self.therapist, at=at)

    def _before(self, appointment: Appointment, who: Participant, week: Week, at: datetime) -> None:
        if week.asks is not None:
            key, every = week.asks
            ask_again(who, instrument=key, every=every, by=self.therapist, at=at - timedelta(days=6))
        if week.before is None:
            return
        asking = before_asking(who, appointment)
        riding = {part.instrument for part in asking.parts[1:]}
        rides = {name: value for name, value in week.rides.items() if riding & set(name.removeprefix(AGAIN).split("."))}
        if week.on_paper:
            self._enter(Wanted(who.id, Invitation.Kind.BEFORE, appointment.id), {**week.before, **rides}, at)
        else:
            self._answer(who, asking, {**week.before, **rides}, at)

    def _after(self, session: Session, who: Participant, week: Week, course: Course) -> None:
        told = session.held_at + timedelta(minutes=55)
        if week.thought is not None:
            foretell(session, who, raw=week.thought, by=self.therapist, at=told)
        if week.after is None:
            return
        if week.on_paper:
            wanted = Wanted(who.id, Invitation.Kind.AFTER, session.id)
            self._enter(wanted, week.after, session.held_at + course.after_at)
        else:
            self._answer(who, after_asking(who, session), week.after, session.held_at + course.after_at)

    def _plan(self, starts: datetime, place: str) -> Appointment:
        # Where the clocks skip an hour that week, the next one is meant.
        wall = starts.astimezone(UTC).astimezone(starts.tzinfo).replace(tzinfo=None)
        when = When(wall.date(), wall.time(), self.episode.zone, place)
        return plan_appointment(self.episode, when=when, by=self.therapist, at=starts - timedelta(days=7))

    def _answer(self, who: Participant, asking: Asking, answers: Answers, at: datetime) -> None:
        _, token = invite(who, asking=asking, by=self.therapist, at=at - timedelta(minutes=5))
        receipt = receive_checkin(token=token, sent=Sent(answers, new_id()), at=at)
        if receipt.danger and self.manner.answers:
            self._answer_concern(who, at + timedelta(hours=1))

    def _enter(self, wanted: Wanted, answers: Answers, at: datetime) -> None:
        enter_checkin(wanted, sent=Sent(answers, new_id(), channel=Response.Channel.PAPER), by=self.therapist, at=at)

    def _answer_concern(self, who: Participant, at: datetime) -> None:
        concerns = Concern.objects.filter(participant=who)
        words = self.manner.answers[(concerns.count() - 1) % len(self.manner.answers)]
        answer_concern(concerns.get(answered_at=None), words=words, by=self.therapist, at=at)

    def questionnaire(self, who: Participant, key: str, answers: Answers, *, at: datetime) -> None:
        """Enter an answered questionnaire."""
        self._answer(who, Asking(Invitation.Kind.QUESTIONNAIRE, [part_of(instruments.get(key))]), answers, at)
