"""Names of the people on a page, opened with one look into the vault."""

from collections.abc import Iterable

from attune.people.models import Person
from attune.vault.sealed import load_for


def load_people(people: Iterable[Person]) -> list[Person]:
    """The same people, their keys fetched together."""
    listed = list(people)
    load_for(listed)
    return listed
