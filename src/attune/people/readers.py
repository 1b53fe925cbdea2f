"""What may be asked about the house and its people."""

from functools import cache

from attune.base.errors import Misconfigured
from attune.people.models import Installation


@cache
def get_installation() -> Installation:
    """This installation; it never changes, so one look in the life of a process is enough."""
    house = Installation.objects.first()
    if house is None:
        get_installation.cache_clear()
        raise Misconfigured("There is no clinic here yet: run `attune demo`, or `attune clinic create`.")
    return house
