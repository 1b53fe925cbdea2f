"""What Whisper and its relatives write as JSON: segments with times, with or without speakers, or a text alone."""

import json
import re
from collections.abc import Iterator
from itertools import groupby

from attune_science.conversation.formats.clock import Order
from attune_science.conversation.formats.decoding import check_length
from attune_science.conversation.transcript import Line, Transcript, TranscriptRefused, make_transcript

_BEGINS = re.compile(r"\s*(?:\{|\[\s*\{)")
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
_NO_SPEAKER = "The file does not say who speaks."
_TIMES_LEFT_OUT = "Times were left out: the file does not say in which unit they are."


def looks_like(text: str, name: str) -> bool:
    """Whether a file is JSON, by its name or by its first brackets."""
    return name.lower().endswith(".json") or _BEGINS.match(text) is not None


def read(text: str) -> Transcript:
    """Read `segments` (or `utterances`, or a list of them), a speaker for each, or for each word; or a `text` alone.

    Raises
    ------
    TranscriptRefused
        When it is cut, holds no segments, a time runs backward, or nothing is said in it.
    """
    whole = _parsed(text)
    segments, keeps_times = _segments(whole)
    check_length(len(segments))
    order = Order()
    lines = [line for number, one in enumerate(segments, 1) for line in _lines(one, number, order, keeps_times)]
    notes = [] if any(line.speaker for line in lines) else [_NO_SPEAKER]
    if not keeps_times and any(isinstance(one, dict) and "start" in one for one in segments):
        notes.append(_TIMES_LEFT_OUT)
    return make_transcript(lines, "whisper", notes)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        why = f"Line {error.lineno} breaks off or is not JSON."
    except (RecursionError, ValueError):
        why = "It is nested too deeply, or holds a number that is too long."
    raise TranscriptRefused("This JSON file cannot be read.", why, "Export the transcript once more.")


def _segments(whole: object) -> tuple[list[object], bool]:
    """The segments, and whether their times are in seconds."""
    if isinstance(whole, list):
        return whole, True
    if isinstance(whole, dict):
        for key in ("segments", "utterances"):
            if isinstance(whole.get(key), list) and (whole[key] or not whole.get("text")):
                return whole[key], key == "segments"
        if isinstance(whole.get("text"), str):
            return [{"text": whole["text"]}], True
    raise TranscriptRefused(
        "This JSON file holds no transcript.",
        "It has neither “segments” nor a “text”.",
        "Choose the file that Whisper wrote, with its segments.",
    )


def _lines(segment: object, number: int, order: Order, keeps_times: bool) -> Iterator[Line]:
    if not isinstance(segment, dict) or not isinstance(segment.get("text"), str):
        raise TranscriptRefused(
            "This JSON file holds no transcript.",
            f"Segment {number} has no “text”.",
            "Choose the file that Whisper wrote, with its segments.",
        )
    start, end = (_time(segment.get(key), number) if keeps_times else None for key in ("start", "end"))
    order.check(start, end, f"Segment {number}")
    words = segment.get("words")
    runs = _runs(words, _name(segment.get("speaker"))) if isinstance(words, list) else []
    if len(runs) < 2:
        speaker = runs[0][0] if runs else _name(segment.get("speaker"))
        yield Line(speaker, _whole_characters(segment["text"]), start, end)
        return
    for place, (speaker, said) in enumerate(runs):
        times = [_time(word.get(key), number) if keeps_times else None for word in said for key in ("start", "end")]
        known = [one for one in times if one is not None]
        begin, finish = (known[0], known[-1]) if known else (start, end)
        if place:
            order.check(begin, finish, f"Segment {number}")
        yield Line(speaker, " ".join(_whole_characters(_word(word)).strip() for word in said), begin, finish)


def _runs(words: list[object], speaker: str) -> list[tuple[str, list[dict[str, object]]]]:
    """Words in a row of one speaker; a word without one belongs to the speaker before it. Empty where none has one."""
    if not all(isinstance(word, dict) and _word(word) for word in words):
        return []
    known = [word for word in words if isinstance(word, dict)]
    first = next((name for word in known if (name := _name(word.get("speaker")))), "")
    if not first:
        return []
    named = []
    speaker = speaker or first
    for word in known:
        speaker = _name(word.get("speaker")) or speaker
        named.append((speaker, word))
    return [(name, [word for _, word in run]) for name, run in groupby(named, key=lambda pair: pair[0])]


def _word(word: dict[str, object]) -> str:
    said = word.get("word", word.get("text"))
    return said if isinstance(said, str) else ""


def _name(speaker: object) -> str:
    """A name, or the number of a speaker."""
    if isinstance(speaker, int) and not isinstance(speaker, bool) and 0 <= speaker < 1000:
        return str(speaker)
    return _whole_characters(" ".join(speaker.split())) if isinstance(speaker, str) else ""


def _time(value: object, number: int) -> float | None:
    if value is None:
        return None
    # Larger than any recording, and so large that it may be no float at all.
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 1e9:
        return float(value) if value > -1e9 else -1.0
    raise TranscriptRefused(
        "A time in this file cannot be read.",
        f"Segment {number} has a time that is no number of seconds.",
        "Export the transcript once more.",
    )


def _whole_characters(text: str) -> str:
    """JSON can hold halves of characters, which no text may."""
    return _HALF_CHARACTERS.sub("\ufffd", text)
