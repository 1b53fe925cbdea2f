"""Tables (CSV, TSV): a row an utterance, a column for what was said, maybe for speaker and times."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from attune_science.conversation.formats.clock import Order, seconds
from attune_science.conversation.formats.decoding import check_length
from attune_science.conversation.transcript import Line, Transcript, TranscriptRefused, make_transcript

# Names of columns, the likelier first, in small letters with “_” between words.
_TEXT = (
    "utterance_text utterance text content message transcript sentence transcription said speech line dialogue words "
    "msg body texto texte äußerung"
)
_SPEAKER = (
    "speaker interlocutor speaker_name speaker_label role who participant speaker_id name author from sender person "
    "sprecher hablante locuteur"
)
_START = "start start_time begin start_s start_seconds onset timestamp time time_stamp"
_END = "end end_time stop end_s end_seconds"
# It tells several conversations in one table apart.
_CONVERSATION = "transcript_id conversation_id session_id dialogue_id dialog_id conversation"
_KNOWN = tuple(names.split() for names in (_TEXT, _SPEAKER, _START, _END, _CONVERSATION))
_DELIMITERS = ",;\t|"
_NAMED = (".csv", ".tsv", ".tab")
_NAME = re.compile(r"\s{0,3}\w[\w .()/-]{0,39}")
_SEPARATOR = re.compile(r"sep=(.)\n")
_UNREADABLE = "Times were left out: those of {} are not seconds or hours, minutes and seconds of the recording."
_NOBODY = "No column says who speaks."


@dataclass(frozen=True)
class _Columns:
    """Where things stand in a row; None where there is no such column."""

    text: int
    speaker: int | None
    start: int | None
    end: int | None
    conversation: int | None
    in_milliseconds: bool


def looks_like(text: str, name: str) -> bool:
    """Whether a file is a table: its name says so, or its first line names columns for text and speaker."""
    if name.lower().endswith(_NAMED):
        return True
    columns = _columns(_head(text, _delimiter(text)))
    return columns is not None and columns.speaker is not None


def read(text: str) -> Transcript:
    """Read a table whose first line names its columns.

    Raises
    ------
    TranscriptRefused
        When no column holds what was said, a cell is cut, several conversations stand in it, or a time runs backward.
    """
    separator = _SEPARATOR.match(text)
    delimiter = separator[1] if separator else _delimiter(text)
    head = _head(text[separator.end() :] if separator else text, delimiter)
    columns = _columns(head)
    if columns is None:
        raise _no_text_column(head)
    check_length(text.count("\n"))
    rows = _rows(text, delimiter, 2 if separator else 1)
    _one_conversation(rows, columns.conversation)
    starts, note = _times(rows, columns.start, columns.in_milliseconds)
    ends, other = _times(rows, columns.end, columns.in_milliseconds)
    order = Order()
    for (number, _), start, end in zip(rows, starts, ends, strict=True):
        order.check(start, end, f"Line {number}")
    lines = [
        Line(_cell(row, columns.speaker), _cell(row, columns.text), start, end)
        for (_, row), start, end in zip(rows, starts, ends, strict=True)
    ]
    nobody = "" if any(line.speaker for line in lines) else _NOBODY
    return make_transcript(lines, "table", [one for one in (note, other, nobody) if one])


def _rows(text: str, delimiter: str, skipped: int) -> list[tuple[int, list[str]]]:
    """Every row with the number of its last line."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    try:
        for _ in range(skipped):
            next(reader, None)
        return [(reader.line_num, row) for row in reader if any(row)]
    except csv.Error:
        raise TranscriptRefused(
            "This table cannot be read.",
            f"At line {reader.line_num} a quotation mark is in the wrong place or never closed, or a cell is too long.",
            "Export the table once more.",
        ) from None


def _delimiter(text: str) -> str:
    """The one by which the first line has a column for text; among several, the one that makes the most columns."""
    return max(_DELIMITERS, key=lambda one: (_columns(_head(text, one)) is not None, len(_head(text, one))))


def _head(text: str, delimiter: str) -> list[str]:
    line = text[:4096].split("\n", 1)[0]
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _columns(head: Sequence[str]) -> _Columns | None:
    names = ["_".join(cell.casefold().replace("-", " ").replace("_", " ").split()) for cell in head]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    text, speaker, start, end, conversation = (
        next((places[name] for name in known if name in places), None) for known in _KNOWN
    )
    if text is None:
        return None
    # Whisper's own tables have these three columns, with whole milliseconds.
    return _Columns(text, speaker, start, end, conversation, names == ["start", "end", "text"])


def _one_conversation(rows: Sequence[tuple[int, list[str]]], place: int | None) -> None:
    several = {_cell(row, place) for _, row in rows} if place is not None else set()
    if len(several) > 1:
        raise TranscriptRefused(
            "This table holds more than one conversation.",
            f"One of its columns tells {len(several)} apart.",
            "Save each conversation in a file of its own.",
        )


def _times(
    rows: Sequence[tuple[int, list[str]]], place: int | None, in_milliseconds: bool
) -> tuple[list[float | None], str]:
    """A time a row, and a note where they had to be left out."""
    nothing: list[float | None] = [None] * len(rows)
    if place is None:
        return nothing, ""
    cells = [_cell(row, place).strip() for _, row in rows]
    times = list(_read_times(cells))
    if any(cell and time is None for cell, time in zip(cells, times, strict=True)):
        return nothing, _UNREADABLE.format(f"column {place + 1}")
    return ([time and time / 1000 for time in times] if in_milliseconds else times), ""


def _read_times(cells: Sequence[str]) -> Iterator[float | None]:
    for cell in cells:
        clock = seconds(cell)
        if clock is None and cell and len(cell) < 20:
            try:
                clock = float(cell.replace(",", "."))
            except ValueError:
                clock = None
        yield clock


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _no_text_column(head: Sequence[str]) -> TranscriptRefused:
    # Where the first line is no head, its cells are what somebody said: sentences are not named.
    found = [cell.strip() for cell in head[:20] if _NAME.fullmatch(cell) and len(cell.split()) < 4]
    listed = f"Its first line names these: {', '.join(found)}." if found else "Its first line names none."
    return TranscriptRefused(
        "No column of this table holds what was said.",
        listed,
        "Name that column “text” and, where there is one, the other “speaker”.",
    )
