"""Amara before session 8 and Dana before session 14, as values: the evidence behind the two example briefs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from attune.practices.evidence import (
    PRONOUNS,
    After,
    Ahead,
    Before,
    Client,
    Evidence,
    Marks,
    SessionEvidence,
    Step,
    Wish,
)
from attune.practices.reading import PRACTICES

ZONE = ZoneInfo("Europe/London")
THREE = (0, 2, 4)


def when(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, in the reader's zone."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def eight(*lines: int | None) -> Marks:
    """Marks on all eight lines, in the order of practices, with both means by the form's rule."""
    answered = [line for line in lines if line is not None]
    three = [lines[at] for at in THREE if lines[at] is not None]
    return Marks(
        dict(zip(PRACTICES, lines, strict=True)),
        three=sum(three) / len(three) if len(three) >= 2 else None,
        eight=sum(answered) / len(answered) if len(answered) >= 6 else None,
    )


def three(presence: int | None, collaboration: int | None, repair: int | None) -> Marks:
    """Marks on the three lines of the short form."""
    return eight(presence, None, collaboration, None, repair, None, None, None)


AT_EASE = (
    eight(8, 8, 8, 9, 8, 8, 8, 8),  # 8.1
    eight(8, 9, 8, 9, 8, 9, 8, 8),  # 8.4
    eight(8, 8, 9, 8, 9, 8, 8, 8),  # 8.3
    eight(9, 9, 8, 9, 8, 9, 9, 8),  # 8.6
    eight(8, 9, 9, 8, 9, 9, 8, 8),  # 8.5
    eight(8, 9, 9, 9, 8, 9, 8, 8),  # 8.5
)
SEVENTH = eight(8, 6, 4, 9, 3, 9, 8, 5)  # 6.5


def held(marks: Sequence[Marks | None], last: datetime) -> tuple[SessionEvidence, ...]:
    """Weekly sessions up to the last, each with its check-in where there are marks."""
    first = last - timedelta(weeks=len(marks) - 1)
    return tuple(
        SessionEvidence(
            number,
            first + timedelta(weeks=number - 1),
            after=After(first + timedelta(weeks=number - 1, hours=1), one) if one else None,
        )
        for number, one in enumerate(marks, start=1)
    )


def amara() -> Evidence:
    """After a rupture at session 7: she said yes to the question about hurt, and asked Ben to bring it up."""
    *before, seventh = held((*AT_EASE, SEVENTH), when(10, 16))
    assert seventh.after
    hurt = replace(seventh.after, hurt="yes", how="bring_it_up", relative="much_harder")
    predicted = eight(8, 8, 8, 8, 8, 8, 8, 8)
    written = Before(
        when(17, 14, 10),
        unsaid="Slower please. Something happened on Sunday with my father.",
        today="Then the sheet, but not first thing.",
    )
    return Evidence(
        Client("Amara", PRONOUNS["she"]),
        Ahead(8, when(17, 16), before=written),
        (*before, replace(seventh, after=hurt, predicted=predicted)),
        (Step("Ring my sister", 6, "done", "I rang my sister. Two minutes. I did it.", when(10, 18)),),
    )


def dana() -> Evidence:
    """Thirteen sessions marked 7.2 to 7.6, most check-ins before them empty."""
    marks = [three(7, 8, 7), three(8, 7, 7), three(7, 7, 8), three(7, 7, 7), three(8, 8, 7)]
    sessions = held([marks[number % 5] for number in range(13)], when(11, 10))
    wrote = {2: "My brother.", 9: "The letter."}
    sessions = tuple(
        replace(one, before=Before(one.starts_at - timedelta(hours=1), today=wrote.get(one.number, "")))
        for one in sessions
    )
    sessions = (*sessions[:-1], replace(sessions[-1], predicted=three(7, 7, 7)))
    return Evidence(
        Client("Dana", PRONOUNS["she"]),
        Ahead(14, when(18, 10), "video", before=Before(when(18, 9, 10))),
        sessions,
        (Step("Not pick up at once", 12, "done", "I let the phone ring.", when(11, 12)),),
    )


def said_last(evidence: Evidence, **answers: object) -> Evidence:
    """The same evidence, but for what was answered after the last session. `more`, `less`: wishes, not answered yet."""
    *before, last = evidence.sessions
    assert last.after
    wishes = tuple(Wish(kind, str(answers.pop(kind)), days=7) for kind in ("more", "less") if kind in answers)
    told = replace(last, after=replace(last.after, **answers))  # type: ignore[arg-type]  # fields of After, by name
    return replace(evidence, sessions=(*before, told), wishes=wishes)


def spoken_of_as(evidence: Evidence, pronoun: str) -> Evidence:
    """The same evidence about a client with other pronouns."""
    return replace(evidence, client=replace(evidence.client, pronouns=PRONOUNS[pronoun]))
