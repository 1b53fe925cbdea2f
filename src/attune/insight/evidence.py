"""From the record to evidence: what is known of each participant of an episode, in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.care.autonomy.models import Step
from attune.care.checkins.models import Prediction, Response
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.loops import Loop
from attune.care.feedback.readers import list_outcomes, list_words
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.readers import list_next
from attune.care.workflows.words_said import Words, list_steps, words_of
from attune.insight.attendance import Around, list_changes
from attune.insight.measures import measured_of
from attune.insight.rows import (
    list_open_concerns,
    list_people,
    list_predictions,
    list_responses,
    list_scores,
    list_sessions,
)
from attune.people.viewers import Viewer
from attune.practices import evidence as pure
from attune.practices.reading import PRACTICES
from attune.transcripts.readers import list_heard
from attune.vault.sealed import load_for
from attune_science import instruments
from attune_science.scoring import Answers

#: The check-ins' own parts; whatever else rides on one is a questionnaire.
CHECKINS = ("attune-before", "attune-session")
T = TypeVar("T", Response, Step, Concern, Prediction)


@dataclass
class Material:
    """The rows of one episode that a brief may rest on, each query made once for everybody in it."""

    episode: Episode
    people: list[Participant]
    ahead: Appointment | None
    sessions: list[Session]
    responses: dict[UUID, list[Response]] = field(default_factory=lambda: defaultdict(list))
    """Of the check-ins themselves, by participant, oldest first."""
    measured: dict[UUID, list[Response]] = field(default_factory=lambda: defaultdict(list))
    """Of questionnaires, likewise; their answers stay closed, a brief needs their scores alone."""
    scores: dict[UUID, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    predictions: dict[UUID, dict[UUID, Prediction]] = field(default_factory=lambda: defaultdict(dict))
    steps: dict[UUID, list[Step]] = field(default_factory=lambda: defaultdict(list))
    concerns: dict[UUID, list[Concern]] = field(default_factory=lambda: defaultdict(list))
    words: Words = field(default_factory=dict)
    changes: Sequence[pure.Change] = ()
    loops: dict[UUID, list[Loop]] = field(default_factory=dict)
    """By participant, what they asked for, without the words of the answers; none of what is not opened."""
    spoken: dict[UUID, pure.Spoken] = field(default_factory=dict)
    """Session → what rules found in its transcript; of the session held last alone."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the episode's times are told."""
        return ZoneInfo(self.ahead.zone if self.ahead else self.episode.zone)


@dataclass(frozen=True)
class Known:
    """What a page has read already of the episodes that it gathers; of others it may hold more."""

    people: Collection[Participant]
    concerns: Collection[Concern]


def get_material(viewer: Viewer, episode: Episode) -> Material:
    """What one brief may rest on."""
    return gather(viewer, [episode])[episode.id]


def gather(viewer: Viewer, episodes: Collection[Episode], known: Known | None = None) -> dict[UUID, Material]:
    """The rows of each episode: the same few queries for all of them, and one that opens every key they need."""
    shelves = {one.id: Material(one, [], None, []) for one in episodes}
    known = known or Known(list_people(shelves), list_open_concerns(shelves))
    for who in known.people:
        if who.episode_id in shelves:
            shelves[who.episode_id].people.append(who)
    for appointment in list_next(shelves):
        shelves[appointment.episode_id].ahead = appointment
    for session in list_sessions(shelves):
        shelves[session.episode_id].sessions.append(session)
    mine = {who.id: who for found in shelves.values() for who in found.people}
    _add_responses(shelves, mine)
    for step in _whose(list_steps(mine), mine):
        shelves[step.participant.episode_id].steps[step.participant_id].append(step)
    for concern in _whose((one for one in known.concerns if one.participant_id in mine), mine):
        shelves[concern.participant.episode_id].concerns[concern.participant_id].append(concern)
    # Only the viewer's own: what another therapist had thought is theirs.
    for one in _whose(list_predictions(mine, viewer.me), mine):
        shelves[one.participant.episode_id].predictions[one.participant_id][one.session_id] = one
    _add_spoken(shelves)
    load_for([*(who.person for who in mine.values()), *(row for found in shelves.values() for row in _sealed(found))])
    written = list_words(mine)
    steps = [step for found in shelves.values() for listed in found.steps.values() for step in listed]
    words, loops = words_of(mine, steps, written), list_outcomes(mine, written)
    changes = list_changes(
        [Around(found.episode.id, found.ahead, _last_held(found), found.zone) for found in shelves.values()]
    )
    for episode, found in shelves.items():
        found.words, found.changes, found.loops = words, changes[episode], loops
    return shelves


def _whose(rows: Iterable[T], mine: Mapping[UUID, Participant]) -> Iterator[T]:
    """Each row with the one instance of whose it is: no query for each."""
    for row in rows:
        row.participant = mine[row.participant_id]
        yield row


def _add_responses(shelves: Mapping[UUID, Material], mine: Mapping[UUID, Participant]) -> None:
    homes = {}
    for one in _whose(list_responses(mine), mine):
        homes[one.id] = found = shelves[one.participant.episode_id]
        shelf = found.responses if one.instrument in CHECKINS else found.measured
        shelf[one.participant_id].append(one)
    for response, scale, value in list_scores(homes):
        homes[response].scores[response][scale] = float(value or 0.0)


def _add_spoken(shelves: Mapping[UUID, Material]) -> None:
    last = {found.sessions[-1].id: found for found in shelves.values() if found.sessions}
    for session, heard in list_heard(last).items():
        last[session].spoken[session] = pure.Spoken(heard.invitations, heard.feedback)


