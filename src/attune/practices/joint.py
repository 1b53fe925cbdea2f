"""The page before a joint session: what each asks of today, and nothing that could be read into it.

Never a reading: the lines for couples and families wait until it is safe to ask them. Initials only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attune.practices.brief import MOST_WORDS, ahead_at, excerpt, session
from attune.practices.evidence import Ahead, Before
from attune.practices.page import Block, Page, count_words
from attune.practices.reading import Said, Sentence, mark

# How many words of each are shown before the rest is behind a link: the first that fits.
ROOMS = (90, 40, 20, 10)


@dataclass(frozen=True)
class Member:
    """One participant, by initial. `concern`: an answer of theirs told of danger and nobody has answered it."""

    initial: str
    before: Before | None = None
    concern: bool = False


@dataclass(frozen=True)
class Together:
    """A couple or a family before a session. `kind` is "couple" or "family"."""

    kind: str
    members: Sequence[Member]
    ahead: Ahead


KINDS = {"couple": mark("couple"), "family": mark("family")}


def compose_joint(together: Together, made_at: datetime) -> Page:
    """The page for the session ahead, for the therapist alone."""
    for room in ROOMS:
        page = _page(together, room, made_at)
        if count_words(page) <= MOST_WORDS:
            break
    return page


def _page(together: Together, room: int, made_at: datetime) -> Page:
    ahead = together.ahead
    return Page(
        name=_names(together.members),
        facts=(Sentence(KINDS[together.kind]), session(ahead.number), ahead_at(ahead)),
        sources=_for_you_alone(together),
        blocks=(*_alone(together), _asks(together, room), _no_readings()),
        made_at=made_at,
    )


def _names(members: Sequence[Member]) -> str:
    *others, last = (f"{member.initial}." for member in members)
    return f"{', '.join(others)} and {last}" if others else last


def _for_you_alone(together: Together) -> tuple[Sentence, ...]:
    two = len(together.members) == 2
    return (
        Sentence(mark("For you alone.")),
        Sentence(
            mark("Neither knows what the other wrote, or whether.")
            if two
            else mark("None of them knows what another wrote, or whether.")
        ),
        Sentence(mark("Do not read aloud or leave lying.")),
    )


def _alone(together: Together) -> tuple[Block, ...]:
    """Something told of danger. Neither the reason nor the person stands on a page that a partner may glimpse."""
    if not any(member.concern for member in together.members):
        return ()
    says = Sentence(mark("Open each one’s own page first."))
    heading = Sentence(mark("See each alone before you meet together."))
    return (Block("alone", heading, sentences=(says,), tone="red"),)


def _asks(together: Together, room: int) -> Block:
    said = tuple(line for member in together.members for line in _lines(member, room))
    return Block("asks", Sentence(mark("What each asks of today")), said=said)


def _lines(member: Member, room: int) -> tuple[Said, ...]:
    lead = Sentence("{initial}:", {"initial": member.initial})
    if member.before is None:
        return (Said("", lead=lead, origin=Sentence(mark("no check-in yet"))),)
    said = tuple(excerpt(Said(words, lead=lead), room) for words in member.before.said)
    return said or (Said("", lead=lead, origin=Sentence(mark("left empty"))),)


def _no_readings() -> Block:
    says = Sentence(mark("They are not made for couples and families yet."))
    return Block("no_readings", Sentence(mark("No readings.")), sentences=(says,))
