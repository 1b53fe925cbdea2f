"""What may be asked about messages. Who may ask is said by `access`, before."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from attune.base.prepared import prepared
from attune.care.episodes.models import Participant
from attune.care.messages.models import Message
from attune.people.viewers import Viewer

#: So many stand on a page; those before them on one of their own.
AT_ONCE = 60
#: What was just sent can be taken back within so long.
TAKEN_BACK_WITHIN = timedelta(minutes=10)


def list_messages(who: Participant, *, before: UUID | None = None) -> list[Message]:
    """The newest of this conversation, the oldest of them first; or those that came before one of it."""
    of_both = Message.objects.filter(participant=who)
    earlier = of_both.filter(pk=before).values_list("sent_at", "pk").first() if before else None
    if earlier is not None:
        of_both = of_both.filter(Q(sent_at__lt=earlier[0]) | Q(sent_at=earlier[0], pk__lt=earlier[1]))
    with_authors = of_both.select_related("author", "about__session")
    found = list(with_authors.order_by("-sent_at", "-id")[: AT_ONCE + 1])
    for one in found:
        one.participant = who
    return found[::-1]


@dataclass(frozen=True)
class Unopened:
    """What one client wrote and none of their therapists has opened: since when, and how many messages."""

    participant: UUID
    episode: UUID
    since: datetime
    many: int


def list_unopened(episodes: Collection[UUID]) -> list[Unopened]:
    """What waits of the clients of these episodes, one for each who wrote."""
    return [Unopened(*row) for row in _list_unopened(episodes)]


@prepared
def _list_unopened(episodes: Collection[UUID]) -> QuerySet[Message, tuple[UUID, UUID, datetime, int]]:
    waiting = Message.objects.filter(participant__episode__in=episodes, read_at=None, taken_back_at=None)
    by_client = waiting.filter(author=F("participant__person")).values_list("participant", "participant__episode")
    return by_client.annotate(since=Min("sent_at"), many=Count("id"))


def list_not_opened() -> QuerySet[Message]:
    """What either side has still to open, of all work."""
    waiting = Message.objects.filter(read_at=None, taken_back_at=None)
    return waiting.select_related("participant__person", "participant__episode")


def count_unopened(who: Participant, *, by_client: bool) -> int:
    """How many the side that is looking has still to open in this conversation."""
    waiting = Message.objects.filter(participant=who, read_at=None, taken_back_at=None)
    others = waiting.exclude(author=who.person_id) if by_client else waiting.filter(author=who.person_id)
    return others.count()


def list_additions(summaries: Collection[UUID]) -> list[Message]:
    """What clients sent about these summaries, and did not take back; the oldest first."""
    sent = Message.objects.select_related("participant__person").filter(about__in=summaries, taken_back_at=None)
    return list(sent.filter(author=F("participant__person")).order_by("sent_at", "id"))


def was_sent(who: Participant, submission: UUID, *, by: Viewer) -> bool:
    """Whether this form has been sent already."""
    return Message.objects.filter(participant=who, author=by.me, submission=submission).exists()


def is_from_client(message: Message) -> bool:
    """Whether the participant wrote it."""
    return message.author_id == message.participant.person_id


def is_unopened(message: Message, *, by_client: bool) -> bool:
    """Whether the side that is looking has something to open here."""
    return message.read_at is None and message.taken_back_at is None and is_from_client(message) is not by_client


def can_take_back(message: Message, *, by: Viewer, at: datetime) -> bool:
    """Its author, for ten minutes, whether somebody has opened it or not: that it still can tells nothing."""
    in_time = at - message.sent_at < TAKEN_BACK_WITHIN
    return message.author_id == by.person_id and message.taken_back_at is None and in_time
