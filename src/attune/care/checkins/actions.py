"""What may change about check-ins: one is offered, answered, predicted, read. An answer is never edited."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from attune.audit.journal import unit
from attune.base.errors import Conflict
from attune.care.checkins.models import Invitation, Prediction, Response, Score
from attune.care.checkins.tokens import hash_of, new_token
from attune.care.episodes.models import Participant
from attune.people.viewers import Viewer
from attune_science import instruments, scoring
from attune_science.instruments import Definition
from attune_science.scoring import Answers

#: How long a link is good for (trust.md G-SES S2: 24 to 72 hours).
LINK_LASTS = timedelta(hours=72)


@dataclass(frozen=True)
class Asking:
    """What is asked, about which session or appointment."""

    kind: str
    instrument: str
    form: str
    session_id: UUID | None = None
    appointment_id: UUID | None = None


@dataclass(frozen=True)
class Given:
    """What was sent: the answers, the key of this submission, and the language of the page."""

    answers: Answers
    submission: UUID
    language: str = "en"
    channel: str = Response.Channel.LINK


def invite(participant: Participant, *, asking: Asking, by: Viewer, at: datetime) -> tuple[Invitation, str]:
    """Offer one form by a new link; an unanswered link for the same thing stops working. Returns the token once."""
    token = new_token()
    with unit() as record:
        same = Q(session_id=asking.session_id, appointment_id=asking.appointment_id, instrument=asking.instrument)
        open_ones = Invitation.objects.filter(same, participant=participant, withdrawn_at=None, responses=None)
        open_ones.update(withdrawn_at=at)
        invitation = Invitation.objects.create(
            participant=participant,
            session_id=asking.session_id,
            appointment_id=asking.appointment_id,
            kind=asking.kind,
            instrument=asking.instrument,
            version=instruments.get(asking.instrument).version,
            form=asking.form,
            token_hash=hash_of(token),
            made_at=at,
            expires_at=at + LINK_LASTS,
        )
        record(
            "checkin.offered",
            by=by,
            at=at,
            subject=invitation.id,
            subject_kind="invitation",
            episode=participant.episode_id,
        )
    return invitation, token


def record_response(invitation: Invitation, *, definition: Definition, given: Given, at: datetime) -> Response:
    """Keep what was answered, with its scores beside it; free lines live in their own nouns.

    The database refuses a second first response.
    """
    response = Response.objects.create(
        invitation=invitation,
        participant=invitation.participant,
        instrument=definition.key,
        version=definition.version,
        form=invitation.form,
        language=given.language,
        channel=given.channel,
        given_at=at,
        submission=given.submission,
        answers=given.answers.without_words().to_json(),
    )
    Score.objects.bulk_create(
        Score(
            response=response,
            scale=score.scale,
            value=score.value,
            reason=score.reason or "",
            answered=score.answered,
            version=scoring.VERSION,
        )
        for score in scoring.score(definition, given.answers)
    )
    return response


@dataclass(frozen=True)
class Foretold:
    """A therapist's page after a session: whose answers they foretell, in which session, and what they say."""

    session_id: UUID
    participant: Participant
    form: str
    answers: Answers


def predict(foretold: Foretold, *, by: Viewer, at: datetime) -> Prediction:
    """Keep how a therapist thinks that a client will answer. Once only, and before they have seen the answer."""
    check_can_predict(foretold.session_id, foretold.participant, by=by)
    definition = instruments.get("attune-therapist")
    with unit() as record:
        prediction = Prediction.objects.create(
            session_id=foretold.session_id,
            participant=foretold.participant,
            therapist_id=by.me,
            instrument=definition.key,
            version=definition.version,
            form=foretold.form,
            given_at=at,
            answers=foretold.answers.to_json(),
        )
        record(
            "prediction.given",
            by=by,
            at=at,
            subject=prediction.id,
            subject_kind="prediction",
            episode=foretold.participant.episode_id,
        )
    return prediction


def check_can_predict(session_id: UUID, participant: Participant, *, by: Viewer) -> None:
    """A prediction comes once, and before the client's own answer is opened."""
    if Prediction.objects.filter(session_id=session_id, participant=participant, therapist_id=by.me).exists():
        raise Conflict("You have said already how you think this was answered.")
    if Response.objects.filter(
        invitation__session_id=session_id, participant=participant, read_at__isnull=False
    ).exists():
        raise Conflict("You have opened the answer already: a prediction is only worth something before.")


def mark_read(response: Response, *, by: Viewer, at: datetime) -> None:
    """The therapist has opened it on a screen. From then on it can be added to, not corrected."""
    with unit() as record:
        if Response.objects.filter(pk=response.pk, read_at=None).update(read_at=at):
            record(
                "response.read",
                by=by,
                at=at,
                subject=response.id,
                subject_kind="response",
                episode=response.participant.episode_id,
                shown=[response.participant.person_id],
            )
