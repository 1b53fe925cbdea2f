"""How a row of the chain is hashed: one text for Python and for PostgreSQL's trigger (`triggers.py`)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
SEPARATOR = "\x1f"


class Link(NamedTuple):
    """What a row's hash covers, in this order."""

    seq: int
    id: UUID
    at: datetime
    actor: UUID | None
    actor_kind: str
    verb: str
    subject_kind: str
    subject: UUID | None
    episode: UUID | None
    shown: str
    prev: str


def hash_of(link: Link) -> str:
    """SHA-256 of the row, in hexadecimal."""
    at = (link.at - _EPOCH) // _MICROSECOND
    parts = (str(at) if part is link.at else "" if part is None else str(part) for part in link)
    return sha256(SEPARATOR.join(parts).encode("utf-8")).hexdigest()


def digest_of(people: Iterable[UUID]) -> str:
    """One digest for everybody who was shown, in any order; empty for nobody."""
    ids = sorted(str(person) for person in people)
    return sha256(SEPARATOR.join(ids).encode("ascii")).hexdigest() if ids else ""
