"""How people are named where a page may be seen by another of them."""

from collections.abc import Sequence


def initials(names: Sequence[str]) -> list[str]:
    """As few first letters as tell everybody apart."""
    longest = max(map(len, names))
    lengths = (n for n in range(1, longest + 1) if len({name[:n] for name in names}) == len(names))
    n = next(lengths, longest)
    return [name[:n] for name in names]
