"""Writing events: collected during a transaction, written as its last statements."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import connection, transaction

from attune.audit.chain import Link, digest_of, hash_of
from attune.audit.models import Event, Shown
from attune.base.ids import new_id


class Actor(Protocol):
    """Whoever did or saw something."""

    @property
    def person_id(self) -> UUID | None: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102


class Record:
    """The events of one transaction, before they are written."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.shown: list[Shown] = []

    def __call__(
        self,
        verb: str,
        *,
        by: Actor,
        at: datetime,
        subject: UUID | None = None,
        subject_kind: str = "",
        episode: UUID | None = None,
        shown: Collection[UUID] = (),
    ) -> None:
        """Add an event; `shown` are the persons who stood on the page."""
        event = Event(
            seq=0,
            id=new_id(),
            at=at,
            actor=by.person_id,
            actor_kind=by.kind,
            verb=verb,
            subject_kind=subject_kind,
            subject=subject,
            episode=episode,
            shown=digest_of(set(shown)),
        )
        self.events.append(event)
        self.shown.extend(Shown(event_id=event.id, person=person) for person in set(shown))


_current: ContextVar[Record | None] = ContextVar("events of the transaction", default=None)


@contextmanager
def unit() -> Iterator[Record]:
    """One transaction with its events. A unit inside another joins it; an exception leaves nothing behind."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        record = Record()
        token = _current.set(record)
        try:
            yield record
        finally:
            _current.reset(token)
        _write(record)


def note(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    subject: UUID | None = None,
    subject_kind: str = "",
    episode: UUID | None = None,
    shown: Collection[UUID] = (),
) -> None:
    """A unit of one event: a page was looked at, a way in was refused."""
    with unit() as record:
        record(verb, by=by, at=at, subject=subject, subject_kind=subject_kind, episode=episode, shown=shown)


def _write(record: Record) -> None:
    if not record.events:
        return
    if connection.vendor == "sqlite":
        _chain(record.events)
    Event.objects.bulk_create(record.events)
    Shown.objects.bulk_create(record.shown)


def _chain(events: list[Event]) -> None:
    """On SQLite this transaction is the only one that writes: the last row stays the last."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    seq, prev = last or (0, "")
    for event in events:
        seq += 1
        event.seq, event.prev = seq, prev
        event.hash = prev = hash_of(Link(*(getattr(event, name) for name in Link._fields)))
