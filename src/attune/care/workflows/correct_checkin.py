"""A client changes what they sent: within two hours, in the same browser, before anybody has read it.

Answers are never edited. A correction is a response of its own for each part, which replaces the one before; signals
and concerns that were raised already stay. Why it is too late is never said: that would tell who has read what when.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import Conflict, Gone, Refused
from attune.care.checkins import readers
from attune.care.checkins.actions import lock_responses
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.tokens import mark_of
from attune.care.episodes.models import Episode
from attune.care.workflows.read_parts import read_parts
from attune.care.workflows.receive_checkin import Arrival, Receipt, Sent, again, keep
from attune.people.viewers import Viewer

#: From when it was first sent.
CORRECTED_WITHIN = timedelta(hours=2)
_STANDS = "What you sent stands. If something was different, say it when you meet."


def check_can_correct(invitation: Invitation, sent: Sequence[Response], *, browser: str, at: datetime) -> None:
    """It came from this browser less than two hours ago, nobody has opened it, and the work goes on."""
    mark = mark_of(browser, invitation.id)
    if not sent or not mark or any(one.browser != mark for one in sent) or not readers.may_remember(invitation):
        raise Conflict(_STANDS)
    who = invitation.participant
    ended = who.episode.state != Episode.State.WORKING or who.until is not None
    if ended or at >= sent[0].given_at + CORRECTED_WITHIN:
        raise Gone(_STANDS)
    # To have answered the concern that an answer raised is to have read the answer.
    if any(one.read_at or _was_acted_upon(one) for one in sent):
        raise Conflict(_STANDS)


def _was_acted_upon(response: Response) -> bool:
    concern = getattr(response, "concern", None)
    return concern is not None and concern.answered_at is not None


def can_correct(sent: Sequence[Response], *, browser: str, at: datetime) -> bool:
    """Whether the receipt of what was sent offers to change something. `sent`: as `list_sent` gives it."""
    try:
        check_can_correct(sent[0].invitation, sent, browser=browser, at=at)
    except (Conflict, Gone):
        return False
    return True


def correct_checkin(*, token: str, sent: Sent, revision: UUID | None, at: datetime) -> Receipt:
    """Take what was changed. `revision`: the response that the form showed; `Conflict` where another came since.

    The same change sent twice gets the same receipt.
    """
    invitation = readers.get_invitation(token)
    with unit():
        before = lock_responses(invitation)
        latest = readers.latest_of(before)
        try:
            taken, helped = read_parts(invitation, sent.raw, answered=[one.instrument for one in before])
        except Refused:  # where it is too late anyway, that is what is told
            check_can_correct(invitation, before, browser=sent.browser, at=at)
            raise
        receipt = again(latest, taken, sent)
        if receipt is not None:
            return receipt
        check_can_correct(invitation, before, browser=sent.browser, at=at)
        if revision not in [one.id for one in latest]:
            raise Conflict("This was changed in another window meanwhile, and that is what stands now.")
        replaces = {one.instrument: one.id for one in latest}
        arrival = Arrival(invitation, taken, helped, sent, replaces)
        return keep(arrival, by=Viewer(invitation.participant.person_id), verb="checkin.corrected", at=at)
