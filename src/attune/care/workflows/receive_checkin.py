"""A check-in is received: one transaction, down once. All of it is kept, or none.

access (the link) → the answers are read and scored → the response is recorded → signals → every noun takes its
part → the audit's events as the last statement. The same submission twice gets the same receipt; another one on a
used link is told so, and the first is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from attune.audit.journal import unit
from attune.base.errors import Conflict, Gone, Refused
from attune.care.autonomy import actions as autonomy
from attune.care.checkins import actions as checkins
from attune.care.checkins import readers
from attune.care.checkins.models import Invitation, Response
from attune.care.feedback import actions as feedback
from attune.care.questionnaires import actions as questionnaires
from attune.care.received import Received
from attune.care.safety import actions as safety
from attune.care.signals import actions as signals
from attune.care.workflows.notice import notice
from attune.care.workflows.words_said import words_of
from attune.people.viewers import Viewer
from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused
from attune_science.scoring import Answers

#: Each noun takes its own part of what was said. A new noun is a new line here.
PARTS = (feedback.take, autonomy.take, questionnaires.take, safety.take)


@dataclass(frozen=True)
class Receipt:
    """What the client is told: that it came, and whether help should be shown first."""

    response_id: UUID
    danger: bool


@dataclass(frozen=True)
class Sent:
    """What a form sent: the raw fields, the key of this submission, the language of the page."""

    raw: Mapping[str, str]
    submission: UUID
    language: str = "en"


def receive_checkin(*, token: str, sent: Sent, at: datetime) -> Receipt:
    """Take a check-in by its link.

    Raises `NotYours` (no such link), `Gone` (expired), `Refused` (fields that cannot be read; nothing was kept),
    `Conflict` (another submission came first by this link; it stands).
    """
    invitation = readers.get_invitation(token)
    definition = instruments.get(invitation.instrument)
    # An open link is answered without a look whether it was used: the unique constraints decide that better.
    first = readers.get_first_response(invitation.id) if readers.is_expired(invitation, at=at) else None
    if first is None and readers.is_expired(invitation, at=at):
        raise Gone("This link has expired, or a newer one took its place. Ask for a new one when you next speak.")
    try:
        answers = scoring.read_answers(definition, invitation.form, sent.raw)
    except AnswersRefused as problem:
        raise Refused(
            "Some answers could not be read. Nothing is lost: look at the lines named here.", problem.fields
        ) from problem
    given = checkins.Given(answers, sent.submission, sent.language)
    if first is None:
        try:
            return _keep(invitation, definition, given, at=at)
        except IntegrityError:  # it was answered before: by this very submission, or by another
            first = readers.get_first_response(invitation.id)
            if first is None:
                raise
    return _again(first, given, definition)


def _keep(
    invitation: Invitation, definition: instruments.Definition, given: checkins.Given, *, at: datetime
) -> Receipt:
    who = invitation.participant
    by = Viewer(who.person_id)
    with unit() as record:
        response = checkins.record_response(invitation, definition=definition, given=given, at=at)
        signals.keep(notice(invitation, given.answers), participant=who, response_id=response.id, at=at)
        received = Received(definition, given.answers, who, response.id, record)
        for take in PARTS:
            take(received, by=by, at=at)
        record("checkin.received", by=by, at=at, subject=response.id, subject_kind="response", episode=who.episode_id)
    return Receipt(response.id, scoring.at_risk(definition, given.answers))


def get_answers(response: Response) -> Answers:
    """A response as it was given, with its words."""
    who = response.participant
    words = words_of({who.id: who})
    return Answers.from_json(response.answers or "").with_words(words.get(response.id, {}))


def _again(first: Response, given: checkins.Given, definition: instruments.Definition) -> Receipt:
    if first.submission != given.submission or get_answers(first) != given.answers:
        raise Conflict(
            "This check-in has been received before, and the first answer stands. "
            "If something was different, say it when you meet."
        )
    return Receipt(first.id, scoring.at_risk(definition, given.answers))
