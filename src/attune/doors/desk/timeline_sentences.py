"""A timeline in sentences: what is to be seen on it, by rule and without a verdict; what its marks mean."""

from collections.abc import Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from attune.doors.desk import timeline_words as says
from attune.doors.desk.measure_sentences import against_first, basis_of
from attune.doors.desk.score_sentences import OURS, number
from attune.doors.desk.timeline_chart import lowest_of
from attune.insight.answered import ALIKE
from attune.insight.questionnaires_page import Basis
from attune.insight.timeline_points import Course, Met, Timeline
from attune.pages.timeline_marks import key
from attune.pages.timeline_points import Chart, Panel
from attune_science import references

_TOP = 10


def headline(page: Timeline) -> str:
    """Where the client's marks lie: two figures, and nothing about what they are worth."""
    values = [value for one in page.met if (value := one.marked(page.practice)) is not None]
    if not values:
        return gettext("No marks of %(name)s’s to be seen yet") % {"name": page.name}
    said: dict[str, object] = {"name": page.name, "n": len(values)}
    said |= {"low": says.shown(min(values), page), "high": says.shown(max(values), page)}
    if len(values) == 1:
        return gettext("One mark of %(name)s’s so far: %(low)s") % said
    if said["low"] == said["high"]:
        return gettext("All of %(name)s’s marks are %(low)s") % said
    return gettext("%(name)s’s marks lie between %(low)s and %(high)s") % said


def sentences(page: Timeline) -> list[str]:
    """What follows the headline."""
    found = [*_marks(page), *_views(page), *_words(page)]
    return found + [told for course in page.courses if (told := _course(course, page))]


def _marks(page: Timeline) -> Iterator[str]:
    marked = [(one, value) for one in page.met if (value := one.marked(page.practice)) is not None]
    if not marked:
        return
    met, value = marked[-1]
    said = {"day": says.day(met.at, page), "value": says.shown(value, page)}
    if page.practice:
        said["line"] = says.line_of(page.practice)
        yield gettext("This is the line “%(line)s”; the last, of %(day)s, is %(value)s.") % said
    else:
        yield gettext("This is the mean of the three lines; the last, of %(day)s, is %(value)s.") % said
    if len(marked) > 1 and all(value == _TOP for _, value in marked):
        yield gettext("At the top a line cannot rise: that a day was harder shows in words alone.")


def _views(page: Timeline) -> Iterator[str]:
    """Two views, without a sign: neither of them is the measure of the other."""
    if not page.both:
        return
    met, theirs, mine = max(page.both, key=lambda both: abs(both[1] - both[2]))
    if abs(theirs - mine) <= ALIKE:
        yield gettext("Wherever both of you marked, the two views lie within one point of each other.")
        return
    yield gettext("The two views lie furthest apart on %(day)s: %(name)s %(theirs)s, you %(mine)s.") % {
        "day": says.day(met.at, page),
        "name": page.name,
        "theirs": says.shown(theirs, page),
        "mine": says.shown(mine, page),
    }


def _words(page: Timeline) -> Iterator[str]:
    if hurt := _who_said(page, "client-hurt"):
        yield ngettext(
            "On %(day)s %(name)s said that something hurt, bothered or confused %(them)s.",
            "On %(n)s days %(name)s said that something hurt, bothered or confused %(them)s, last on %(day)s.",
            len(hurt),
        ) % {"n": len(hurt), "day": says.day(hurt[-1].at, page), "name": page.name, "them": page.them}
    elif harder := _who_said(page, "client-harder"):
        yield ngettext(
            "On %(day)s %(name)s said that working together was harder than usual.",
            "On %(n)s days %(name)s said that working together was harder than usual, last on %(day)s.",
            len(harder),
        ) % {"n": len(harder), "day": says.day(harder[-1].at, page), "name": page.name}


def _who_said(page: Timeline, rule: str) -> list[Met]:
    return [one for one in page.met if one.came and any(word.rule == rule for word in one.came.said)]


