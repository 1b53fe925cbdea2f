"""A check-in is received: one transaction, down once. All of it is kept, or none.

access (the link) → the answers of each part are read and scored → a response a part is recorded → signals → every
noun takes its part → the audit's events as the last statement. The same submission twice gets the same receipt;
another one on a used link is told so, and the first is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from attune.audit.journal import unit
from attune.base.errors import Conflict, Gone, Refused
from attune.care.autonomy import actions as autonomy
from attune.care.checkins import actions as checkins
from attune.care.checkins import readers
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.tokens import mark_of
from attune.care.feedback import actions as feedback
from attune.care.questionnaires import actions as questionnaires
from attune.care.received import Received
from attune.care.safety import actions as safety
from attune.care.signals import actions as signals
from attune.care.workflows.notice import notice
from attune.care.workflows.read_parts import Taken, read_parts
from attune.care.workflows.words_said import words_in
from attune.people.viewers import Viewer
from attune_science import scoring
from attune_science.scoring import Answers

#: Each noun takes its own part of what was said. A new noun is a new line here.
PARTS = (feedback.take, autonomy.take, questionnaires.take, safety.take)


@dataclass(frozen=True)
class Receipt:
    """What the client is told: that it came, whether help should be shown first, and whether it can be corrected."""

    response_id: UUID
    danger: bool
    remembered: bool = False


@dataclass(frozen=True)
class Sent:
    """What a form sent: the raw fields, the key of this submission, the language of the page, and from where.

    `browser`: the random value that the sender's browser keeps; empty where it keeps none.
    """

    raw: Mapping[str, str]
    submission: UUID
    language: str = "en"
    channel: str = Response.Channel.LINK
    browser: str = ""


def receive_checkin(*, token: str, sent: Sent, at: datetime) -> Receipt:
    """Take a check-in by its link.

    Raises `NotYours` (no such link), `Gone` (expired), `Refused` (fields that cannot be read; nothing was kept),
    `Conflict` (another submission came first by this link; it stands).
    """
    invitation = readers.get_invitation(token)
    # An open link is answered without a look whether it was used: the unique constraints decide that better.
    expired = readers.is_expired(invitation, at=at)
    first = readers.list_first_responses(invitation.id) if expired else []
    if expired and not first:
        raise Gone("This link has expired, or a newer one took its place. Ask for a new one when you next speak.")
    taken, helped = _read(invitation, sent)
    if not first:
        arrival = Arrival(invitation, taken, helped, sent)
        try:
            return keep(arrival, by=Viewer(invitation.participant.person_id), at=at)
        except IntegrityError:  # it was answered before: by this very submission, or by another
            first = readers.list_first_responses(invitation.id)
            if not first:
                raise
    receipt_before = again(first, taken, sent)
    if receipt_before is None:
        raise _came_before()
    return receipt_before


def _read(invitation: Invitation, sent: Sent) -> tuple[Sequence[Taken], str]:
    """What was sent; what cannot be read of a form that was answered before is not asked for again."""
    try:
        return read_parts(invitation, sent.raw)
    except Refused as problem:
        if readers.list_first_responses(invitation.id):
            raise _came_before() from problem
        raise


def _came_before() -> Conflict:
    return Conflict(
        "This check-in has been received before, and the first answer stands. "
        "If something was different, say it when you meet."
    )


@dataclass(frozen=True)
class Arrival:
    """A check-in that has been read, on its way into the record. `replaces`: instrument → the response it corrects."""

    invitation: Invitation
    taken: Sequence[Taken]
    helped: str
    sent: Sent
    replaces: Mapping[str, UUID] = field(default_factory=dict)

    @property
    def browser(self) -> str:
        """Where it may be corrected; nowhere in work with several people, or when it was not typed on their own."""
        own = self.sent.channel == Response.Channel.LINK and readers.may_remember(self.invitation)
        return mark_of(self.sent.browser, self.invitation.id) if own else ""


def keep(arrival: Arrival, *, by: Viewer, verb: str = "checkin.received", at: datetime) -> Receipt:
    """Keep every part of it in one transaction; what had been typed before it was sent is forgotten."""
    with unit():
        kept = [_keep_part(arrival, part, by=by, verb=verb, at=at) for part in arrival.taken]
        checkins.forget_drafts(arrival.invitation, at=at)
    return Receipt(kept[0].id, is_danger(arrival.taken), remembered=bool(kept[0].browser))


def _keep_part(arrival: Arrival, part: Taken, *, by: Viewer, verb: str, at: datetime) -> Response:
    who, sent = arrival.invitation.participant, arrival.sent
    replaces = arrival.replaces.get(part.definition.key)
    given = checkins.Given(
        part.answers, sent.submission, sent.language, sent.channel, arrival.helped, arrival.browser, replaces
    )
    with unit() as record:
        response = checkins.record_response(arrival.invitation, definition=part.definition, given=given, at=at)
        noticed = notice(arrival.invitation, part.answers, helped=arrival.helped)
        signals.keep(noticed, participant=who, response_id=response.id, at=at)
        received = Received(part.definition, part.answers, who, response.id, record, part.wish, replaces)
        for take in PARTS:
            take(received, by=Viewer(who.person_id), at=at)
        record(verb, by=by, at=at, subject=response.id, subject_kind="response", episode=who.episode_id)
    return response


def is_danger(taken: Sequence[Taken]) -> bool:
    """Whether an answer tells of danger: then help is shown first."""
    return any(scoring.at_risk(part.definition, part.answers) for part in taken)


def get_answers(response: Response) -> Answers:
    """A response as it was given, with its words."""
    return Answers.from_json(response.answers or "").with_words(words_in(response))


def again(kept: Sequence[Response], taken: Sequence[Taken], sent: Sent) -> Receipt | None:
    """The receipt of before, if this is what was sent before; else None."""
    before = {one.instrument: one for one in kept}
    same = {part.definition.key for part in taken} == set(before) and all(
        before[part.definition.key].submission == sent.submission
        and get_answers(before[part.definition.key]) == part.answers
        for part in taken
    )
    if not same:
        return None
    first = before[taken[0].definition.key]
    return Receipt(first.id, is_danger(taken), remembered=bool(first.browser))
