"""A check-in as a therapist needs it: to be entered from a sheet or from what was said, or to be printed."""

from dataclasses import dataclass, replace
from datetime import datetime

from attune.audit.journal import note
from attune.care.checkins.actions import can_predict, drawn_up
from attune.care.episodes.models import Participant
from attune.care.workflows.offer_checkin import Wanted, asking_for, get_participant
from attune.insight.checkin_form import CheckInForm, form_of
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class EntryForm:
    """The form, whose it is, and whether the therapist may still say first how they think that it was answered."""

    form: CheckInForm
    participant: Participant
    name: str
    may_predict: bool

    @property
    def initials(self) -> str:
        """What stands on paper in place of the name."""
        return "".join(f"{word[0]}." for word in self.name.split())


def get_entry_form(viewer: Viewer, wanted: Wanted, *, at: datetime) -> EntryForm:
    """The form that a link would open now, for whoever works with this client; keeps nothing of it.

    Raises `NotYours`, or `Conflict` where it has been answered.
    """
    participant = get_participant(wanted.participant_id, by=viewer, at=at)
    invitation = drawn_up(participant, asking_for(participant, wanted))
    load_for([participant.person])
    note("entry.opened", by=viewer, at=at, episode=participant.episode_id, shown=[participant.person_id])
    held = invitation.session_id  # none before an appointment: nothing is foretold there
    return EntryForm(
        form=replace(form_of(invitation, at=at), remembers=False, at_desk=True),
        participant=participant,
        name=str(participant.person.name),
        may_predict=held is not None and can_predict(held, participant, by=viewer),
    )
