"""The timeline of one client in one episode: the same few queries, however many sessions there were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from attune.audit.journal import note
from attune.base.prepared import prepared
from attune.care.access.relations import check_can_read_client
from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.models import Prediction, Response
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.readers import list_changes
from attune.care.safety import models as safety
from attune.care.schedule.models import Appointment, Session
from attune.care.signals.models import Signal
from attune.insight.evidence import CHECKINS, foretold, lines_of
from attune.insight.names import initials
from attune.insight.rows import list_people, list_predictions, list_scores
from attune.insight.timeline_courses import courses_of
from attune.insight.timeline_points import CheckIn, Concern, Met, Own, Timeline, Word
from attune.people.viewers import Viewer
from attune.practices.evidence import PRONOUNS, Marks
from attune.vault.sealed import load_for
from attune_science.scoring import Answers

#: The check-in's own part, which has a course.
SESSION = "attune-session"
#: Where a raised signal's own words are marked.
_MARKED = {"client-hurt": "hurt", "client-harder": "relative"}
_NEEDED = ("participant_id", "given_at", "read_at", "instrument", "version", "answers", "invitation__session_id")


@dataclass
class _Rows:
    """The rows of one client, each query made once. `checkins`: by session, the one that stands for it."""

    who: Participant
    sessions: list[Session]
    checkins: dict[UUID, Response] = field(default_factory=dict)
    measured: list[Response] = field(default_factory=list)
    scores: dict[UUID, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    thoughts: dict[UUID, Prediction] = field(default_factory=dict)
    raised: dict[UUID, dict[str, UUID]] = field(default_factory=lambda: defaultdict(dict))

    @cached_property
    def held(self) -> dict[UUID, Session]:
        """The sessions by their ids."""
        return {one.id: one for one in self.sessions}

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which times without an appointment are told."""
        return ZoneInfo(self.who.episode.zone)


