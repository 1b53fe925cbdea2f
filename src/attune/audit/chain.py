"""The chain: what an event's hash covers, in Python and in the SQL of both databases, letter for letter the same.

An event as text: its fields in the order of `FIELDS`, absent ones empty, joined by the unit separator, ids as
32 hexadecimal digits, the time in UTC with six decimals. Its hash is SHA-256 over that, in hexadecimal; `prev` is the
hash of the event before it, empty for the first.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from attune.audit.models import Event

FIELDS: Final = (
    "seq",
    "id",
    "at",
    "actor",
    "actor_kind",
    "verb",
    "subject_kind",
    "subject",
    "episode",
    "shown",
    "prev",
)
SEPARATOR: Final = "\x1f"
_IDS: Final = frozenset({"id", "actor", "subject", "episode"})


def text_of(event: Event) -> str:
    """The event as the text that is hashed."""
    return SEPARATOR.join(_plain(getattr(event, name)) for name in FIELDS)


def hash_of(text: str) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def digest_of(persons: Iterable[str]) -> str:
    """One digest for the persons shown, given as 32 hexadecimal digits each; empty for none."""
    ordered = sorted(set(persons))
    return hash_of(SEPARATOR.join(ordered)) if ordered else ""


def sql_text(vendor: str, row: str) -> str:
    """The SQL that writes the event `row` as the same text."""
    return f" || '{SEPARATOR}' || ".join(_sql(vendor, f"{row}.{name}", name) for name in FIELDS)


def sql_id(vendor: str, column: str) -> str:
    """The SQL that writes an id as 32 hexadecimal digits, as SQLite stores it anyway."""
    return f"replace({column}::text, '-', '')" if vendor == "postgresql" else column


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return "" if value is None else str(value)


def _sql(vendor: str, column: str, name: str) -> str:
    if name in _IDS:
        return f"coalesce({sql_id(vendor, column)}, '')"
    if name != "at":
        return f"{column}::text" if vendor == "postgresql" else column
    if vendor == "postgresql":
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    # SQLite keeps times as text, and leaves the decimals out when they are all nought.
    return f"CASE length({column}) WHEN 19 THEN {column} || '.000000' ELSE {column} END"
