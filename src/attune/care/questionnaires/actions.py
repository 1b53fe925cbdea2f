"""What may change about how a participant is asked."""

from datetime import datetime

from attune.care.questionnaires.models import Rhythm
from attune.care.received import Received
from attune.people.viewers import Viewer

#: The choice on the form, and what it means for the next one.
ALWAYS_EIGHT = {"eight": True, "rhythm": False}


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep the client's choice of form for the next time, if they made one."""
    choice = received.answers.choices.get("next_form")
    if choice is not None:
        Rhythm.objects.update_or_create(
            participant=received.participant, defaults={"always_eight": ALWAYS_EIGHT[choice], "chosen_at": at}
        )
