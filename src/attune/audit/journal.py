"""The way events are written: collected while the work is done, and added as its last statements.

Last, because the one who adds to the chain holds it until the end of the transaction: whoever would still wait for
another row with the chain in hand could wait for somebody who waits for the chain.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Protocol
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from attune.audit.chain import digest_of, hash_of, text_of
from attune.audit.models import Event, Shown
from attune.base.prepared import prepared

_WORD = re.compile(r"[a-z][a-z_.-]{0,39}")


class By(Protocol):
    """Who acts: a person with an id, the machine, or somebody unknown."""

    @property
    def person_id(self) -> UUID | None:
        """The person, where it is one."""
        ...

    @property
    def kind(self) -> str:
        """person, machine or anonymous."""
        ...


@dataclass(slots=True)
class Record:
    """Takes the events of one piece of work."""

    events: list[Event] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)

    def __call__(
        self,
        verb: str,
        *,
        by: By,
        at: datetime,
        subject: UUID | None = None,
        subject_kind: str = "",
        episode: UUID | None = None,
        shown: Collection[UUID] = (),
    ) -> None:
        """Note that this was done (`checkin.received`), to what, in which episode, and whose things were shown."""
        _check_words(verb, subject_kind)
        event = Event(
            at=at,
            actor=by.person_id,
            actor_kind=by.kind,
            verb=verb,
            subject_kind=subject_kind,
            subject=subject,
            episode=episode,
            shown=digest_of(person.hex for person in shown),
        )
        self.events.append(event)
        self.shown.extend(Shown(event=event, person=person) for person in set(shown))


_turn = Lock()
_open: ContextVar[Record | None] = ContextVar("attune_journal", default=None)


@contextmanager
def unit() -> Iterator[Record]:
    """One piece of work: all of it and its events are committed, or nothing is.

    Inside another unit it joins that one. Not to be put inside a transaction opened otherwise: the events
    would no longer be the last statements before the commit.
    """
    outer = _open.get()
    if outer is not None:
        # No savepoint: a failure in here ends the whole unit, even where somebody catches the exception.
        with transaction.atomic(savepoint=False):
            yield outer
        return
    record = Record()
    token = _open.set(record)
    try:
        with _in_turn(), transaction.atomic(durable=True):
            yield record
            if transaction.get_rollback():
                raise transaction.TransactionManagementError("A part of this work failed: nothing of it is kept.")
            _write(record)
    finally:
        _open.reset(token)


@contextmanager
def _in_turn() -> Iterator[None]:
    """SQLite lets one writer in at a time, and whoever waits at its door sleeps and is overtaken (measured with eight
    clients: one in twenty waited over a second). So the threads of a process line up before it, and for no longer than
    the database itself would let them wait.
    """
    if connection.vendor != "sqlite":
        yield
        return
    if not _turn.acquire(timeout=connection.settings_dict["OPTIONS"]["timeout"]):
        raise OperationalError("Whoever writes before this one does not come to an end.")
    try:
        yield
    finally:
        _turn.release()


def note(
    verb: str,
    *,
    by: By,
    at: datetime,
    subject: UUID | None = None,
    subject_kind: str = "",
    episode: UUID | None = None,
    shown: Collection[UUID] = (),
) -> None:
    """A unit of one event: a page was seen, somebody was refused."""
    with unit() as record:
        record(verb, by=by, at=at, subject=subject, subject_kind=subject_kind, episode=episode, shown=shown)


def _check_words(verb: str, subject_kind: str) -> None:
    """Words of our own only: the audit outlives erasure, so nothing that a person wrote may get in."""
    if not _WORD.fullmatch(verb) or not _WORD.fullmatch(subject_kind or "none"):
        raise ValueError("An event is named in small letters, dots and dashes: no content goes into the audit.")


def _write(record: Record) -> None:
    if not record.events:
        return
    if connection.vendor == "sqlite":
        _chain(record.events)
    else:
        for event in record.events:
            event.seq = 0  # the trigger gives seq, prev and hash
    Event.objects.bulk_create(record.events)
    Shown.objects.bulk_create(record.shown)


@prepared
def _find_last() -> QuerySet[Event, tuple[int, str]]:
    return Event.objects.order_by("-seq").values_list("seq", "hash")[:1]


def _chain(events: list[Event]) -> None:
    """Follow on from the last event. SQLite lets one writer in at a time, from the start of its transaction."""
    seq, prev = next(iter(_find_last()), (0, ""))
    for event in events:
        event.seq, event.prev = seq + 1, prev
        event.hash = hash_of(text_of(event))
        seq, prev = event.seq, event.hash
