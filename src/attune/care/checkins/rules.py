"""Which check-ins the brief shows: one rule, for opening it and for reading it."""

from dataclasses import dataclass
from uuid import UUID

from attune.care.checkins.models import Invitation


@dataclass(frozen=True)
class Shown:
    """What the next brief of an episode is about: the appointment ahead, and the session held last."""

    ahead: UUID | None
    last: UUID | None
    alone: bool

    def covers(self, invitation: Invitation) -> bool:
        """Whether the brief shows words or answers of this form.

        The one before the appointment ahead; for a single client also the one after the last session, and the scores
        of a questionnaire. Earlier marks only stand behind a range: what was said with them stays unread until it is
        opened by itself.
        """
        if invitation.kind == Invitation.Kind.QUESTIONNAIRE:
            return self.alone
        if invitation.kind == Invitation.Kind.BEFORE:
            return self.ahead is not None and invitation.appointment_id == self.ahead
        return self.alone and self.last is not None and invitation.session_id == self.last
