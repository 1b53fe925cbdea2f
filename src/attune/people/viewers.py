"""Who is looking: resolved once a request, and handed down to every reader and action."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from attune.base.errors import NotYours
from attune.base.prepared import prepared
from attune.people.models import Role


@dataclass(frozen=True)
class Viewer:
    """A person with their roles, the machine, or somebody unknown. Passed as `viewer` or `by`."""

    person_id: UUID | None
    kind: str = "person"
    roles: frozenset[str] = field(default_factory=frozenset)

    @property
    def me(self) -> UUID:
        """The id of the person; the machine and strangers have none and may not ask."""
        if self.person_id is None:
            raise NotYours
        return self.person_id


MACHINE = Viewer(None, "machine")
ANONYMOUS = Viewer(None, "anonymous")


def get_viewer(person_id: UUID, *, at: datetime) -> Viewer:
    """The person with the roles that hold at this moment."""
    return Viewer(person_id, roles=frozenset(_list_roles(person_id, at)))


@prepared
def _list_roles(person: UUID, at: datetime) -> QuerySet[Role, str]:
    held = Role.objects.filter(Q(until__isnull=True) | Q(until__gt=at), person=person, since__lte=at)
    return held.values_list("name", flat=True)
