"""Small writers: one conversation in every format that carries speakers. The standard library alone."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from html import escape

from attune_science.conversation.transcript import Line, Transcript
from attune_science.conversation.words import sentences, words

Conversation = Sequence[Line]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def timed(said: Sequence[tuple[str, str]]) -> list[Line]:
    """A conversation from pairs of speaker and text, two and a half seconds a line."""
    return [Line(speaker, text, 2.5 * place, 2.5 * place + 2) for place, (speaker, text) in enumerate(said)]


def what_was_said(transcript: Transcript) -> list[tuple[str, list[str], int]]:
    """For each turn the speaker, the words, and how many sentences of it are questions."""
    return [
        (turn.speaker, words(turn.text), sum(s.is_question for one in turn.utterances for s in sentences(one.text)))
        for turn in transcript.turns
    ]


def clock(seconds: float, mark: str = ".") -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def webvtt(lines: Conversation) -> bytes:
    cues = (
        f"{number}\n{clock(one.start or 0)} --> {clock(one.end or 0)} align:start\n"
        f"<v {escape(one.speaker)}>{escape(' '.join(one.text.split()), quote=False)}</v>\n"
        for number, one in enumerate(lines, 1)
    )
    return "\n".join(["WEBVTT\n", *cues]).encode()


def srt(lines: Conversation) -> bytes:
    cues = (
        f"{number}\n{clock(one.start or 0, ',')} --> {clock(one.end or 0, ',')}\n"
        f"{one.speaker}: {escape(' '.join(one.text.split()), quote=False)}\n"
        for number, one in enumerate(lines, 1)
    )
    return "\n".join(cues).encode()


def whisper(lines: Conversation) -> bytes:
    segments = [{"start": one.start, "end": one.end, "text": f" {one.text}", "speaker": one.speaker} for one in lines]
    return json.dumps({"segments": segments, "language": "en"}).encode()


def whisperx(lines: Conversation) -> bytes:
    """One segment for everything, the speakers at the words alone."""
    said = [{"word": word, "speaker": one.speaker} for one in lines for word in one.text.split()]
    return json.dumps({"segments": [{"text": " ".join(one["word"] for one in said), "words": said}]}).encode()


def labelled(lines: Conversation) -> bytes:
    return "".join(f"{one.speaker}: {' '.join(one.text.split())}\n" for one in lines).encode()


def stamped(lines: Conversation) -> bytes:
    return "".join(
        f"[{clock(one.start or 0)[:8]}] {one.speaker}: {' '.join(one.text.split())}\r\n" for one in lines
    ).encode("utf-16")


def table(lines: Conversation, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["start", "end", "speaker", "text"])
    writer.writerows([one.start, one.end, one.speaker, one.text] for one in lines)
    return out.getvalue().encode("utf-8-sig")


def tabs(lines: Conversation) -> bytes:
    return table(lines, "\t")


def packed(document: str, name: str = "word/document.xml") -> bytes:
    """An archive with one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, document)
    return out.getvalue()


def document(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {WORD}><w:body>{body}</w:body></w:document>'


def docx(lines: Conversation) -> bytes:
    paragraphs = (f"<w:p><w:r><w:t>{escape(f'{one.speaker}: {one.text}')}</w:t></w:r></w:p>" for one in lines)
    return packed(document("".join(paragraphs)))


def chat(lines: Conversation) -> bytes:
    codes = {name: f"SP{place}" for place, name in enumerate(dict.fromkeys(one.speaker for one in lines))}
    said = "".join(
        f"*{codes[one.speaker]}:\t{' '.join(one.text.split())} "
        f"\x15{round((one.start or 0) * 1000)}_{round((one.end or 0) * 1000)}\x15\n%com:\tnothing\n"
        for one in lines
    )
    roles = ", ".join(f"{code} {name.replace(' ', '_')}" for name, code in codes.items())
    return f"@UTF8\n@Begin\n@Languages:\teng\n@Participants:\t{roles}\n{said}@End\n".encode()


#: Ending of the name → writer. The same conversation must come back from each.
WRITERS: dict[str, Callable[[Conversation], bytes]] = {
    "vtt": webvtt,
    "srt": srt,
    "json": whisper,
    "words.json": whisperx,
    "txt": labelled,
    "stamped.txt": stamped,
    "csv": table,
    "tsv": tabs,
    "docx": docx,
    "cha": chat,
}
