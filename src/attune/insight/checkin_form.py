"""What a client needs to see to answer one form: its lines, whose name stands in them, and who will read it.

An invitation shows no history and no name of the client: whoever holds the link learns nothing from it.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from attune.base.errors import Gone
from attune.care.access.relations import list_readers
from attune.care.autonomy.models import Step
from attune.care.checkins import readers
from attune.care.checkins.fields import AGAIN, HELPED, field_of
from attune.care.checkins.models import Invitation, Part
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.readers import get_pending_change, is_told_in
from attune.care.questionnaires.readers import get_definition
from attune.care.workflows.correct_checkin import check_can_correct
from attune.care.workflows.read_parts import as_sent
from attune.care.workflows.receive_checkin import get_answers
from attune.vault.sealed import load_for
from attune_science.instruments import Definition, Item

#: Asked only when an earlier step has not been told of: the outcome, and a line to it.
STEP_ITEMS = ("step_outcome", "step_told")
#: Asked only when something was changed, and nothing was said of it yet; it names neither.
FELT = "felt"


@dataclass(frozen=True)
class FormPart:
    """One instrument of the form. `number` is the session's; 0 where the form is not about a session."""

    place: int
    part: Part
    definition: Definition
    number: int
    asks_for_step: bool
    asks_for_change: bool = False

    @cached_property
    def lines(self) -> tuple[Item, ...]:
        """The lines to be marked, in the order in which they are shown."""
        return self.definition.lines(self.part.form)

    @cached_property
    def after(self) -> tuple[Item, ...]:
        """What is asked after the lines: as far as it is time for it."""
        known = max(self.number, 1)
        rest = self.definition.asked(self.part.form)[len(self.lines) :]
        items = (item for item in rest if item.from_session <= known)
        left = (() if self.asks_for_step else STEP_ITEMS) + (() if self.asks_for_change else (FELT,))
        return tuple(item for item in items if item.key not in left)

    def field(self, item: Item) -> str:
        """The name of an item's field in the form."""
        return field_of(self.place, self.part, item.key)

    @property
    def again(self) -> str:
        """The name of the field for how often the client wants to be asked this; empty for the check-in's own part."""
        return f"{AGAIN}{self.definition.key}" if self.definition.kind == "questionnaire" else ""


@dataclass(frozen=True)
class CheckInForm:
    """One form of one part or several, ready to be shown."""

    parts: list[FormPart]
    kind: str
    readers: tuple[str, ...]
    number: int
    when: datetime | None
    zone: str
    remembers: bool = False
    """Whether what is typed may wait in this browser, and be changed there after it was sent."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What was typed here before, or sent before, by field."""
    revision: UUID | None = None
    """The response that this form changes."""
    at_desk: bool = False
    """Whether a therapist fills it in, with what the client wrote or said."""

    @property
    def therapist(self) -> str:
        """The name that stands in the lines."""
        return self.readers[0] if self.readers else ""


def get_checkin_form(token: str, *, browser: str = "", at: datetime) -> CheckInForm | None:
    """The form behind a link, with what was typed in this browser before; None when it has been answered.

    Raises `NotYours` or `Gone`. Writes nothing.
    """
    if readers.was_received(token):
        return None
    invitation = readers.get_invitation(token)
    if readers.is_expired(invitation, at=at):
        raise Gone("This link has expired. Ask for a new one when you next speak.")
    return replace(form_of(invitation, at=at), typed=readers.get_draft(invitation, browser=browser, at=at))


def get_correction_form(token: str, *, browser: str, at: datetime) -> CheckInForm:
    """The form with what was sent, to be changed. Raises `NotYours`, `Conflict`, or `Gone` when it is too late."""
    invitation = readers.get_invitation(token)
    sent = readers.list_responses(invitation.id)
    check_can_correct(invitation, sent, browser=browser, at=at)
    standing = {one.instrument: one for one in readers.latest_of(sent)}
    typed = {HELPED: next(iter(standing.values())).helped}
    for place, part in enumerate(invitation.parts):
        if part.instrument in standing:
            typed |= as_sent(place, part, get_answers(standing[part.instrument]))
    form = form_of(invitation, told_in=[one.id for one in standing.values()], at=at)
    return replace(form, typed=typed, revision=standing[invitation.parts[0].instrument].id)


def form_of(invitation: Invitation, *, told_in: Collection[UUID] = (), at: datetime) -> CheckInForm:
    """An invitation as a form. `told_in`: responses whose telling of a step is asked for again."""
    who = invitation.participant
    about = invitation.session.appointment if invitation.session else invitation.appointment
    number = invitation.session.number if invitation.session else 0
    is_before = invitation.kind == Invitation.Kind.BEFORE
    asks = (is_before and _has_step(who, told_in), is_before and _has_change(who, told_in, at=at))
    return CheckInForm(
        parts=[
            FormPart(place, part, get_definition(part.instrument, part.version), number, *asks)
            for place, part in enumerate(invitation.parts)
        ],
        kind=invitation.kind,
        readers=names_of_readers(who.episode_id, at=at),
        number=number,
        when=about.starts_at if about else None,
        zone=about.zone if about else who.episode.zone,
        remembers=readers.may_remember(invitation),
    )


def _has_step(who: Participant, told_in: Collection[UUID]) -> bool:
    """A step that still stands and was not told of, or was in these responses alone."""
    steps = Step.objects.filter(participant=who, response__replaced_by=None)
    return steps.filter(Q(outcome="") | Q(outcome_response__in=told_in)).exists()


def _has_change(who: Participant, told_in: Collection[UUID], *, at: datetime) -> bool:
    """A change of which nothing was said, or in these responses alone. Never where several take part.

    Whoever holds the link learns that something changed: in a couple or a family that is more than anybody may know.
    """
    if who.episode.kind != Episode.Kind.INDIVIDUAL:
        return False
    return bool(get_pending_change(who, at=at)) or is_told_in(told_in)


def list_fields_of_words(invitation: Invitation) -> list[str]:
    """The names of the fields in which words are typed; none of a part that is not at hand any more."""
    found = []
    for place, part in enumerate(invitation.parts):
        with suppress(Gone):
            items = get_definition(part.instrument, part.version).items
            found += [field_of(place, part, item.key) for item in items if item.kind == "words"]
    return found


def names_of_readers(episode_id: UUID, *, at: datetime) -> tuple[str, ...]:
    """The names of everybody who will be able to read this; the therapist of longest standing comes first."""
    people = list_readers(episode_id, at=at)
    load_for(people)
    return tuple(str(person.name) for person in people)
