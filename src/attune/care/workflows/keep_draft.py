"""A check-in that somebody has begun is kept for the browser in which it was typed."""

from collections.abc import Mapping
from datetime import datetime

from attune.base.errors import Conflict, Gone
from attune.care.checkins import readers
from attune.care.checkins.actions import save_draft
from attune.care.workflows.read_parts import begun


def keep_draft(*, token: str, raw: Mapping[str, str], browser: str, at: datetime) -> None:
    """Keep what was typed so far. Raises `NotYours`, `Gone`, or `Conflict` where it was answered or may not wait."""
    invitation = readers.get_invitation(token)
    if readers.is_expired(invitation, at=at):
        raise Gone("This link has expired, or a newer one took its place. Ask for a new one when you next speak.")
    if not readers.may_remember(invitation):
        raise Conflict("Here nothing is kept before it is sent: somebody else might open this phone.")
    save_draft(invitation, typed=begun(invitation, raw), browser=browser, at=at)
