"""The timeline as inline SVG: a pure function from points to a drawing, wide or narrow.

It takes the ink of both themes by classes, needs no script, and prints. What is only seen (scales, lines, words at
their ends) is hidden from the ear; every point is a link whose name says all of it. The table beside it holds the same.
"""

from collections.abc import Callable, Iterable, Iterator
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from attune.pages.timeline_marks import INKS, LINES, SHAPES, around, place
from attune.pages.timeline_places import NARROW, WIDE, Frame, Places, far_enough, side_by_side, with_room
from attune.pages.timeline_points import Chart, Lane, Mark, Panel, Point, Series

__all__ = ["NARROW", "WIDE", "draw"]

#: From the top of the drawing to its first row, with the word above today; and between two rows.
_HEAD, _BETWEEN = 50.0, 30.0
#: Height of a line of words, of the strip beneath a scale, and of the days at the bottom.
_LINE, _STRIP, _DAYS = 17.0, 30.0, 34.0
#: More figures than so many beside diamonds would lie on each other: the names and the table have them all.
_FIGURES = 6
#: One a session, so that they shrink where sessions stand close; upon one spot the later lies above the earlier.
_ORDER = {"unread": 0, "therapist": 1, "whole": 2, "client": 3}


def draw(chart: Chart, frame: Frame) -> SafeString:
    """The whole drawing."""
    return _Drawing(chart, frame).svg()


class _Drawing:
    """A drawing on its way from top to bottom: what is seen, what can be opened, and how far down it has come."""

    def __init__(self, chart: Chart, frame: Frame) -> None:
        self.chart, self.frame, self.places = chart, frame, Places(chart, frame)
        self.seen: list[SafeString] = []
        self.marks: list[tuple[Mark, float]] = []
        self.down = _HEAD

    def svg(self) -> SafeString:
        for n, row in enumerate(self.chart.rows):
            if isinstance(row, Panel):
                self._panel(row, n)
            else:
                self._lane(row)
        self._days()
        ids = {key: f"timeline-{self.frame.name}-{key}" for key in ("title", "told")}
        return format_html(
            '<svg class="chart chart-{}{}" viewBox="0 0 {} {}" role="group" aria-labelledby="{}" aria-describedby="{}">'
            '<title id="{}">{}</title><desc id="{}">{}</desc><g aria-hidden="true">{}</g>{}</svg>',
            self.frame.name,
            " dense" if self.places.radius < 3.5 else "",
            self.frame.width,
            round(self.down),
            *ids.values(),
            ids["title"],
            self.chart.title,
            ids["told"],
            self.chart.description,
            _all(self.seen),
            _all(self._opened()),
        )

    def _panel(self, panel: Panel, n: int) -> None:
        self._title(panel.title, n)
        high = self.frame.tall if panel.tall else self.frame.low
        top, bottom = self.down, self.down + high

        def y(value: float) -> float:
            return bottom - (value - panel.lowest) / (panel.highest - panel.lowest) * high

        self._band(panel, y)
        self._scale(panel, y)
        for series in panel.series:
            self._series(series, y)
        self._endings(panel, y)
        self.down = bottom
        if panel.strip:
            self.marks += [(mark, bottom + 17) for mark in panel.strip]
            self.down += _STRIP
        self._values_of_worth(panel, y, top)
        self.down += _BETWEEN

    def _title(self, text: str, n: int) -> None:
        """The first title stands at the very top, above the word for today; each other one above its own scale."""
        lines = wrap(text, self.frame.letters) or [""]
        begins = 14.0 if n == 0 else self.down + 10
        for line, words in enumerate(lines):
            self.seen.append(_text("strong", 0, begins + line * _LINE, words))
        self.down += (len(lines) - 1) * _LINE + (0 if n == 0 else 28)

    def _scale(self, panel: Panel, y: Callable[[float], float]) -> None:
        left, right = self.frame.left, self.frame.right
        self.seen += [_rule("grid", left, right, y(value)) for value in panel.ticks]
        numbers = far_enough([(y(value), f"{value:g}") for value in panel.ticks], 14)
        self.seen += [_text("faint", left - 9, at + 4.5, words, "end") for at, words in numbers]
        if self.frame.beside:
            middles = [((y(low) + y(high)) / 2, words) for low, high, words in panel.sides]
            self.seen += [_text("faint", right + 12, at + 4.5, words) for at, words in far_enough(middles, 14)]

    def _band(self, panel: Panel, y: Callable[[float], float]) -> None:
        if panel.band is None:
            return
        left = self.places.x(panel.band.since)
        above, below = (y(value) for value in (panel.band.highest, panel.band.lowest))
        corners = "M{0} {1}H{2}M{0} {3}H{2}".format(*map(place, (left, above, self.frame.right, below)))
        size = (place(left), place(above), place(self.frame.right - left), place(below - above))
        self.seen.append(format_html('<rect class="within" x="{}" y="{}" width="{}" height="{}"/>', *size))
        self.seen.append(format_html('<path class="edges" d="{}"/>', corners))

    def _series(self, series: Series, y: Callable[[float], float]) -> None:
        runs = (run for run in series.runs if len(run) > 1)
        line = " ".join(
            "M" + " L".join(f"{place(self.places.x(one.at))} {place(y(one.value))}" for one in run) for run in runs
        )
        if line:
            self.seen.append(format_html('<path class="{}" d="{}"/>', LINES[series.voice], line))
        self.marks += [(point, y(point.value)) for point in series.points]

    def _endings(self, panel: Panel, y: Callable[[float], float]) -> None:
        """The last value of each line at its end, with whose it is where there is room; an outcome's above it."""
        ends = [(series, series.points[-1]) for series in panel.series if series.points]
        if not panel.tall:
            self.seen += [_above(INKS[one.voice], self.places.x(at.at), y(at.value), at.shown) for one, at in ends]
            return
        heights = side_by_side([y(point.value) for _, point in ends], _LINE)
        for (series, point), at in zip(ends, heights, strict=True):
            words = _ending(series, point, self.frame)
            self.seen.append(_text(INKS[series.voice], self.frame.right + 8, at + 4.5, words))

    def _values_of_worth(self, panel: Panel, y: Callable[[float], float], top: float) -> None:
        worth = [point for series in panel.series for point in series.points if point.worth]
        r = max(self.places.radius, 3.0)
        for point in worth:
            x, at = self.places.x(point.at), y(point.value)
            self.seen.append(around(x, at, r))
            if len(worth) <= _FIGURES:
                aside = -1 if x > self.frame.right - 60 else 1
                self.seen.append(
                    _text("ta", x + aside * 3 * r, max(at, top) + 4.5, point.shown, "end" if aside < 0 else "")
                )

    def _lane(self, lane: Lane) -> None:
        """A lane directly beneath another row; its label beside it, or above it where there is no room beside."""
        if self.frame.beside:
            self.seen.append(_text("", self.frame.left - 14, self.down + 4.5, lane.label, "end"))
        else:
            self.seen.append(_text("strong", 0, self.down, lane.label))
            self.down += _LINE
        self.seen.append(_rule("grid", self.frame.left, self.frame.right, self.down))
        self.marks += [(mark, self.down) for mark in lane.marks]
        self.down += self.frame.lane

    def _days(self) -> None:
        """Today, and the days under it all; each session a short stroke, with a check-in or without."""
        chart, x, foot = self.chart, self.places.x, self.down - 4
        now = self.frame.right - 14
        self.seen.insert(
            0, format_html('<path class="axis" d="M{0} {1}V{2}"/>', place(now), place(_HEAD - 10), place(foot))
        )
        self.seen.append(_text("strong", now, _HEAD - 16, chart.ending, "middle" if self.frame.beside else "end"))
        self.seen.append(_rule("foot", self.frame.left, self.frame.right, foot))
        strokes = " ".join(f"M{place(x(at))} {place(foot)}v5" for at in chart.slots)
        if strokes:
            self.seen.append(format_html('<path class="foot" d="{}"/>', strokes))
        for tick in with_room(chart.ticks, x, even=chart.even):
            self.seen.append(_text("faint", x(tick.at), foot + 21, tick.text, "middle"))
        self.down = foot + _DAYS

    def _opened(self) -> Iterator[SafeString]:
        """Every mark in order of time, so that the keyboard walks from the past to the present."""
        r = self.places.radius
        for mark, y in sorted(self.marks, key=lambda one: (one[0].at, _ORDER.get(one[0].shape, 0))):
            x, of_many = self.places.x(mark.at), mark.shape in _ORDER
            shape = SHAPES[mark.shape](x, y, r if of_many else max(r, 4.2))
            yield _link(mark, _reach(x, y, 12) + shape) if mark.href else _named(mark, shape)


