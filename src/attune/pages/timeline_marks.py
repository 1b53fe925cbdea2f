"""The shapes of a timeline. They differ by shape first and by colour second; the style sheet gives the ink."""

from collections.abc import Callable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

#: The radius for which the shapes are drawn; all grow and shrink with it.
SIZE = 6.0

Shape = Callable[[float, float, float], SafeString]


def place(number: float) -> str:
    """A place in the drawing, in tenths."""
    return f"{number:.1f}"


def _circle(kind: str, by: float = 1.0) -> Shape:
    def draw(x: float, y: float, r: float) -> SafeString:
        return format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, place(x), place(y), place(r * by))

    return draw


def _square(x: float, y: float, r: float) -> SafeString:
    side = r * 2.5  # around the client's circle, where both stand on one spot
    corner = (place(x - side / 2), place(y - side / 2), place(side))
    return format_html('<rect class="pt" x="{}" y="{}" width="{}" height="{}"/>', *corner, corner[2])


def _path(kind: str, *corners: tuple[float, float], closed: bool = True) -> Shape:
    """A figure of straight lines through these corners, given for the usual size."""

    def draw(x: float, y: float, r: float) -> SafeString:
        by = r / SIZE
        line = "L".join(f"{place(x + dx * by)} {place(y + dy * by)}" for dx, dy in corners)
        return format_html('<path class="{}" d="M{}{}"/>', kind, line, "Z" if closed else "")

    return draw


def _cross(x: float, y: float, r: float) -> SafeString:
    return _path("off", (-5, -5), (5, 5), closed=False)(x, y, r) + _path("off", (5, -5), (-5, 5), closed=False)(x, y, r)


def _seed(x: float, y: float, r: float) -> SafeString:
    def at(dx: float, dy: float) -> str:
        return f"{place(x + dx * r / SIZE)} {place(y + dy * r / SIZE)}"

    line = f"M{at(0, 8)}C{at(-9, 2)} {at(-6, -7)} {at(0, -9)}C{at(6, -7)} {at(9, 2)} {at(0, 8)}Z"
    return format_html('<path class="own" d="{}"/>', line)


def _hurt(x: float, y: float, r: float) -> SafeString:
    return diamond(x, y, r) + _circle("dot", 0.45)(x, y, r)


diamond = _path("worth", (0, -8), (8, 0), (0, 8), (-8, 0))
#: Around a point, so that the point stays in sight.
around = _path("around", (0, -13), (13, 0), (0, 13), (-13, 0))

#: Each by what it stands for.
SHAPES: Mapping[str, Shape] = {
    "client": _circle("pc"),
    "whole": _circle("pw", 1.75),
    "therapist": _square,
    "outcome": _circle("po", 0.85),
    "unread": _circle("unread", 0.95),
    "cancelled": _cross,
    "said": diamond,
    "hurt": _hurt,
    "changed": _path("own", (-8, -6), (1, -6), (8, 0), (1, 6), (-8, 6), (-2, 0)),
    "step": _seed,
    "kept": _path("own", (-5, -8), (5, -8), (5, 8), (0, 3.5), (-5, 8)),
    "concern": _path("danger", (0, -8), (8.5, 7), (-8.5, 7)),
    "answered": _path("danger answered", (0, -8), (8.5, 7), (-8.5, 7)),
}

#: The line of each voice.
LINES: Mapping[str, str] = {"client": "lc", "whole": "lw", "therapist": "lt", "outcome": "lo"}
#: The ink of each voice, for words.
INKS: Mapping[str, str] = {"client": "tc", "whole": "tc", "therapist": "tt", "outcome": "strong"}


def key(kind: str) -> SafeString:
    """A shape as the legend shows it, on its line where it has one."""
    if kind == "band":
        inside = SafeString('<rect class="band" x="1" y="2" width="30" height="12"/>')
    else:
        line = format_html('<path class="{}" d="M0 8H32"/>', LINES[kind]) if kind in LINES else SafeString("")
        inside = line + SHAPES[kind](16, 8, 4)
    return format_html('<svg class="chart" viewBox="0 0 32 16" aria-hidden="true">{}</svg>', inside)