def get_timeline(viewer: Viewer, participant_id: UUID, *, practice: str = "", at: datetime) -> Timeline:
    """One participant's timeline, for who may read the episode; leaves one event. Nothing of the others is on it."""
    who = check_can_read_client(viewer, participant_id, at=at)
    alone = who.episode.kind == Episode.Kind.INDIVIDUAL
    people = [who] if alone else list_people([who.episode_id])
    rows = _read(viewer, who)
    load_for([*(one.person for one in people), *_opened(rows), *rows.thoughts.values()])
    found = _timeline(rows, _called(who, people), at=at)
    note("timeline.read", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return found.serving(practice)


def _called(who: Participant, people: list[Participant]) -> str:
    """The name; in work with several people an initial, for whoever may see the page."""
    if len(people) == 1:
        return str(who.person.name)
    short = initials([str(one.person.name) for one in people])
    return next(name for one, name in zip(people, short, strict=True) if one.id == who.id)


def _read(viewer: Viewer, who: Participant) -> _Rows:
    rows = _Rows(who, [one for one in _list_sessions(who.episode_id) if _was_in_it(who, one.held_at)])
    came = _list_responses(who.id)
    for one in came:
        one.participant = who  # the same instance for all: no query for each row
        if one.instrument not in CHECKINS:
            rows.measured.append(one)
        elif one.instrument == SESSION and one.invitation.session_id:
            rows.checkins[one.invitation.session_id] = one  # of two links for one session the later answer stands
    for response, scale, value in list_scores([one.id for one in came]):
        rows.scores[response][scale] = float(value or 0.0)
    # Only the viewer's own: what another therapist had thought is theirs.
    rows.thoughts = {one.session_id: one for one in list_predictions([who.id], viewer.me)}
    for session, rule, response in _list_raised(who.id):
        rows.raised[session][rule] = response
    return rows


@prepared
def _list_sessions(episode: UUID) -> QuerySet[Session]:
    return Session.objects.filter(episode=episode).select_related("appointment").order_by("held_at", "number")


@prepared
def _list_responses(participant: UUID) -> QuerySet[Response]:
    standing = Response.objects.filter(participant=participant, replaced_by=None)
    return standing.select_related("invitation").only(*_NEEDED).order_by("given_at", "id")


@prepared
def _list_raised(participant: UUID) -> QuerySet[Signal, tuple[UUID, str, UUID]]:
    raised = Signal.objects.filter(participant=participant, level=Signal.Level.RAISED).order_by("noticed_at", "id")
    return raised.values_list("response__invitation__session_id", "rule", "response_id")


def _was_in_it(who: Participant, at: datetime) -> bool:
    """Whether a session was theirs: not what was held before somebody joined the others, nor after they left."""
    joined = who.since > who.episode.opened_at
    return not (joined and at < who.since) and not (who.until is not None and at > who.until)


def _opened(rows: _Rows) -> Iterable[Response]:
    return (one for one in rows.checkins.values() if one.read_at is not None)


def _timeline(rows: _Rows, name: str, *, at: datetime) -> Timeline:
    who, zone = rows.who, rows.zone
    ends = [one for one in (who.until, who.episode.ended_at) if one is not None]
    return Timeline(
        participant=who.id,
        episode=who.episode_id,
        name=name,
        them=PRONOUNS[who.person.pronouns or "they"].object,
        until=min([at, *ends]).astimezone(zone),
        ended=bool(ends),
        alone=who.episode.kind == Episode.Kind.INDIVIDUAL,
        met=tuple(_met(rows, session) for session in rows.sessions),
        cancelled=tuple(_cancelled(rows, at=at)),
        own=tuple(sorted((*_done(rows), *_kept(rows)), key=lambda one: one.at)),
        concerns=tuple(_concerns(who, zone)),
        changes=tuple(_changes(rows, at=min([at, *ends]))),
        courses=courses_of(rows.measured, rows.scores, zone),
    )


def _met(rows: _Rows, session: Session) -> Met:
    came, thought = rows.checkins.get(session.id), rows.thoughts.get(session.id)
    return Met(
        session=session.id,
        number=session.number,
        at=_held_at(session),
        came=_check_in(rows, came, rows.raised[session.id]) if came else None,
        thought=foretold(Answers.from_json(thought.answers or "")) if thought else None,
    )


def _held_at(session: Session) -> datetime:
    return session.held_at.astimezone(ZoneInfo(session.appointment.zone))


def _check_in(rows: _Rows, response: Response, raised: dict[str, UUID]) -> CheckIn:
    """What is not opened yet is not shown: neither its marks nor what rules noticed in it."""
    if response.read_at is None:
        return CheckIn(response.id, read=False)
    given, scores = Answers.from_json(response.answers or ""), rows.scores[response.id]
    return CheckIn(
        response=response.id,
        read=True,
        marks=Marks(lines_of(given), scores.get("three"), scores.get("eight")),
        said=tuple(_word(rule, given, stands=source == response.id) for rule, source in sorted(raised.items())),
    )


def _word(rule: str, given: Answers, *, stands: bool) -> Word:
    return Word(rule, given.choices.get(_MARKED.get(rule, ""), "") if stands else "", stands)


def _cancelled(rows: _Rows, *, at: datetime) -> Iterable[datetime]:
    """Meetings that did not take place; not where another one was held at the very hour."""
    held = {one.held_at for one in rows.sessions}
    for one in _list_cancelled(rows.who.episode_id, at):
        if one.starts_at not in held and _was_in_it(rows.who, one.starts_at):
            yield one.starts_at.astimezone(ZoneInfo(one.zone))


def _done(rows: _Rows) -> Iterable[Own]:
    """Steps told as done, where what told of them was opened. Nothing else becomes a mark: a step is no homework."""
    for at, response, session in _list_done(rows.who.id):
        if at is not None and response is not None:
            yield Own("step", _beside(rows, session, at), response)


def _kept(rows: _Rows) -> Iterable[Own]:
    for at, response, session in _list_kept(rows.who.id):
        yield Own("kept", _beside(rows, session, at), response)


def _beside(rows: _Rows, session: UUID | None, at: datetime) -> datetime:
    """What came with a session's check-in stands beside that session; anything else where it was told."""
    held = rows.held.get(session) if session else None
    return _held_at(held) if held else at.astimezone(rows.zone)


def _concerns(who: Participant, zone: ZoneInfo) -> Iterable[Concern]:
    for id_, raised, answered in _list_concerns(who.id):
        yield Concern(id_, raised.astimezone(zone), answered is not None)


def _changes(rows: _Rows, *, at: datetime) -> Iterable[datetime]:
    """The days on which something began to be otherwise; not those that are still ahead."""
    for day in list_changes(rows.who.id):
        if day is not None and day <= at.astimezone(rows.zone).date():
            yield datetime.combine(day, time(12), rows.zone)


@prepared
def _list_cancelled(episode: UUID, at: datetime) -> QuerySet[Appointment]:
    gone = Appointment.objects.filter(episode=episode, state=Appointment.State.CANCELLED, starts_at__lte=at)
    return gone.order_by("starts_at")


@prepared
def _list_done(participant: UUID) -> QuerySet[Step, tuple[datetime | None, UUID | None, UUID | None]]:
    done = Step.objects.filter(participant=participant, response__replaced_by=None, outcome=Step.Outcome.DONE)
    told = done.filter(outcome_response__read_at__isnull=False)
    return told.values_list("outcome_at", "outcome_response_id", "outcome_response__invitation__session_id")


@prepared
def _list_kept(participant: UUID) -> QuerySet[Kept, tuple[datetime, UUID, UUID | None]]:
    kept = Kept.objects.filter(participant=participant, response__replaced_by=None, response__read_at__isnull=False)
    return kept.values_list("kept_at", "response_id", "response__invitation__session_id")


@prepared
def _list_concerns(participant: UUID) -> QuerySet[safety.Concern, tuple[UUID, datetime, datetime | None]]:
    listed = safety.Concern.objects.filter(participant=participant).order_by("raised_at")
    return listed.values_list("id", "raised_at", "answered_at")
