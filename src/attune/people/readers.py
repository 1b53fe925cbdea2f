"""What may be asked about the house and its people."""

from datetime import datetime
from functools import cache

from django.db.models import Q

from attune.base.errors import Misconfigured
from attune.people.models import Installation, Person, Role

NOT_BEGUN = "There is no clinic here yet: run `attune demo`, or `attune clinic create`."


@cache
def get_installation() -> Installation:
    """This installation; it never changes, so one look in the life of a process is enough."""
    house = Installation.objects.first()
    if house is None:  # what is raised is not kept: the next call looks again
        raise Misconfigured(NOT_BEGUN)
    return house


def check_begun() -> None:
    """Look into the database, every time; raises `Misconfigured` when nothing has begun there."""
    if not Installation.objects.exists():
        raise Misconfigured(NOT_BEGUN)


def list_staff(*, at: datetime) -> list[Person]:
    """Everybody who has a role here at this moment, longest first. Their names are not opened."""
    held = Role.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at).order_by("since", "id")
    return list(dict.fromkeys(one.person for one in held.select_related("person")))
