"""What may be asked about the house and its people."""

from functools import cache

from attune.base.errors import Misconfigured
from attune.people.models import Installation

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
