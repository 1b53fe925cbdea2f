"""The same points as a table: a row for each session, and one for each thing that happened between two."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from attune.doors.desk import timeline_words as says
from attune.insight.timeline_points import Met, Timeline
from attune_science import scoring


@dataclass(frozen=True)
class Note:
    """Something in the last column. `kind`: `amber`, `red` or none, and the word that the colour repeats."""

    text: str
    href: str = ""
    kind: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Row:
    """One row: when, what it opens, the marks in the order of the columns, and what else."""

    at: datetime
    when: str
    href: str = ""
    marks: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The columns of marks, and the rows, oldest first."""

    columns: list[str]
    rows: list[Row]


def table_of(page: Timeline) -> Table:
    """Every value that is drawn, and nothing else."""
    columns = _columns(page)
    sessions = {one.at: _session(one, page, columns) for one in page.met}
    others = []
    for at, one in _between(page):
        if at in sessions:
            sessions[at].notes.append(one)
        else:
            others.append(Row(at, says.day(at, page), marks=("",) * len(columns), notes=[one]))
    rows = sorted((*sessions.values(), *others), key=lambda row: row.at)
    return Table([columns[key] for key in columns], rows)


def _columns(page: Timeline) -> dict[str, str]:
    """Only those in which something stands."""
    said = {"name": page.name}
    found: dict[str, str] = {}
    if any(one.marked(page.practice) is not None for one in page.met):
        found["client"] = page.name if page.practice else gettext("%(name)s, three lines") % said
    if not page.practice and any(one.whole is not None for one in page.met):
        found["whole"] = gettext("%(name)s, all eight") % said
    if any(one.guessed(page.practice) is not None for one in page.met):
        found["therapist"] = gettext("You") if page.practice else gettext("You, three lines")
    return found


def _session(met: Met, page: Timeline, columns: dict[str, str]) -> Row:
    theirs, mine = met.marked(page.practice), met.guessed(page.practice)
    marks = {
        "client": says.shown(theirs, page) if theirs is not None else "",
        "whole": str(scoring.rounded(met.whole)) if met.whole is not None else "",
        "therapist": says.shown(mine, page) if mine is not None else "",
    }
    return Row(
        met.at,
        says.session(met, page),
        says.behind(met, page),
        tuple(marks[key] for key in columns),
        _beside(met, page),
    )


def _beside(met: Met, page: Timeline) -> list[Note]:
    """What a session's check-in says besides its marks."""
    if met.came is None:
        return []
    if met.unread:
        return [Note(gettext("not opened yet"), tag=gettext("unread"), kind="client")]
    found = []
    if met.marked(page.practice) is None and not page.practice:
        found.append(Note(gettext("no mean: fewer than two of the three lines were marked")))
    if met.came.said:
        told = "; ".join(says.word(one, page) for one in says.hurt_first(met.came.said))
        words = gettext("%(name)s said: %(words)s") % {"name": page.name, "words": told}
        found.append(Note(words, kind="amber", tag=gettext("worth a conversation")))
    return found


def _between(page: Timeline) -> list[tuple[datetime, Note]]:
    found = [(at, Note(gettext("cancelled"))) for at in page.cancelled]
    for own in page.own:
        found.append((own.at, Note(says.own_thing(own, page), reverse("desk:response", args=[own.response]))))
    found += [
        (at, Note(says.change_thing(page), reverse("desk:feedback", args=[page.participant]))) for at in page.changes
    ]
    for concern in page.concerns:
        tag, kind = ("", "") if concern.answered else (gettext("safety"), "red")
        link = reverse("desk:answer-concern", args=[concern.id])
        found.append((concern.at, Note(says.concern_thing(concern), link, kind, tag)))
    for course in page.courses:
        for one in course.rows:
            link = reverse("desk:response", args=[one.response])
            found.append((one.at, Note(f"{course.name}: {says.scored(one)}", link)))
    return found