def _sealed(found: Material) -> Iterable[Response | Prediction]:
    for listed in found.responses.values():
        yield from listed
    for by_session in found.predictions.values():
        yield from by_session.values()


def _answers(found: Material, who: Participant) -> dict[UUID, Answers]:
    return {
        one.id: Answers.from_json(one.answers or "").with_words(found.words.get(one.id, {}))
        for one in found.responses[who.id]
    }


def evidence_of(found: Material, who: Participant, *, at: datetime) -> pure.Evidence:
    """What is known of one participant; never another's words."""
    answers = _answers(found, who)
    return pure.Evidence(
        client=pure.Client(str(who.person.name), pure.PRONOUNS[who.person.pronouns or "they"]),
        ahead=ahead_of(found, _before(found, who, found.ahead.id if found.ahead else None, answers), at=at),
        sessions=[_session(found, who, session, answers) for session in found.sessions],
        steps=[step for row in found.steps[who.id] if (step := _step(found, row))],
        concerns=[pure.Concern(concern.raised_at.astimezone(found.zone)) for concern in found.concerns[who.id]],
        measured=measured_of(found.measured[who.id], found.scores, since=_last_held(found), zone=found.zone),
        changes=found.changes,
        wishes=[_wish(found, loop, at=at) for loop in reversed(found.loops.get(who.id, []))],
    )


def _wish(found: Material, loop: Loop, *, at: datetime) -> pure.Wish:
    verdict, answer = loop.verdict, loop.last.answer if loop.last else None
    waited = at.astimezone(found.zone).date() - loop.word.said_at.astimezone(found.zone).date()
    return pure.Wish(
        kind=loop.word.kind,
        text=str(loop.word.text),
        waits=loop.state == "waits",
        days=max(waited.days, 0),
        reopened=loop.is_reopened,
        answer=answer.kind if answer else "",
        since=answer.since if answer else None,
        answered_at=answer.answered_at.astimezone(found.zone) if answer else None,
        kept=loop.kept_in_a_row,
        verdict=verdict.kind if verdict else "",
        told_at=verdict.given_at.astimezone(found.zone) if verdict else None,
        by_ear=verdict is not None and verdict.entered_by_id is not None,
    )


def _last_held(found: Material) -> datetime | None:
    return found.sessions[-1].held_at if found.sessions else None


def before_of(found: Material, who: Participant) -> pure.Before | None:
    """The check-in before the appointment ahead, if it came."""
    return _before(found, who, found.ahead.id if found.ahead else None, _answers(found, who))


def ahead_of(found: Material, before: pure.Before | None, *, at: datetime) -> pure.Ahead:
    """The appointment ahead; where none is planned, this hour stands in for it."""
    starts_at = (found.ahead.starts_at if found.ahead else at).astimezone(found.zone)
    place = str(found.ahead.get_place_display()) if found.ahead and found.ahead.place else ""
    return pure.Ahead(len(found.sessions) + 1, starts_at, place, before, planned=found.ahead is not None)


def _before(
    found: Material, who: Participant, appointment: UUID | None, answers: dict[UUID, Answers]
) -> pure.Before | None:
    for one in found.responses[who.id]:
        if appointment is not None and one.invitation.appointment_id == appointment:
            words = answers[one.id].words
            return pure.Before(one.given_at.astimezone(found.zone), words.get("today", ""), words.get("unsaid", ""))
    return None


def _session(found: Material, who: Participant, session: Session, answers: dict[UUID, Answers]) -> pure.SessionEvidence:
    prediction = found.predictions[who.id].get(session.id)
    after = next((one for one in found.responses[who.id] if one.invitation.session_id == session.id), None)
    return pure.SessionEvidence(
        number=session.number,
        starts_at=session.held_at.astimezone(found.zone),
        before=_before(found, who, session.appointment_id, answers),
        after=_after(found, after, answers[after.id]) if after else None,
        predicted=foretold(Answers.from_json(prediction.answers or "")) if prediction else None,
        spoken=found.spoken.get(session.id),
    )


def _after(found: Material, response: Response, given: Answers) -> pure.After:
    scores = found.scores[response.id]
    choices, words = given.choices, given.words
    return pure.After(
        given_at=response.given_at.astimezone(found.zone),
        marks=pure.Marks(lines_of(given), scores.get("three"), scores.get("eight")),
        relative=choices.get("relative", ""),
        hurt=choices.get("hurt", ""),
        how=choices.get("how", ""),
        kept=words.get("keep", ""),
    )


def foretold(given: Answers) -> pure.Marks:
    """A prediction's means, by the very scales of the client's form."""
    means = {}
    for scale in instruments.get("attune-session").scales:
        values = [given.ratings[key] for key in scale.items if key in given.ratings]
        if len(values) >= scale.minimum:
            means[scale.key] = sum(values) / len(values)
    return pure.Marks(lines_of(given), means.get("three"), means.get("eight"))


def lines_of(given: Answers) -> dict[str, int | None]:
    """What each of the eight lines was marked with; None where it was left open, or did not fit."""
    return {practice: None if (value := given.ratings.get(practice)) is None else int(value) for practice in PRACTICES}


def _step(found: Material, step: Step) -> pure.Step | None:
    """A step as it was chosen after a session; one that was only told of has no session and stays in its check-in."""
    chosen = next((one for one in found.responses[step.participant_id] if one.id == step.response_id), None)
    number = next((held.number for held in found.sessions if chosen and held.id == chosen.invitation.session_id), None)
    if number is None:
        return None
    return pure.Step(
        text=str(step.text),
        session=number,
        outcome=step.outcome,
        words=step.outcome_text or "",
        told_at=step.outcome_at.astimezone(found.zone) if step.outcome_at else None,
    )