def _all(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _link(mark: Mark, inside: SafeString) -> SafeString:
    return format_html('<a href="{}" aria-label="{}"><title>{}</title>{}</a>', mark.href, mark.name, mark.name, inside)


def _named(mark: Mark, inside: SafeString) -> SafeString:
    """A mark behind which there is nothing to open."""
    return format_html('<g role="img" aria-label="{}"><title>{}</title>{}</g>', mark.name, mark.name, inside)


def _reach(x: float, y: float, r: float) -> SafeString:
    """Room for a finger around a small mark, and the ring of the keyboard's focus."""
    return format_html('<circle class="reach" cx="{}" cy="{}" r="{}"/>', place(x), place(y), place(r))


def _text(kind: str, x: float, y: float, words: str, anchor: str = "") -> SafeString:
    stands = format_html(' text-anchor="{}"', anchor) if anchor else ""
    return format_html('<text class="{}" x="{}" y="{}"{}>{}</text>', kind, place(x), place(y), stands, words)


def _rule(kind: str, left: float, right: float, y: float) -> SafeString:
    return format_html('<path class="{}" d="M{} {}H{}"/>', kind, place(left), place(y), place(right))


def _above(kind: str, x: float, y: float, words: str) -> SafeString:
    return _text(kind, x, y - 10, words, "middle")


def _ending(series: Series, point: Point, frame: Frame) -> str:
    """Never a name cut short: where it has no room, the value alone, and the legend says whose line it is."""
    whole = f"{series.ending} {point.shown}".strip()
    return whole if frame.beside and len(whole) <= 17 else point.shown
