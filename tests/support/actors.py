"""Those who act in tests of the audit: all that it asks of a viewer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

NOON = datetime(2026, 3, 2, 12, 0, 0, 250, tzinfo=UTC)


@dataclass(frozen=True)
class Actor:
    person_id: UUID | None = None
    kind: str = "person"
