"""What a client needs to see to answer one form: its lines, whose name stands in them, and who will read it.

An invitation shows no history and no name of the client: whoever holds the link learns nothing from it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from attune.base.errors import Gone
from attune.care.access.relations import list_readers
from attune.care.autonomy.models import Step
from attune.care.checkins import readers
from attune.care.checkins.models import Invitation
from attune.vault.sealed import load_for
from attune_science import instruments
from attune_science.instruments import Definition, Item

#: Asked only when an earlier step has not been told of: the outcome, and a line to it.
STEP_ITEMS = ("step_outcome", "step_told")


@dataclass(frozen=True)
class CheckInForm:
    """One form, ready to be shown. `number` is the session's; 0 where the form is not about a session."""

    definition: Definition
    form: str
    kind: str
    readers: tuple[str, ...]
    number: int
    when: datetime | None
    zone: str
    asks_for_step: bool

    @property
    def therapist(self) -> str:
        """The name that stands in the lines."""
        return self.readers[0] if self.readers else ""

    @cached_property
    def lines(self) -> tuple[Item, ...]:
        """The lines to be marked, in the order in which they are shown."""
        return self.definition.lines(self.form)

    @cached_property
    def after(self) -> tuple[Item, ...]:
        """What is asked after the lines: as far as it is time for it."""
        known = max(self.number, 1)
        items = (item for item in self.definition.asked(self.form)[len(self.lines) :] if item.from_session <= known)
        return tuple(item for item in items if self.asks_for_step or item.key not in STEP_ITEMS)


def get_checkin_form(token: str, *, at: datetime) -> CheckInForm | None:
    """The form behind a link; None when it has been answered. Raises `NotYours` or `Gone`. Writes nothing."""
    if readers.was_received(token):
        return None
    invitation = readers.get_invitation(token)
    if readers.is_expired(invitation, at=at):
        raise Gone("This link has expired. Ask for a new one when you next speak.")
    return _form(invitation, at=at)


def _form(invitation: Invitation, *, at: datetime) -> CheckInForm:
    who = invitation.participant
    about = invitation.session.appointment if invitation.session else invitation.appointment
    before = invitation.kind == Invitation.Kind.BEFORE
    return CheckInForm(
        definition=instruments.get(invitation.instrument),
        form=invitation.form,
        kind=invitation.kind,
        readers=names_of_readers(who.episode_id, at=at),
        number=invitation.session.number if invitation.session else 0,
        when=about.starts_at if about else None,
        zone=about.zone if about else who.episode.zone,
        asks_for_step=before and Step.objects.filter(participant=who, outcome="").exists(),
    )


def names_of_readers(episode_id: UUID, *, at: datetime) -> tuple[str, ...]:
    """The names of everybody who will be able to read this; the therapist of longest standing comes first."""
    people = list_readers(episode_id, at=at)
    load_for(people)
    return tuple(str(person.name) for person in people)
