"""A client corrects or adds to what was told of a session: a message about it, and both stand."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import Conflict
from attune.care.access.relations import check_is_own
from attune.care.messages.actions import send_to_therapist
from attune.care.messages.readers import was_sent
from attune.care.summaries.models import Summary
from attune.care.summaries.readers import list_shown_to
from attune.people.viewers import Viewer


def add_to_summary(
    participant_id: UUID, summary_id: UUID, *, text: str, submission: UUID, by: Viewer, at: datetime
) -> None:
    """Send it to whoever works with them, who alone see it beside the client. The summary is not touched.

    `Conflict` where no such summary is shown to them: it was taken back meanwhile, or is another's. What had been sent
    before that was sent: the same form again is not told otherwise.
    """
    who = check_is_own(by, participant_id)
    with unit():
        # Held until it is sent, so that its author cannot take it back and delete it in between.
        Summary.objects.select_for_update().filter(pk=summary_id, episode=who.episode_id).first()
        if find_shown(participant_id, summary_id, by=by) is None and not was_sent(who, submission, by=by):
            raise Conflict("What you wrote to is not shown any more. You can send it as a message of its own.")
        send_to_therapist(participant_id, text=text, submission=submission, about=summary_id, by=by, at=at)


def find_shown(participant_id: UUID, summary_id: UUID, *, by: Viewer) -> Summary | None:
    """The summary, if it is shown to this client in this work of theirs; `NotYours` where the work is not theirs."""
    who = check_is_own(by, participant_id)
    return next((one for one in list_shown_to(who) if one.id == summary_id), None)
