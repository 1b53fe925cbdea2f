"""Whether the chain is whole, from its first event to a head that was written down elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self

from django.db import connection

from attune.audit.chain import digest_of, hash_of, sql_id, sql_text
from attune.audit.models import Event
from attune.base.errors import Refused

CHUNK: Final = 5000


@dataclass(frozen=True)
class Head:
    """The last event's place and hash. Kept outside, it shows later whether the end was cut off or rewritten."""

    seq: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the form `SEQ:HASH` in which it is printed."""
        seq, colon, digest = text.strip().partition(":")
        if not colon or not seq.isascii() or not seq.isdigit():
            raise Refused("A head has the form SEQ:HASH, as `attune audit head` prints it.")
        return cls(int(seq), digest)

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True)
class Fault:
    """The first event that is not as it was written, or does not stand where it was."""

    seq: int
    id: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """What was found: how many events are as they were written, up to which, and the first fault if there is one."""

    count: int
    head: Head
    fault: Fault | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, removed, moved or slipped in."""
        return self.fault is None


class _Link(NamedTuple):
    """An event as it lies in the database."""

    seq: int
    id: str
    text: str | None
    shown: str
    prev: str
    hash: str


EMPTY: Final = Head(0, "")


def head() -> Head:
    """Where the chain stands now."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return Head(*last) if last else EMPTY


def verify(known: Head | None = None) -> Verdict:
    """Read the whole chain in order; with a head from before, also see that it is still in it."""
    seq, digest = EMPTY.seq, EMPTY.hash
    for link, persons in _links():
        what = _amiss(link, seq, digest, persons) or _rewritten(link, known)
        if what:
            return Verdict(seq, Head(seq, digest), Fault(link.seq, link.id, what))
        seq, digest = link.seq, link.hash
    at = Head(seq, digest)
    if known is not None and known.seq > at.seq:
        gone = f"the end was cut off: events up to {known.seq} were there when the head was written down"
        return Verdict(at.seq, at, Fault(at.seq + 1, "", gone))
    return Verdict(at.seq, at)


def _amiss(link: _Link, before: int, digest: str, persons: list[str]) -> str:
    """What is wrong with an event, given the one before it; nothing when it is as it was written."""
    if link.seq != before + 1:
        return f"before it, event {before + 1} is missing: it was deleted or moved"
    if link.text is None or hash_of(link.text) != link.hash:
        return "it was edited: its hash is not that of what it says"
    if link.prev != digest:
        return "it does not follow the event before it: it was inserted or moved, or that one was replaced"
    if (persons or link.shown) and digest_of(persons) != link.shown:
        return "the persons shown are not those it was written with"
    return ""


def _rewritten(link: _Link, known: Head | None) -> str:
    if known is None or link.seq != known.seq or link.hash == known.hash:
        return ""
    return "it is not the event that stood here when the head was written down: the chain was rewritten"


def _links() -> Iterator[tuple[_Link, list[str]]]:
    """Every event in order with the persons it showed, a chunk at a time."""
    after = -1 << 62  # a row with a place below 1 was slipped in, and must be seen too
    while chunk := _fetch(_EVENTS, after, CHUNK):
        links = [_Link._make(row) for row in chunk]
        persons: dict[int, list[str]] = {}
        for seq, person in _fetch(_PERSONS, after, links[-1].seq):
            persons.setdefault(seq, []).append(person)
        for link in links:
            yield link, persons.get(link.seq, [])
        after = links[-1].seq


_EVENTS = "SELECT seq, {id}, {text}, shown, prev, hash FROM audit_event e WHERE seq > %s ORDER BY seq LIMIT %s"
_PERSONS = (
    "SELECT e.seq, {person} FROM audit_event e JOIN audit_shown s ON s.event_id = e.id WHERE e.seq > %s AND e.seq <= %s"
)


def _fetch(query: str, *parameters: int) -> list[Any]:
    vendor = connection.vendor
    parts = {"id": sql_id(vendor, "e.id"), "person": sql_id(vendor, "s.person"), "text": sql_text(vendor, "e")}
    with connection.cursor() as cursor:
        cursor.execute(query.format(**parts), parameters)
        return list(cursor.fetchall())
