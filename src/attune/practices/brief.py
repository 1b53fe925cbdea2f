"""The one-page brief: what the client asks first, then at most one conversation, one celebration, three small lines."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from attune.practices import marks
from attune.practices.evidence import Ahead, Before, Change, Evidence, Measured
from attune.practices.lenses import read_all
from attune.practices.page import LONGEST_WORD, Block, Page, Try, count_words
from attune.practices.reading import Part, Reading, Said, Sentence, about, mark

# What sixty seconds of reading hold.
MOST_WORDS = 240


@dataclass(frozen=True)
class Room:
    """How many words of a quotation are shown before the rest is behind a link, and how many small lines there are.

    `measured`: how many questionnaires are told of; the last one to come in goes first.
    """

    asks: int
    quote: int
    small: int
    measured: int


# From wide to narrow until the page fits. What the client asks of today is the last to be shortened.
ROOMS = (Room(90, 30, 3, 3), Room(90, 15, 3, 2), Room(60, 15, 2, 2), Room(60, 15, 1, 1), Room(40, 12, 0, 1))


def compose(evidence: Evidence, made_at: datetime) -> Page:
    """The brief for the session ahead, made at `made_at` (in the reader's zone)."""
    readings = read_all(evidence)
    for room in ROOMS:
        page = _page(evidence, readings, room, made_at)
        if count_words(page) <= MOST_WORDS:
            break
    return page


def _page(evidence: Evidence, readings: tuple[Reading, ...], room: Room, made_at: datetime) -> Page:
    before = evidence.ahead.before
    quiet = not (_raised(readings) or evidence.concerns or (before and before.said))
    return Page(
        name=evidence.client.name,
        facts=header(evidence, quiet=quiet),
        sources=_sources(evidence, made_at, quiet=quiet),
        blocks=_blocks(evidence, readings, room, bare=quiet),
        made_at=made_at,
        quiet=quiet,
        readings=readings,
    )


def _blocks(evidence: Evidence, readings: tuple[Reading, ...], room: Room, *, bare: bool) -> tuple[Block, ...]:
    def of(kind: str, most: int) -> list[Reading]:
        return [reading for reading in readings if reading.kind == kind][:most]

    # No praise beside a sign of danger.
    celebrate = [] if evidence.concerns else of("celebrate", 1)
    return (
        *_concern(evidence),
        _asks(evidence, room),
        *map(_conversation, of("conversation", 1)),
        *_nothing_needed(evidence, readings),
        *(_plain_block(reading, room, bare=bare) for reading in (*celebrate, *of("small", room.small))),
        *_measured(evidence, room),
        *_nothing_new(readings),
    )


def header(evidence: Evidence, *, quiet: bool) -> tuple[Sentence, ...]:
    """What stands beside the name: pronouns unless the page is quiet, the session, when and where."""
    shown = evidence.client.pronouns.shown
    pronouns = () if quiet or not shown else (Sentence("{pronouns}", {"pronouns": shown}),)
    return (*pronouns, session(evidence.ahead.number), ahead_at(evidence.ahead))


def session(number: int) -> Sentence:
    """Which session it is."""
    return Sentence(mark("session {number}"), {"number": number})


def ahead_at(ahead: Ahead) -> Sentence:
    """When and where the session will be, or that nothing is planned."""
    return moment(ahead.starts_at, ahead.place) if ahead.planned else Sentence(mark("no appointment planned"))


def moment(at: datetime, place: str = "") -> Sentence:
    """When, and where if that is known."""
    source = mark("{date}, {time}, {place}") if place else mark("{date}, {time}")
    return Sentence(source, {"date": at.date(), "time": at.time(), "place": place})


def _sources(evidence: Evidence, made_at: datetime, *, quiet: bool) -> tuple[Sentence, ...]:
    """What the page was made from: a source is named only where it is really there."""
    client, held = evidence.client, evidence.sessions
    forms = [evidence.ahead.before, *(one.before for one in held), *(one.after for one in held)]
    there = (
        (any(forms), about(client, mark("{possessive} check-ins"))),
        (any(one.predicted for one in held), Sentence(mark("your notes"))),
        (bool(held), Sentence(mark("attendance"))),
    )
    named = tuple(name for is_there, name in there if is_there)
    time = made_at.time()
    if not named:
        return (Sentence(mark("Made {time}. Nothing has come in yet."), {"time": time}),)
    if quiet:
        return (Sentence(mark("Made {time} from {sources}."), {"time": time, "sources": named}),)
    return (
        Sentence(mark("From {sources}, {time}."), {"time": time, "sources": named}),
        _transcript(evidence),
        about(client, mark("{name} may ask to see it.")),
    )


def _transcript(evidence: Evidence) -> Sentence:
    last = evidence.last
    if last is None or last.spoken is None:
        return Sentence(mark("No transcript."))
    return Sentence(mark("With the transcript of session {session}."), {"session": last.number})


def _concern(evidence: Evidence) -> tuple[Block, ...]:
    """First of all, in plain words: that an answer told of danger, since when, and that nobody has answered it."""
    if not evidence.concerns:
        return ()
    since = min(concern.raised_at for concern in evidence.concerns)
    count = len(evidence.concerns)
    if count == 1:
        source = mark("An answer that {subject} gave on {date} tells of danger. Nobody has answered it yet.")
    else:
        source = mark("{count} answers that {subject} gave since {date} tell of danger. Nobody has answered them yet.")
    sentence = about(evidence.client, source, date=since.date(), count=count)
    return (Block("concern", Sentence(mark("Safety")), sentences=(sentence,), links=("concern",), tone="red"),)


def _asks(evidence: Evidence, room: Room) -> Block:
    plural = evidence.client.pronouns.plural
    source = mark("What {subject} ask of today") if plural else mark("What {subject} asks of today")
    before = evidence.ahead.before
    parts = before.said if before else ()
    said = tuple(excerpt(Said(words), room.asks // len(parts)) for words in parts)
    heading = about(evidence.client, source)
    return Block("asks", heading, aside=_asks_aside(evidence, before), said=said, sentences=_asked_early(evidence))


def _asks_aside(evidence: Evidence, before: Before | None) -> Sentence:
    if before is None:
        return Sentence(mark("no check-in yet"))
    if before.said:
        if before.given_at.date() == evidence.ahead.starts_at.date():
            return Sentence("{time}", {"time": before.given_at.time()})
        return moment(before.given_at)
    earlier = [not held.before.said for held in evidence.sessions if held.before]
    if 2 * sum(earlier) > len(earlier):
        return Sentence(mark("left empty, as most weeks"))
    return Sentence(mark("left empty"))


def _asked_early(evidence: Evidence) -> tuple[Sentence, ...]:
    """Before there are readings, a plain request of the client is still a request."""
    last, after = evidence.last, evidence.last_after
    if not evidence.early or last is None or after is None or not (after.hurtful and after.how == "bring_it_up"):
        return ()
    source = mark("After session {session} {subject} asked you to bring up something that came between you.")
    return (about(evidence.client, source, session=last.number),)


def _conversation(reading: Reading) -> Block:
    """One event is one block: the practice that leads, and those that fell with it."""
    wanted = (("show", True), ("words", len(reading.words) > 1), ("do", bool(reading.could_do)))
    return Block(
        "conversation",
        reading.heading or Sentence(mark("Worth a conversation")),
        about=_with(reading),
        sentences=reading.sentences,
        said=reading.said,
        sure=reading.sure,
        why=reading.why,
        tries=Try(reading.words[:1], reading.words[1:]),
        could_do=reading.could_do,
        practices=(reading.practice, *reading.companions),
        basis=reading.basis,
        links=tuple(link for link, is_wanted in wanted if is_wanted),
        tone="amber",
    )


def _with(reading: Reading) -> Sentence:
    leads, others = Sentence(reading.practice), tuple(map(Sentence, reading.companions))
    return Sentence(mark("{practice}, with {others}"), {"practice": leads, "others": others}) if others else leads


def _plain_block(reading: Reading, room: Room, *, bare: bool) -> Block:
    """A celebration or a small line. In a quiet brief the words stand by themselves, without where they come from."""
    said = tuple(excerpt(replace(one, origin=None) if bare else one, room.quote) for one in reading.said)
    return Block(
        reading.kind,
        reading.heading or Sentence(reading.practice),
        about=Sentence(reading.practice),
        sentences=reading.sentences,
        said=said,
        could_do=reading.could_do,
        practices=(reading.practice,),
        basis=reading.basis,
    )


def _measured(evidence: Evidence, room: Room) -> tuple[Block, ...]:
    """What questionnaires came to since the last session. A score is told, and never raises anything."""
    if not evidence.measured:
        return ()
    told = tuple(sentence for one in evidence.measured[-room.measured :] for sentence in _measure(one))
    aside = Sentence(mark("a score is no diagnosis"))
    return (Block("measured", Sentence(mark("Questionnaires")), aside=aside, sentences=told, practices=("feedback",)),)


def _measure(one: Measured) -> tuple[Sentence, ...]:
    parts: dict[str, Part] = {"name": one.name, "date": one.given_at.date(), "band": one.band}
    if one.value is None:
        return (Sentence(mark("{name}, {date}: too little was answered for a score."), parts),)
    parts["value"] = one.value
    source = mark("{name}, {date}: {value}, {band}.") if one.band else mark("{name}, {date}: {value}.")
    if one.earlier is None or one.earlier_at is None:
        return (Sentence(source, parts),)
    first = {"value": one.earlier, "date": one.earlier_at.date()}
    return (Sentence(source, parts), Sentence(_MOVED[one.moved], first))


#: The first score beside this one. What a difference means, people say.
_MOVED = {
    "": mark("At first, {date}: {value}."),
    "lower": mark("At first, {date}: {value}. Lower by more than its own error."),
    "higher": mark("At first, {date}: {value}. Higher by more than its own error."),
    "within": mark("At first, {date}: {value}. The difference lies within its own error."),
}


def _nothing_needed(evidence: Evidence, readings: tuple[Reading, ...]) -> tuple[Block, ...]:
    """The line of a page that raises nothing. Silence is never told as a good sign."""
    if _raised(readings) or (evidence.concerns and not evidence.early and evidence.last_after):
        return ()
    if evidence.early:
        heading, says = Sentence(mark("No readings yet.")), Sentence(mark("They begin with session 3."))
    elif evidence.last_after is None:
        heading = _unanswered(evidence)
        says = Sentence(mark("That may mean nothing."))
    else:
        asked = evidence.ahead.before and evidence.ahead.before.said
        heading = Sentence(mark("Nothing else needs you here.") if asked else mark("Nothing needs you here."))
        says = _manner(evidence)
    return (Block("quiet", heading, sentences=(says,)),)


def _unanswered(evidence: Evidence) -> Sentence:
    """No check-in came; with it, what the client did with the time since. One such thing, and no guess beside it."""
    session = evidence.sessions[-1].number
    moved = any(one.what == "moved" and one.side == "client" for one in evidence.changes)
    off = next((one for one in evidence.changes if one.what == "not_seen" or _cancelled_by_client(one)), None)
    if moved:
        source = mark("{Subject} did not answer after session {session} and moved this one.")
    elif off:
        source = mark("{Subject} did not answer after session {session}, and the meeting of {date} did not take place.")
        return about(evidence.client, source, session=session, date=off.starts_at.date())
    else:
        source = mark("{Subject} did not answer after session {session}.")
    return about(evidence.client, source, session=session)


def _cancelled_by_client(change: Change) -> bool:
    return change.what == "cancelled" and change.side == "client"


def _manner(evidence: Evidence) -> Sentence:
    if marks.much_alike(evidence):
        return about(evidence.client, mark("Five check-ins much alike, and that is {possessive} way of marking."))
    source = mark("{Subject} raised nothing after session {session}.")
    return about(evidence.client, source, session=evidence.sessions[-1].number)


def _nothing_new(readings: tuple[Reading, ...]) -> tuple[Block, ...]:
    """The practices without anything, in one line, where others have something."""
    told = {practice for reading in readings for practice in reading.companions}
    still = tuple(one.practice for one in readings if one.kind == "quiet" and one.practice not in told)
    if not _raised(readings) or not still:
        return ()
    listed = Sentence("{practices}.", {"practices": tuple(map(Sentence, still))})
    return (Block("nothing_new", Sentence(mark("Nothing new:")), sentences=(listed,), practices=still),)


def _raised(readings: tuple[Reading, ...]) -> bool:
    return any(reading.kind in ("conversation", "small") for reading in readings)


def excerpt(said: Said, most: int) -> Said:
    """The first words of what was said, exactly as written; the rest is one tap away, never rewritten."""
    words = list(re.finditer(rf"\S{{1,{LONGEST_WORD}}}", said.text))
    if len(words) <= most:
        return said
    return replace(said, text=said.text[: words[most - 1].end()], cut=True)