def _course(course: Course, page: Timeline) -> str:
    if not course.scored:
        return ""
    first, last = course.scored[0], course.scored[-1]
    told: dict[str, object] = {
        "name": course.name,
        "last": ", ".join(filter(None, (number(last.value or 0.0), last.band))),
        "day": says.day(last.at, page),
    }
    if first is last:
        return gettext("%(name)s: %(last)s, on %(day)s.") % told
    told |= {
        "first": ", ".join(filter(None, (number(first.value or 0.0), first.band))),
        "since": says.day(first.at, page),
        "moved": f"; {against_first(last.moved)}" if last.moved else "",
    }
    return gettext("%(name)s: %(first)s, on %(since)s, then %(last)s, on %(day)s%(moved)s.") % told


def legend(page: Timeline, chart: Chart) -> list[tuple[SafeString, str]]:
    """Each kind of mark that is there, with what it stands for."""
    words = {
        "client": gettext("%(name)s’s view"),
        "whole": gettext("%(name)s’s view on all eight lines, a scale of its own"),
        "therapist": gettext("your view, said before you saw %(name)s’s"),
        "unread": gettext("came in, not opened yet: no value is shown"),
        "cancelled": gettext("cancelled"),
        "hurt": gettext("%(name)s said that something hurt, bothered or confused %(them)s"),
        "said": gettext("%(name)s said that it was harder than usual"),
        "concern": gettext("a concern nobody has answered"),
        "answered": gettext("a concern, answered"),
        "changed": gettext("something changed, as %(name)s had asked"),
        "step": gettext("a step of %(name)s’s own, told as done"),
        "kept": gettext("something that %(name)s wants to keep"),
        "outcome": gettext("a questionnaire"),
        "band": gettext("no more apart from the first than the questionnaire’s own error"),
    }
    there = set(_shapes(chart))
    return [(key(kind), text % {"name": page.name, "them": page.them}) for kind, text in words.items() if kind in there]


def _shapes(chart: Chart) -> Iterator[str]:
    for row in chart.rows:
        marks = (
            [*row.strip, *(one for line in row.series for one in line.points)] if isinstance(row, Panel) else row.marks
        )
        yield from (mark.shape for mark in marks)
        if isinstance(row, Panel) and row.band is not None:
            yield "band"


def notes(page: Timeline) -> list[str]:
    """What to know before reading anything into it."""
    found = []
    if page.has_marks and lowest_of(page):
        found.append(gettext("The scale is drawn from 5 to 10, so differences look larger than on the whole scale."))
    if page.has_marks:
        found.append(
            gettext("A line breaks where a meeting was cancelled and where there is no mark: nothing is guessed.")
        )
        found.append(
            gettext("These lines are not validated yet. They are for talking, not for judging anybody’s work.")
        )
    if page.courses:
        found.append(gettext("A band is no diagnosis, and a score that moved does not say what moved it."))
    return found


def bases(page: Timeline) -> list[tuple[str, list[str], list[str]]]:
    """For each questionnaire: its name, its bands and its own error in words, and the references for both."""
    return [
        (course.name, _published(course), _cited(course))
        for course in page.courses
        if course.scale is not None and (course.scale.bands or course.scale.basis)
    ]


def _published(course: Course) -> list[str]:
    scale, found = course.scale, []
    if scale is not None and scale.bands:
        bands = "; ".join(
            gettext("from %(lowest)s %(band)s") % {"lowest": number(band.lowest), "band": band.text.say()}
            for band in scale.bands
        )
        found.append(gettext("Bands: %(bands)s.") % {"bands": bands})
    if scale is not None and scale.basis is not None:
        found.append(basis_of(Basis(scale.basis, [])))
    return found


def _cited(course: Course) -> list[str]:
    scale = course.scale
    if scale is None:
        return []
    keys = (scale.bands_source, *(scale.basis.sources if scale.basis else ()))
    return [references.cite(one) for one in dict.fromkeys(filter(None, keys)) if one != OURS]
