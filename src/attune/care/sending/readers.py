"""What may be asked about sending."""

from django.db.models import QuerySet

from attune.care.episodes.models import Episode, Participant
from attune.care.sending.models import Sending


def list_chosen(participant: Participant) -> dict[str, Sending]:
    """What is sent to this participant by itself, by its moment."""
    return {one.moment: one for one in Sending.objects.filter(participant=participant, until=None)}


def list_running() -> QuerySet[Sending]:
    """Every choice that holds, of running work and of clients who are still in it."""
    chosen = Sending.objects.filter(until=None, participant__until=None)
    running = chosen.filter(participant__episode__state=Episode.State.WORKING)
    return running.select_related("participant__person", "participant__episode").order_by("since", "id")
