"""What is drawn by chance, from a source that the caller seeds: the same seed is the same course."""

import math
from collections.abc import Iterator
from random import Random

_DEGREES = 6
# A t variate with six degrees of freedom has the variance 6/4.
_TO_ONE = math.sqrt((_DEGREES - 2) / _DEGREES)


def heavy_tailed(chance: Random) -> float:
    """Student's t with six degrees of freedom, scaled to a standard deviation of 1."""
    return chance.gauss(0, 1) * math.sqrt(_DEGREES / chance.gammavariate(_DEGREES / 2, 2)) * _TO_ONE


def deviations(chance: Random, carry: float) -> Iterator[float]:
    """Deviations of one client from session to session: AR(1), with a standard deviation of 1 at every session."""
    now = heavy_tailed(chance)
    while True:
        yield now
        now = carry * now + math.sqrt(1 - carry**2) * heavy_tailed(chance)
