"""SRT subtitles: numbered cues with times; who speaks stands before a colon."""

import re
from itertools import islice

from attune_science.conversation.formats.cues import cut, is_timing, named, read_cues
from attune_science.conversation.formats.decoding import split_lines
from attune_science.conversation.formats.markup import TAG, ends_in_a_tag, unescape
from attune_science.conversation.transcript import Transcript, TranscriptRefused, make_transcript

_BREAK = re.compile(r"<br {0,3}/?>", re.IGNORECASE)
# Where on the screen it was shown: “{\an8}”.
_PLACE = re.compile(r"\{\\[^{}]*\}")


def looks_like(text: str, name: str) -> bool:
    """Whether a file is SRT: its name says so, or a line with two times stands at its head."""
    if name.lower().endswith((".srt", ".vtt")):
        return True
    head = (line for line in text[:2000].split("\n") if line.strip())
    return any(is_timing(line) for line in islice(head, 3))


def read(text: str) -> Transcript:
    """Read SRT, also where numbers are missing or fractions follow a point.

    Raises
    ------
    TranscriptRefused
        When it is cut, a time runs backward, or nothing is said in it.
    """
    cues = read_cues(split_lines(text))
    if not cues:
        raise TranscriptRefused(
            "This file holds no subtitles.",
            "No line in it has two times with “-->” between them.",
            "Choose the subtitles' file itself; plain text should be named .txt.",
        )
    if ends_in_a_tag(cues[-1].text):
        raise cut(cues[-1].line)
    texts = [_PLACE.sub("", unescape(TAG.sub("", _BREAK.sub("\n", cue.text)))) for cue in cues]
    found, notes = named(cues, texts)
    return make_transcript(found, "srt", notes)
