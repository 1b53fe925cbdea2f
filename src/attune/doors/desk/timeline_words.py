"""What each thing on a timeline is called: a name that says all of it, to the eye and to the ear."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from attune.doors.desk.measure_sentences import against_first
from attune.doors.desk.score_sentences import number
from attune.insight.timeline_points import Concern, Course, Measured, Met, Own, Timeline, Word
from attune_science import instruments, scoring


def day(at: datetime, page: Timeline) -> str:
    """A day in words; with its year where that is not the year of the last day."""
    return date_format(at, "j F" if at.year == page.until.year else "j F Y")


def shown(value: float, page: Timeline) -> str:
    """A mean with one decimal; the mark of one line as it was marked."""
    return f"{value:g}" if page.practice else str(scoring.rounded(value))


def line_of(practice: str) -> str:
    """What the line of a practice is called in short."""
    return instruments.get("attune-session").item(practice).short.say(get_language() or "en")


def what_is_marked(page: Timeline) -> str:
    """What the upper scale is."""
    return f"“{line_of(page.practice)}”" if page.practice else gettext("Mean of the three lines")


def session(met: Met, page: Timeline) -> str:
    """One session by its number and day."""
    return gettext("Session %(n)s, %(day)s") % {"n": met.number, "day": day(met.at, page)}


def theirs(met: Met, value: float, page: Timeline) -> str:
    """The client's mark."""
    said = {"when": session(met, page), "name": page.name, "value": shown(value, page)}
    if page.practice:
        return gettext("%(when)s: %(name)s %(value)s of 10 on “%(line)s”") % (said | {"line": line_of(page.practice)})
    return gettext("%(when)s: %(name)s %(value)s of 10, mean of the three lines") % said


def whole(met: Met, value: float, page: Timeline) -> str:
    """The client's mean of the eight."""
    said = {"when": session(met, page), "name": page.name, "value": scoring.rounded(value)}
    return gettext("%(when)s: %(name)s %(value)s of 10, mean of the eight lines") % said


def mine(met: Met, value: float, page: Timeline) -> str:
    """The viewer's own view: neither above nor below, it is a view."""
    return gettext("%(when)s: you thought %(value)s of 10") % {
        "when": session(met, page),
        "value": shown(value, page),
    }


def unread(when: str) -> str:
    """What has not been opened has a name and no value."""
    return gettext("%(when)s: not opened yet") % {"when": when}


def cancelled(at: datetime, page: Timeline) -> str:
    """Why there is a gap."""
    return gettext("%(day)s: cancelled") % {"day": day(at, page)}


def word(one: Word, page: Timeline) -> str:
    """What the client said in so many words; never what it was about."""
    told = {
        ("client-hurt", "small"): gettext("a small thing hurt, bothered or confused %(them)s"),
        ("client-hurt", ""): gettext("something hurt, bothered or confused %(them)s"),
        ("client-harder", "much_harder"): gettext("much harder than usual"),
        ("client-harder", "a_little_harder"): gettext("a little harder than usual"),
        ("client-harder", ""): gettext("harder than usual"),
    }
    found = told.get((one.rule, one.much)) or told.get((one.rule, "")) or gettext("something worth a conversation")
    found %= {"them": page.them}
    return found if one.stands else gettext("%(word)s (in what was sent first)") % {"word": found}


def said_so(met: Met, said: tuple[Word, ...], page: Timeline) -> str:
    """The client's own word, with its session."""
    told = "; ".join(word(one, page) for one in hurt_first(said))
    return gettext("%(when)s. %(name)s said: %(words)s") % {
        "when": session(met, page),
        "name": page.name,
        "words": told,
    }


def hurt_first(said: tuple[Word, ...]) -> list[Word]:
    """In the order in which they matter."""
    return sorted(said, key=lambda one: one.rule != "client-hurt")


def own(one: Own, page: Timeline) -> str:
    """The same on its day."""
    return f"{day(one.at, page)}: {own_thing(one, page)}"


def own_thing(one: Own, page: Timeline) -> str:
    """A step that was told as done, or something to keep."""
    return {
        "step": gettext("a step of %(name)s’s own, told as done"),
        "kept": gettext("something that %(name)s wants to keep"),
    }[one.kind] % {"name": page.name}


def change(at: datetime, page: Timeline) -> str:
    """The same on its day."""
    return f"{day(at, page)}: {change_thing(page)}"


def change_thing(page: Timeline) -> str:
    """Something began to be otherwise."""
    return gettext("something changed, as %(name)s had asked") % {"name": page.name}


def concern(one: Concern, page: Timeline) -> str:
    """The same on its day."""
    return f"{day(one.at, page)}: {concern_thing(one)}"


def concern_thing(one: Concern) -> str:
    """Open, or answered by a person."""
    return gettext("a concern, answered") if one.answered else gettext("a concern nobody has answered")


def measured(one: Measured, course: Course, page: Timeline) -> str:
    """A questionnaire on its day, with its score, its band, and how far that is from the first."""
    return gettext("%(name)s, %(day)s: %(score)s") % {
        "name": course.name,
        "day": day(one.at, page),
        "score": scored(one),
    }


def scored(one: Measured) -> str:
    """The score in words."""
    if not one.read:
        return gettext("not opened yet")
    if one.value is None:
        return gettext("no score")
    return ", ".join(filter(None, (number(one.value), one.band, against_first(one.moved))))


def behind(met: Met, page: Timeline) -> str:
    """What a session opens: its check-in, or its place on the page of the episode."""
    if met.came is not None:
        return reverse("desk:response", args=[met.came.response])
    return f"{reverse('desk:episode', args=[page.episode])}#session-{met.number}"
