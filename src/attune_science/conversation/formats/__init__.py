"""Files of transcripts: from bytes to a conversation, whole or not at all.

Owns how each format is told and read. Nothing is learned here, and nothing is kept of a file that is refused.
"""

from pathlib import Path

from attune_science.conversation.formats import chat, docx, labelled, srt, table, webvtt, whisper
from attune_science.conversation.formats.decoding import decode
from attune_science.conversation.transcript import Transcript, TranscriptRefused

__all__ = ["LARGEST", "read_file", "read_transcript"]

#: The most bytes of a file; a day of talk is a twentieth of it. Larger files are refused before they are read.
LARGEST = 25_000_000
# Formats that say what they are come first; labelled text takes what is left.
_FORMATS = (webvtt, chat, whisper, srt, table, labelled)


def read_transcript(data: bytes, name: str) -> Transcript:
    """Read a transcript whose format is told by its content first, then by the ending of its name.

    Parameters
    ----------
    data
        The whole file.
    name
        What it is called; only the ending matters.

    Returns
    -------
    Transcript
        Who said what, in order, with times in seconds where the file has them. Its notes say what a reader should
        know: letters that were read by inference, lines that were left out.

    Raises
    ------
    TranscriptRefused
        When any part of the file cannot be read with certainty; it names the line, never what was said.

    Example
    -------
    >>> read = read_transcript("T: How was the week?\\nC: Slow.\\n".encode(), "week.txt")
    >>> [(one.speaker, one.text) for one in read.utterances]
    [('T', 'How was the week?'), ('C', 'Slow.')]
    """
    if len(data) > LARGEST:
        raise _too_large()
    if docx.looks_like(data, name):
        return docx.read(data)
    text, notes = decode(data)
    form = next(one for one in _FORMATS if one.looks_like(text, name))
    found = form.read(text)
    return Transcript(found.utterances, found.format, (*notes, *found.notes))


def read_file(path: Path) -> Transcript:
    """Read a transcript from a file, as `read_transcript` does.

    Raises
    ------
    TranscriptRefused
        When the file cannot be opened or is too large, and as `read_transcript` does.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1) if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise TranscriptRefused(
            f"{path.name} cannot be read.", f"The system says: {error.strerror}.", "Name a file that you may read."
        ) from error
    if data is None:
        raise _too_large()
    return read_transcript(data, path.name)


def _too_large() -> TranscriptRefused:
    return TranscriptRefused(
        "This file is too large.",
        f"A transcript may have {LARGEST // 1_000_000} MB, many times what the longest session has.",
        "Choose the transcript itself, without sound or pictures.",
    )
