"""What WebVTT and SRT share: a line with two times, then what was said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from attune_science.conversation.formats.clock import CLOCK, Order, seconds
from attune_science.conversation.formats.labels import accept, open_line
from attune_science.conversation.transcript import Line, TranscriptRefused

_TIMING = re.compile(r"[ \t]{0,20}([\d:.,]{1,20})[ \t]{0,20}-->[ \t]{0,20}([\d:.,]{0,20})(?=\s|$)")
_CLOCK_FIRST = re.compile(rf"\s{{0,20}}{CLOCK}")
_CARRIED = "Cues without a name ({}) were taken to be said by whoever spoke before them."


@dataclass(frozen=True)
class Cue:
    """A stretch of the recording: the line of its times (from 1), the times, and the lines below."""

    line: int
    start: float
    end: float
    text: str


def is_timing(line: str) -> bool:
    """Whether a line holds the times of a cue, readable or not."""
    return "-->" in line and line.lstrip()[:1].isdigit()


def read_cues(lines: Sequence[str]) -> list[Cue]:
    """Every cue of a file, in order; those without text are passed over.

    Raises
    ------
    TranscriptRefused
        When a time cannot be read or runs backward, or the file ends within a cue.
    """
    places = [place for place, line in enumerate(lines) if is_timing(line)]
    order = Order()
    cues = []
    for place, following in pairwise([*places, len(lines)]):
        start, end = _times(lines[place], place + 1)
        order.check(start, end, f"Line {place + 1}")
        is_last = following == len(lines)
        below = lines[place + 1 : following if is_last else following - _name_lines(lines, place, following)]
        if is_last and _is_cut(lines, places, below):
            raise cut(place + 1)
        cues.append(Cue(place + 1, start, end, "\n".join(line for line in below if line.strip())))
    return cues


def named(cues: Sequence[Cue], texts: Sequence[str]) -> tuple[list[Line], tuple[str, ...]]:
    """Cues whose speakers stand before a colon; a cue without a name goes on with the speaker before it."""
    rows = [(cue, row) for cue, text in zip(cues, texts, strict=True) for row in text.split("\n") if row.strip()]
    openings = [open_line(row) for _, row in rows]
    labels = [opening.label if opening else "" for opening in openings]
    firsts = [label for place, label in enumerate(labels) if not place or rows[place - 1][0] is not rows[place][0]]
    kept = accept(labels, firsts)
    found: list[tuple[Cue, str, list[str]]] = []
    carried, speaker = 0, ""
    for (cue, row), opening in zip(rows, openings, strict=True):
        name = kept.get(opening.label.casefold(), "") if opening else ""
        if not name and found and found[-1][0] is cue:
            found[-1][2].append(row)
            continue
        carried += bool(speaker) and not name
        speaker = name or speaker
        found.append((cue, speaker, [opening.rest if opening and name else row]))
    lines = [Line(name, " ".join(said), cue.start, cue.end) for cue, name, said in found]
    return lines, (_CARRIED.format(carried),) if carried else ()


def cut(line: int) -> TranscriptRefused:
    """The file ends where a cue should go on."""
    return TranscriptRefused(
        "This file ends in the middle of a cue.",
        f"The cue at line {line} is the last one and is not whole.",
        "Export the transcript once more, and choose the whole file.",
    )


def _times(line: str, number: int) -> tuple[float, float]:
    found = _TIMING.match(line)
    start, end = (seconds(found[1]), seconds(found[2])) if found else (None, None)
    if start is None or end is None:
        raise TranscriptRefused(
            "A time in this file cannot be read.",
            f"Line {number} should hold two times with “-->” between them.",
            "Correct that line, or export the transcript once more.",
        )
    return start, end


def _name_lines(lines: Sequence[str], place: int, following: int) -> int:
    """1 where the line above the next cue's times is that cue's number or name, else 0."""
    above = lines[following - 1].strip()
    stands_alone = following - 2 == place or not lines[following - 2].strip()
    return int(bool(above) and (above.isdecimal() or stands_alone) and following - 1 > place)


def _is_cut(lines: Sequence[str], places: Sequence[int], below: Sequence[str]) -> bool:
    """No text at all, or below it the beginning of one more cue."""
    if not any(line.strip() for line in below):
        return True
    paragraphs = list(_paragraphs(below))
    if len(paragraphs) == 1:
        return False
    end = paragraphs[-1]
    have_names = len(places) > 1 and all(lines[place - 1].strip() for place in places[1:])
    is_name = len(end) == 1 and (end[0].strip().isdecimal() or (have_names and len(end[0].split()) == 1))
    return is_name or _CLOCK_FIRST.match(end[-1]) is not None


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
