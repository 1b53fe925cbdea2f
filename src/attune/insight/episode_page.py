"""An episode's page: who, when next, and its check-ins session by session."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.models import Invitation, Prediction, Response
from attune.care.consent.models import Consent
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.readers import list_waiting
from attune.care.messages.readers import list_unopened
from attune.care.safety.models import Concern
from attune.care.schedule.models import Session
from attune.care.summaries.readers import list_states
from attune.insight.names import names_of
from attune.insight.planned import AT_ONCE, CalledOff, Planned, by_press, list_planned
from attune.insight.time_kept import kept_in_words
from attune.people.viewers import Viewer
from attune.transcripts.models import Transcript
from attune.vault.sealed import load_for

#: The check-in's own part; what else came with it was not foretold by anybody.
SESSION = "attune-session"


@dataclass
class Answered:
    """One participant beside one session: what came in, and whether the therapist has said their own first."""

    participant: Participant
    responses: list[Response] = field(default_factory=list)
    predicted: bool = False

    @property
    def may_predict(self) -> bool:
        """A prediction is worth something only before the client's answer was opened."""
        return not self.predicted and not any(one.read_at for one in self._after)

    @property
    def has_after(self) -> bool:
        """Whether this session's check-in came in."""
        return bool(self._after)

    @property
    def _after(self) -> list[Response]:
        return [one for one in self.responses if one.instrument == SESSION]


@dataclass
class Held:
    """A session with what each participant gave. `transcript`: none, agreeing, there; `summary`: none, draft, shown."""

    session: Session
    answered: list[Answered]
    transcript: str
    summary: str

    @property
    def time_kept(self) -> str:
        """How its time was kept; nothing where nobody said."""
        return kept_in_words(self.session)


@dataclass(frozen=True)
class EpisodePage:
    """Everything that the page names. `wrote`: whose messages have not been opened; `said`: whose words at any time.

    `wished`: who asked for something that waits for an answer.
    """

    episode: Episode
    people: list[Participant]
    planned: list[Planned]
    held: list[Held]
    concerns: list[Concern]
    questionnaires: list[Response]
    wrote: set[UUID]
    said: set[UUID]
    wished: set[UUID]

    @property
    def names(self) -> str:
        """The names by which the clients go."""
        return names_of(who.person for who in self.people)

    @property
    def coming(self) -> list[Planned]:
        """The open appointments that come first."""
        return self._open[:AT_ONCE]

    @property
    def later(self) -> list[Planned]:
        """The rest of a long series."""
        return self._open[AT_ONCE:]

    @property
    def off(self) -> list[CalledOff]:
        """What was cancelled or not seen."""
        return by_press([one for one in self.planned if not one.is_open])

    @property
    def off_just_now(self) -> bool:
        """Something of it can still be taken back: it stands open on the page."""
        return any(one.may_reinstate or one.responses for one in self.planned if not one.is_open)

    @property
    def _open(self) -> list[Planned]:
        return [one for one in self.planned if one.is_open]


def get_episode_page(viewer: Viewer, episode_id: UUID, *, at: datetime) -> EpisodePage:
    """The page, newest first, for who may read the episode; leaves one event with everybody shown."""
    episode = check_can_read_episode(viewer, episode_id, at=at)
    people = list(episode.participants.select_related("person").order_by("since", "id"))
    load_for(who.person for who in people)
    responses = list(
        Response.objects.select_related("invitation")
        .filter(participant__episode=episode, replaced_by=None)
        .defer("answers")
        .order_by("given_at")
    )
    mine = {who.id: who for who in people}
    for response in responses:
        response.participant = mine[response.participant_id]  # the names are open there
    concerns = Concern.objects.select_related("participant__person").filter(participant__in=people)
    waiting = list_waiting([episode.id])
    page = EpisodePage(
        episode=episode,
        people=people,
        planned=list_planned(episode, people, responses, at=at),
        held=_held(viewer, episode, people, responses),
        concerns=list(concerns.order_by("answered_at", "raised_at")),
        questionnaires=[one for one in responses if one.invitation.kind == Invitation.Kind.QUESTIONNAIRE],
        wrote={one.participant for one in list_unopened([episode.id])},
        said={one.participant for one in waiting if one.unopened},
        wished={one.participant for one in waiting if not one.unopened},
    )
    load_for(page.concerns)
    note("episode.read", by=viewer, at=at, episode=episode.id, shown=[who.person_id for who in people])
    return page


def _held(viewer: Viewer, episode: Episode, people: list[Participant], responses: list[Response]) -> list[Held]:
    predicted = set(
        Prediction.objects.filter(session__episode=episode, therapist_id=viewer.person_id).values_list(
            "session_id", "participant_id"
        )
    )
    transcripts, summaries = _transcripts(episode), list_states(viewer, episode.id)
    return [
        Held(
            session,
            [_answered(session, who, responses, predicted) for who in people],
            transcripts.get(session.id, "none"),
            summaries.get(session.id, "none"),
        )
        for session in episode.sessions.select_related("appointment").order_by("-number")
    ]


def _transcripts(episode: Episode) -> dict[UUID, str]:
    """Session → how far its transcript has come."""
    agreeing = Consent.objects.filter(session__episode=episode, revoked_at=None).values_list("session", flat=True)
    there = Transcript.objects.filter(episode=episode).values_list("session", flat=True)
    return dict.fromkeys(agreeing, "agreeing") | dict.fromkeys(there, "there")


def _answered(
    session: Session, who: Participant, responses: list[Response], predicted: set[tuple[UUID, UUID]]
) -> Answered:
    about = (session.id, session.appointment_id)
    theirs = [
        one
        for one in responses
        if one.participant_id == who.id
        and (one.invitation.session_id in about or one.invitation.appointment_id in about)
    ]
    return Answered(who, theirs, (session.id, who.id) in predicted)
