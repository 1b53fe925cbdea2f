"""What may change about sending: it is chosen, and taken back."""

from datetime import datetime

from attune.audit.journal import Record, unit
from attune.base.errors import Refused
from attune.care.episodes.models import Participant
from attune.care.sending.models import Sending
from attune.care.sending.rules import CHOICES
from attune.people.viewers import Viewer


def choose_sending(participant: Participant, *, moment: str, how: str, by: Viewer, at: datetime) -> None:
    """From now on the check-in of this moment is sent so; with an empty `how` not at all. The same again is nothing."""
    if how not in ("", *CHOICES[moment]):
        raise Refused("This cannot be chosen.", {moment: "Choose one of these."})
    with unit() as record:
        Participant.objects.select_for_update().get(pk=participant.pk)  # two at once: one after the other
        before = Sending.objects.filter(participant=participant, moment=moment, until=None).first()
        if (before.how if before else "") == how:
            return
        if before is not None:
            Sending.objects.filter(pk=before.pk).update(until=at)
            _note(record, "sending.ended", before, by=by, at=at)
        if how:
            kept = Sending.objects.create(participant=participant, moment=moment, how=how, since=at)
            _note(record, "sending.chosen", kept, by=by, at=at)


def _note(record: Record, verb: str, sending: Sending, *, by: Viewer, at: datetime) -> None:
    episode = sending.participant.episode_id
    record(verb, by=by, at=at, subject=sending.id, subject_kind="sending", episode=episode)
