"""Labelled plain text: “T: …”, “Dr Smith: …”, with or without times; a line without a label goes on above."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from attune_science.conversation.formats.clock import Order
from attune_science.conversation.formats.decoding import split_lines
from attune_science.conversation.formats.labels import Opening, accept, open_line, stamp_before
from attune_science.conversation.transcript import Line, Transcript, make_transcript

_HEADING = "Lines before the first speaker ({}) were left out as a heading."
_ONCE = "A colon that no other line has after the same words was read as part of what was said: line {}."
_NOBODY = "No line says who speaks."


def looks_like(_text: str, _name: str) -> bool:
    """Any text may be one; ask the other formats first."""
    return True


def read(text: str, form: str = "labelled") -> Transcript:
    """Read plain text with a speaker before a colon, or with none at all.

    Parameters
    ----------
    text
        The whole file.
    form
        What the transcript says it was.

    Raises
    ------
    TranscriptRefused
        When its times run backward, or nothing is said in it.
    """
    rows = [(number, row) for number, row in enumerate(split_lines(text), 1) if row.strip()]
    openings = [open_line(row) for _, row in rows]
    kept = accept([opening.label if opening else "" for opening in openings])
    if not kept:
        return make_transcript(_unlabelled(rows), form, (_NOBODY,))
    openings = [opening if opening and opening.label.casefold() in kept else None for opening in openings]
    said = [opening for opening in openings if opening]
    if sum(opening.bare is not None for opening in said) * 2 > len(said):
        openings = [opening and opening.without_bare() for opening in openings]
    reading = _Reading(kept)
    for (number, row), opening in zip(rows, openings, strict=True):
        reading.take(number, row, opening)
    return make_transcript(reading.lines(), form, reading.notes())


def _unlabelled(rows: Sequence[tuple[int, str]]) -> list[Line]:
    stamps = [stamp_before(row) for _, row in rows]
    if sum(start is not None for start, _ in stamps) * 2 <= len(rows):
        return [Line("", row) for _, row in rows]
    order = Order()
    for (number, _), (start, _) in zip(rows, stamps, strict=True):
        order.check(start, None, f"Line {number}")
    return [
        Line("", row if start is None else rest, start) for (_, row), (start, rest) in zip(rows, stamps, strict=True)
    ]


@dataclass
class _Reading:
    """The lines of a file, one after the other."""

    kept: dict[str, str]
    order: Order = field(default_factory=Order)
    turns: list[tuple[str, float | None, list[str]]] = field(default_factory=list)
    heading: int = 0
    once: list[int] = field(default_factory=list)
    stamp: float | None = None

    def take(self, number: int, row: str, opening: Opening | None) -> None:
        if opening:
            start = self.stamp if opening.start is None else opening.start
            self.order.check(start, None, f"Line {number}")
            self.turns.append((self.kept[opening.label.casefold()], start, [opening.rest]))
            self.stamp = None
            return
        start, rest = stamp_before(row)
        if start is not None and not rest.strip():
            self.stamp = start  # a time alone in its line is that of the next speaker
        elif not self.turns:
            self.heading += 1
        else:
            self.turns[-1][2].append(row)
            if len(self.once) < 10 and open_line(row):
                self.once.append(number)

    def lines(self) -> list[Line]:
        return [Line(speaker, " ".join(rows), start) for speaker, start, rows in self.turns]

    def notes(self) -> tuple[str, ...]:
        heading = (_HEADING.format(self.heading),) if self.heading else ()
        return (*heading, *((_ONCE.format(", ".join(map(str, self.once))),) if self.once else ()))
