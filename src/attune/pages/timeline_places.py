"""Where things stand on a timeline: the two frames, days to the right, words that leave each other room."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from attune.pages.timeline_points import Chart, Tick

#: How wide a letter is, near enough: a little more than half of the 13 px of the drawing's words.
LETTER = 7.2
#: Room between the edge of the scale and the first and last point.
INSIDE = 14.0
#: Of months, every one, or every so many.
_STEPS = (1, 2, 3, 6, 12, 24)


@dataclass(frozen=True)
class Frame:
    """How large a drawing is. `beside`: there is room for words at the side of the rows."""

    name: str
    width: int
    left: float
    right: float
    tall: float
    low: float
    lane: float
    beside: bool
    radius: float
    letters: int


WIDE = Frame("wide", 1088, 112, 956, tall=204, low=132, lane=36, beside=True, radius=5, letters=140)
NARROW = Frame("narrow", 330, 30, 288, tall=184, low=140, lane=38, beside=False, radius=4.2, letters=42)


class Places:
    """Instants to the right of the frame's left edge; how large a point may be."""

    def __init__(self, chart: Chart, frame: Frame) -> None:
        self._left, self._right = frame.left + INSIDE, frame.right - INSIDE
        self._begins, self._span = chart.begins, (chart.ends - chart.begins).total_seconds() or 1.0
        slots = sorted(set(chart.slots))
        placed = self._apart([self._straight(at) for at in slots], frame.radius)
        self._slots = dict(zip(slots, placed, strict=True))
        steps = [after - before for before, after in pairwise(placed)]
        self.radius = min(frame.radius, max(1.6, 0.32 * median(steps))) if steps else frame.radius

    def x(self, at: datetime) -> float:
        """Where this instant stands."""
        return self._slots.get(at, self._straight(at))

    def _straight(self, at: datetime) -> float:
        part = (at - self._begins).total_seconds() / self._span
        return self._left + min(1.0, max(0.0, part)) * (self._right - self._left)

    def _apart(self, xs: list[float], radius: float) -> list[float]:
        """Two sessions of one day stand side by side, pushed by as little as lets both be seen."""
        gap = min(radius, (self._right - self._left) / max(1, len(xs)))
        for n in range(1, len(xs)):
            xs[n] = max(xs[n], xs[n - 1] + gap)
        for n in reversed(range(len(xs))):
            xs[n] = min(xs[n], self._right if n + 1 == len(xs) else xs[n + 1] - gap)
        return xs


def with_room(ticks: Sequence[Tick], x: Callable[[datetime], float], *, even: bool) -> list[Tick]:
    """Of the days, as many as have room for their words."""
    if not ticks:
        return []
    need = 12 + LETTER * max(len(tick.text) for tick in ticks)
    if even:
        fits = (ticks[::step] for step in _STEPS)
        return list(next((some for some in fits if _fit([x(one.at) for one in some], need)), ticks[:1]))
    found = [ticks[0]]
    for tick in ticks[1:]:
        if x(tick.at) - x(found[-1].at) >= need:
            found.append(tick)
    return found


def _fit(xs: Sequence[float], need: float) -> bool:
    return all(after - before >= need for before, after in pairwise(xs))


def far_enough(values: Iterable[tuple[float, str]], need: float) -> list[tuple[float, str]]:
    """Of the numbers at a scale, from the bottom up, those that do not touch the one below. The last always stays."""
    found: list[tuple[float, str]] = []
    listed = list(values)
    for place, text in listed:
        last = place == listed[-1][0]
        while last and found and abs(found[-1][0] - place) < need:
            found.pop()
        if not found or abs(found[-1][0] - place) >= need:
            found.append((place, text))
    return found


def side_by_side(ys: Sequence[float], need: float) -> list[float]:
    """Words at the ends of lines: each near its line, none on another. In the order in which they came."""
    order = sorted(range(len(ys)), key=lambda n: ys[n])
    placed = list(ys)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + need)
    if placed:
        down = (placed[order[-1]] - ys[order[-1]]) / 2  # half of the push goes upwards
        placed = [y - down for y in placed]
    return placed
