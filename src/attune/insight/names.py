"""How the people of an episode are named: all of them, or so that who glances at a page learns little."""

from collections.abc import Iterable, Sequence

from attune.people.models import Person


def names_of(people: Iterable[Person]) -> str:
    """The names by which they go, in one line. Their keys are at hand."""
    return ", ".join(str(one.name) for one in people)


def initials(names: Sequence[str]) -> list[str]:
    """As few first letters as tell everybody apart."""
    longest = max(map(len, names))
    lengths = (n for n in range(1, longest + 1) if len({name[:n] for name in names}) == len(names))
    n = next(lengths, longest)
    return [name[:n] for name in names]
