"""What is asked, in one line: the kind, the instrument, and a form where it has several."""

from uuid import UUID

from attune.care.checkins.actions import Asking, part_of
from attune_science import instruments


def ask(kind: str, instrument: str, form: str | None = None, **about: UUID) -> Asking:
    """An asking of one instrument, about a session or an appointment."""
    return Asking(kind, [part_of(instruments.get(instrument), form)], **about)
