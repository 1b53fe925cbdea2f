"""From a client's points to what is drawn: rows, lines broken where something is missing, words for each mark."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from attune.doors.desk import timeline_words as says
from attune.doors.desk.score_sentences import number
from attune.insight.timeline_points import Course, Met, Scale, Timeline
from attune.pages.timeline_points import Band, Chart, Lane, Mark, Panel, Point, Series, Tick

#: Longer courses have months under them, shorter ones the days of the sessions.
_MONTHS_FROM = timedelta(days=240)


def chart_of(page: Timeline, description: str) -> Chart:
    """The drawing of a timeline that has something on it."""
    begins = page.times[0]
    ends = max(page.until, page.times[-1], begins + timedelta(days=1))
    long = ends - begins > _MONTHS_FROM
    return Chart(
        title=gettext("Timeline of %(name)s") % {"name": page.name},
        description=description,
        begins=begins,
        ends=ends,
        ending=gettext("ended") if page.ended else gettext("today"),
        rows=tuple(_rows(page)),
        slots=tuple(one.at for one in page.met),
        ticks=tuple(_months(begins, ends) if long else _days(page)),
        even=long,
    )


def _rows(page: Timeline) -> Iterator[Panel | Lane]:
    if page.has_marks:
        yield _marks(page)
    lanes = (
        (gettext("Safety"), _concerns(page)),
        (gettext("Own word"), _said(page)),
        (gettext("Changed"), _changes(page)),
        (gettext("Own steps"), _own(page, "step")),
        (gettext("To keep"), _own(page, "kept")),
    )
    yield from (Lane(label, marks) for label, marks in lanes if marks)
    yield from (_course(course, course.scale, page) for course in page.courses if course.scale is not None)


def lowest_of(page: Timeline) -> int:
    """Where the upper scale begins: at 0, or at 5 where nothing lies lower; a cut scale says so."""
    views = ((one.marked(page.practice), one.guessed(page.practice), one.whole) for one in page.met)
    values = [value for of_one in views for value in of_one[: 2 if page.practice else 3] if value is not None]
    return 5 if values and min(values) >= 5 else 0


def _marks(page: Timeline) -> Panel:
    low = lowest_of(page)
    title = gettext("%(what)s, %(lowest)s to 10") % {"what": says.what_is_marked(page), "lowest": low}
    unread = (
        Mark(one.at, "unread", says.unread(says.session(one, page)), says.behind(one, page))
        for one in page.met
        if one.unread
    )
    gone = (Mark(at, "cancelled", says.cancelled(at, page)) for at in page.cancelled)
    ticks = tuple(float(n) for n in range(low, 11))
    return Panel(title, low, 10, ticks, tuple(_series(page)), strip=(*unread, *gone), tall=True)


@dataclass(frozen=True)
class _Line:
    """One of the lines of the upper scale: whose, which of a session's values, what a point is called, its end."""

    voice: str
    value: Callable[[Met], float | None]
    name: Callable[[Met, float, Timeline], str]
    ending: str


def _series(page: Timeline) -> Iterator[Series]:
    """The therapist's last: dashed upon solid, both are seen where both views are the same."""
    practice = page.practice
    lines = [
        _Line("client", lambda one: one.marked(practice), says.theirs, page.name),
        _Line("therapist", lambda one: one.guessed(practice), says.mine, gettext("you")),
    ]
    if not practice:
        lines.insert(0, _Line("whole", lambda one: one.whole, says.whole, gettext("all eight")))
    for line in lines:
        if runs := tuple(_runs(page, line)):
            yield Series(line.voice, runs, line.ending)


def _runs(page: Timeline, line: _Line) -> Iterator[tuple[Point, ...]]:
    """Neighbouring sessions are joined; not over one without this value, and not over a cancelled meeting."""
    run: list[Point] = []
    for met in page.met:
        value = line.value(met)
        if run and (value is None or any(run[-1].at < gone < met.at for gone in page.cancelled)):
            yield tuple(run)
            run = []
        if value is not None:
            run.append(_point(met, value, line, page))
    if run:
        yield tuple(run)


