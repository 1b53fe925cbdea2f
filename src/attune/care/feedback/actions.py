"""What may change about a client's words: they are taken from a check-in, unaltered."""

from datetime import datetime

from attune.care.feedback.models import Word
from attune.care.received import Received
from attune.people.viewers import Viewer


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep what was asked for: of today, unsaid, more of, less of."""
    Word.objects.bulk_create(
        Word(participant=received.participant, response_id=received.response_id, kind=kind, text=text, said_at=at)
        for kind in Word.Kind.values
        if (text := received.answers.words.get(kind))
    )
