"""What may change about check-ins: one is offered, answered, predicted, read. An answer is never edited."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from attune.audit.journal import unit
from attune.base.errors import Conflict
from attune.care.checkins.models import Draft, Holding, Invitation, Part, Prediction, Response, Score
from attune.care.checkins.tokens import hash_of, mark_of, new_token
from attune.care.episodes.models import Participant
from attune.people.viewers import Viewer
from attune_science import instruments, scoring
from attune_science.instruments import Definition
from attune_science.scoring import Answers

#: How long a link is good for: long enough to be answered in peace, and one that was mislaid soon opens nothing.
LINK_LASTS = timedelta(hours=72)
#: How long a check-in that was only begun is kept.
DRAFT_LASTS = timedelta(hours=72)


def part_of(definition: Definition, form: str | None = None) -> Part:
    """A form of an instrument, in the version that is at hand now; its first form where none is named."""
    return Part(definition.key, definition.version, form or next(iter(definition.forms)))


@dataclass(frozen=True)
class Asking:
    """What is asked, part by part, about which session or appointment."""

    kind: str
    parts: Sequence[Part]
    session_id: UUID | None = None
    appointment_id: UUID | None = None
    lasts: timedelta = LINK_LASTS


@dataclass(frozen=True)
class Given:
    """What was sent: the answers, the key of this submission, the language of the page, and how it came.

    `browser`: the mark of where it was typed, if it may be corrected there; `replaces`: the response that it corrects.
    """

    answers: Answers
    submission: UUID
    language: str = "en"
    channel: str = Response.Channel.LINK
    helped: str = ""
    browser: str = ""
    replaces: UUID | None = None


def invite(participant: Participant, *, asking: Asking, by: Viewer, at: datetime) -> tuple[Invitation, str]:
    """Offer a check-in by a new link; an unanswered link for the same thing stops working. Returns the token once."""
    token = new_token()
    with unit() as record:
        same = Q(session_id=asking.session_id, appointment_id=asking.appointment_id, kind=asking.kind)
        open_ones = Invitation.objects.filter(same, participant=participant, withdrawn_at=None, responses=None)
        # Two questionnaires may be open at once; the same one twice may not.
        first = asking.parts[0].instrument
        replaced = [one.pk for one in open_ones if one.parts[0].instrument == first]
        if replaced:
            Invitation.objects.filter(pk__in=replaced).update(withdrawn_at=at)
        invitation = Invitation.objects.create(
            **_told(participant, asking),
            token_hash=hash_of(token),
            made_at=at,
            expires_at=at + asking.lasts,
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


def shut_link(invitation: Invitation, *, by: Viewer, at: datetime) -> None:
    """A link that reached nobody opens nothing any more."""
    with unit() as record:
        Invitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(withdrawn_at=at)
        episode = invitation.participant.episode_id
        record("checkin.link-shut", by=by, at=at, subject=invitation.id, subject_kind="invitation", episode=episode)


def drawn_up(participant: Participant, asking: Asking) -> Invitation:
    """The invitation as it would be, kept nowhere: for a form that no link opens."""
    return Invitation(**_told(participant, asking))


def _told(participant: Participant, asking: Asking) -> dict[str, object]:
    return {
        "participant": participant,
        "session_id": asking.session_id,
        "appointment_id": asking.appointment_id,
        "kind": asking.kind,
        "asked": [[part.instrument, part.version, part.form] for part in asking.parts],
    }


def record_response(invitation: Invitation, *, definition: Definition, given: Given, at: datetime) -> Response:
    """Keep what was answered, with its scores beside it; free lines live in their own nouns.

    The database refuses a second first response.
    """
    response = Response.objects.create(
        invitation=invitation,
        participant=invitation.participant,
        instrument=definition.key,
        version=definition.version,
        form=given.answers.form,
        language=given.language,
        channel=given.channel,
        helped=given.helped,
        browser=given.browser,
        given_at=at,
        submission=given.submission,
        replaces_id=given.replaces,
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


def save_draft(invitation: Invitation, *, typed: Mapping[str, str], browser: str, at: datetime) -> None:
    """Keep what was typed so far, for this browser; nothing typed keeps nothing. `Conflict` once it was answered.

    The browser that saved last holds the one draft. No event: whether somebody has begun is nobody's business.
    """
    with unit():
        # An answer that comes at this moment waits for this lock, and then clears the draft.
        Invitation.objects.select_for_update().get(pk=invitation.pk)
        if Response.objects.filter(invitation=invitation).exists():
            raise Conflict("This check-in has been received already.")
        forget_drafts(invitation, at=at)
        if typed:
            mark = mark_of(browser, invitation.id)
            Draft.objects.create(invitation=invitation, browser=mark, saved_at=at, fields=json.dumps(dict(typed)))


def forget_drafts(sent: Invitation | None = None, *, at: datetime) -> None:
    """Delete what was begun and not sent in three days, and whatever had been typed for what is sent now."""
    over = Q(saved_at__lte=at - DRAFT_LASTS)
    Draft.objects.filter(over | Q(invitation=sent) if sent else over).delete()


def lock_responses(invitation: Invitation) -> list[Response]:
    """Everything that came by this invitation, oldest first: nobody corrects or reads it until the unit has ended."""
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    came = Response.objects.select_for_update(of=("self",)).filter(invitation=invitation)
    return list(came.select_related("participant", "concern").order_by("given_at", "id"))


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


def can_predict(session_id: UUID, participant: Participant, *, by: Viewer) -> bool:
    """Whether `check_can_predict` would let this therapist foretell it still."""
    try:
        check_can_predict(session_id, participant, by=by)
    except Conflict:
        return False
    return True


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


def hold(*, by: Viewer, at: datetime) -> None:
    """What comes in after a session waits until this therapist's last one of the day is over. Twice is once."""
    with unit() as record:
        held, new = Holding.objects.get_or_create(therapist_id=by.me, until=None, defaults={"since": at})
        if new:
            record("marks.held", by=by, at=at, subject=held.id, subject_kind="holding")


def stop_holding(*, by: Viewer, at: datetime) -> None:
    """It stands on their Today at once again. Twice is once."""
    with unit() as record:
        for held in Holding.objects.filter(therapist_id=by.me, until=None):
            Holding.objects.filter(pk=held.pk).update(until=at)
            record("marks.let-go", by=by, at=at, subject=held.id, subject_kind="holding")