def _point(met: Met, value: float, line: _Line, page: Timeline) -> Point:
    worth = line.voice == "client" and bool(met.came and met.came.said)
    name, text = line.name(met, value, page), says.shown(value, page)
    return Point(met.at, line.voice, name, says.behind(met, page), value, text, worth)


def _said(page: Timeline) -> tuple[Mark, ...]:
    said = [(one, one.came.said) for one in page.met if one.came and one.came.said]
    return tuple(
        Mark(
            met.at,
            "hurt" if any(one.rule == "client-hurt" for one in words) else "said",
            says.said_so(met, words, page),
            says.behind(met, page),
        )
        for met, words in said
    )


def _own(page: Timeline, kind: str) -> tuple[Mark, ...]:
    ours = (one for one in page.own if one.kind == kind)
    return tuple(Mark(one.at, kind, says.own(one, page), reverse("desk:response", args=[one.response])) for one in ours)


def _changes(page: Timeline) -> tuple[Mark, ...]:
    link = reverse("desk:feedback", args=[page.participant])
    return tuple(Mark(at, "changed", says.change(at, page), link) for at in page.changes)


def _concerns(page: Timeline) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            one.at,
            "answered" if one.answered else "concern",
            says.concern(one, page),
            reverse("desk:answer-concern", args=[one.id]),
        )
        for one in page.concerns
    )


def _course(course: Course, scale: Scale, page: Timeline) -> Panel:
    title = gettext("%(name)s, %(lowest)s to %(highest)s") % {
        "name": course.name,
        "lowest": number(scale.lowest),
        "highest": number(scale.highest),
    }
    if scale.higher:
        title += ": " + (gettext("higher is better") if scale.higher == "better" else gettext("higher is worse"))
    lows = [band.lowest for band in scale.bands]
    ends = [*lows[1:], scale.highest]
    return Panel(
        title,
        scale.lowest,
        scale.highest,
        ticks=tuple(sorted({scale.lowest, *lows, scale.highest})),
        series=(Series("outcome", tuple(_scores(course, page))),) if course.scored else (),
        strip=tuple(
            Mark(one.at, "unread", says.measured(one, course, page), reverse("desk:response", args=[one.response]))
            for one in course.rows
            if not one.read
        ),
        band=_error(course, scale),
        sides=tuple((low, end, band.text.say()) for low, end, band in zip(lows, ends, scale.bands, strict=True)),
    )


def _scores(course: Course, page: Timeline) -> Iterator[tuple[Point, ...]]:
    run: list[Point] = []
    for one in course.rows:
        if one.value is not None:
            href = reverse("desk:response", args=[one.response])
            name = says.measured(one, course, page)
            run.append(Point(one.at, "outcome", name, href, one.value, number(one.value)))
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _error(course: Course, scale: Scale) -> Band | None:
    """Around the first score: what lies within is no more apart from it than the measure's own error."""
    if scale.error is None or len(course.scored) < 2:
        return None
    first = course.scored[0]
    value = first.value or 0.0
    return Band(first.at, max(scale.lowest, value - scale.error), min(scale.highest, value + scale.error))


def _days(page: Timeline) -> Iterator[Tick]:
    """The first of each day."""
    told = ((date_format(at, "j M"), at) for at in [one.at for one in page.met] or page.times)
    first: dict[str, datetime] = {}
    for text, at in told:
        first.setdefault(text, at)
    yield from (Tick(at, text) for text, at in first.items())


def _months(begins: datetime, ends: datetime) -> Iterator[Tick]:
    first = begins.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = _next(first)
    while month <= ends:
        yield Tick(month, date_format(month, "M Y"))
        month = _next(month)


def _next(first: datetime) -> datetime:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
