"""What may change about the outbox: a letter is put into it once, and moves from state to state."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from attune.audit.journal import unit
from attune.base.errors import Conflict
from attune.notices.models import Notice
from attune.notices.states import NEXT
from attune.people.viewers import MACHINE

#: From one try to the next, growing: a mail server that is away for a moment, for an hour, for a day.
PAUSES = (*(timedelta(minutes=n) for n in (5, 10, 20, 40)), timedelta(hours=1))


@dataclass(frozen=True)
class Due:
    """A letter that is to go: to whom, about what, when, and until when it makes sense."""

    person_id: UUID
    kind: str
    about: UUID
    due: datetime
    until: datetime


def sends_mail() -> bool:
    """Whether this house has a mail server at all."""
    return settings.ATTUNE.mail_url is not None


def put_in(letter: Due, *, at: datetime) -> None:
    """Put it into the outbox; what lies there already stays as it is. One that comes too late is kept as missed."""
    late = letter.until <= at
    with unit() as record:
        kept, new = Notice.objects.get_or_create(
            person_id=letter.person_id,
            kind=letter.kind,
            about=letter.about,
            defaults={
                "due": letter.due,
                "until": letter.until,
                "state": Notice.State.MISSED if late else Notice.State.WAITING,
                "next_at": letter.due,
                "changed_at": at,
            },
        )
        if new:
            verb = "notice.missed" if late else "notice.queued"
            record(verb, by=MACHINE, at=at, subject=kept.id, subject_kind="notice")


def move_on(notice: Notice, to: str, *, at: datetime) -> None:
    """Give it its next state, if it is still where it was seen; `Conflict` where somebody else has moved it."""
    if to not in NEXT[notice.state]:
        raise Conflict(f"A letter that is {notice.state} does not become {to}.")
    with unit() as record:
        moved = Notice.objects.filter(pk=notice.pk, state=notice.state).update(state=to, changed_at=at)
        if not moved:
            raise Conflict("Somebody else has this letter in hand.")
        notice.state, notice.changed_at = to, at
        record(f"notice.{to}", by=MACHINE, at=at, subject=notice.id, subject_kind="notice")


def try_later(notice: Notice, *, at: datetime) -> None:
    """Once more after a pause, which grows; each try is counted, and none leaves an event."""
    pause = PAUSES[min(notice.tries, len(PAUSES) - 1)]
    notice.tries, notice.next_at = notice.tries + 1, at + pause
    Notice.objects.filter(pk=notice.pk).update(tries=notice.tries, next_at=notice.next_at)


def put_off(notice: Notice, letter: Due) -> None:
    """What it is about was moved: it waits for its new hour."""
    notice.due, notice.until, notice.next_at = letter.due, letter.until, letter.due
    Notice.objects.filter(pk=notice.pk).update(due=letter.due, until=letter.until, next_at=letter.due)


def list_to_send(*, at: datetime) -> list[Notice]:
    """What waits and may be tried now, the longest due first."""
    return list(Notice.objects.filter(state=Notice.State.WAITING, next_at__lte=at).order_by("due", "id"))


def list_left_in_hand(*, before: datetime) -> list[Notice]:
    """What somebody was sending when they died."""
    return list(Notice.objects.filter(state=Notice.State.SENDING, changed_at__lte=before))


def was_told(person_id: UUID, kind: str, *, since: datetime) -> bool:
    """Whether a letter of this kind has gone to this person since then, may have gone, or is on its way."""
    gone = Notice.objects.filter(person=person_id, kind=kind, changed_at__gt=since)
    return gone.exclude(state__in=(Notice.State.STOPPED, Notice.State.MISSED)).exists()


def list_about(person_id: UUID, about: Collection[UUID]) -> list[Notice]:
    """The letters to one person about these things, the newest first."""
    return list(Notice.objects.filter(person=person_id, about__in=about).order_by("-due", "-id"))
