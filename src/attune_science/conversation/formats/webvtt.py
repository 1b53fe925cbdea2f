"""WebVTT, the subtitles of the web: cues with times; who speaks stands in a voice tag or before a colon."""

import re
from collections.abc import Iterator, Sequence

from attune_science.conversation.formats.cues import Cue, cut, named, read_cues
from attune_science.conversation.formats.decoding import split_lines
from attune_science.conversation.formats.markup import TAG, ends_in_a_tag, unescape
from attune_science.conversation.transcript import Line, Transcript, make_transcript

_HEAD = re.compile(r"WEBVTT(?=[ \t\n]|\Z)")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|\Z)")
# A class may follow the letter (“v.loud”), then the name; no part can match what another one can.
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>")
_UNNAMED = "Cues without a voice ({}) belong to nobody: nothing in the file says who speaks there."


def looks_like(text: str, _name: str) -> bool:
    """Whether a file is WebVTT: it must say so in its first line."""
    return _HEAD.match(text) is not None


def read(text: str) -> Transcript:
    """Read WebVTT; notes, styles and regions are passed over.

    Raises
    ------
    TranscriptRefused
        When it is cut, a time runs backward, or nothing is said in it.
    """
    cues = read_cues(_without_asides(split_lines(text)))
    if cues and ends_in_a_tag(cues[-1].text):
        raise cut(cues[-1].line)
    if any(_VOICE.search(cue.text) for cue in cues):
        found = [line for cue in cues for line in _voices(cue) if line.text.strip()]
        unnamed = sum(not line.speaker for line in found)
        return make_transcript(found, "webvtt", (_UNNAMED.format(unnamed),) if unnamed else ())
    found, notes = named(cues, [unescape(TAG.sub("", cue.text)) for cue in cues])
    return make_transcript(found, "webvtt", notes)


def _without_asides(lines: Sequence[str]) -> list[str]:
    """The lines with everything blanked that is no cue, so that their numbers stay."""
    kept, aside, blank = [], True, False  # the head goes on to the first empty line
    for line in lines:
        if not line.strip():
            aside = False
        elif blank and _ASIDE.match(line):
            aside = True
        blank = not line.strip()
        kept.append("" if aside and "-->" not in line else line)
        aside = aside and "-->" not in line
    return kept


def _voices(cue: Cue) -> Iterator[Line]:
    speaker, said = "", list[str]()
    for piece in TAG.split(cue.text):
        voice = _VOICE.fullmatch(piece)
        if voice or piece == "</v>":
            yield Line(speaker, unescape("".join(said)), cue.start, cue.end)
            speaker, said = unescape(voice[1] or "") if voice else "", []
        elif not TAG.fullmatch(piece):
            said.append(piece)
    yield Line(speaker, unescape("".join(said)), cue.start, cue.end)
