"""From bytes to text: byte-order marks, UTF-8, UTF-16, plainly Western single-byte files; the rest is refused."""

import codecs
import re

from attune_science.conversation.transcript import TranscriptRefused

# The longer mark first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files that are no text, by how they begin, and what to do with each.
_OTHER_FILES = (
    (b"%PDF", "It is a PDF."),
    (b"{\\rtf", "It is a file in Rich Text Format."),
    (b"<!DOCTYPE", "It is a web page."),
    (b"<html", "It is a web page."),
    (b"<?xml", "It is an XML file."),
    (b"\xd0\xcf\x11\xe0", "It is a file of an older word processor, or one locked with a password."),
    (b"PK\x03\x04", "It is an archive, and its name does not say that it is a Word file."),
)
# White space and the mark that CHAT puts around times are allowed.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x14\x16-\x1b\x7f]")
_SAMPLE = 4096
#: A day of talk has some twenty thousand lines. Each takes up to 0.7 kB of memory while it is read.
MOST_LINES = 1_000_000
# Western languages have few accented letters, and never four in a row; other alphabets have whole words of high bytes.
_MOST_HIGH = 0.3
_OTHER_ALPHABET = re.compile(rb"[\xc0-\xff]{4}")
_LEGACY = "The file is not in UTF-8; its letters were read as Windows-1252. Look whether accents and quotes are right."


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, every line end a “\\n”, and a note where its encoding had to be inferred.

    Raises
    ------
    TranscriptRefused
        When it is no text, or its encoding cannot be told with certainty.
    """
    text, notes = _read(data)
    # Marks inside come from files that were put together; the last one from systems of long ago.
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    sample = text[:_SAMPLE]
    if "\0" in text or len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise _no_text("It holds bytes that no text has.")
    if not text.strip():
        raise TranscriptRefused("This file is empty.", "It holds no words.", "Choose the transcript itself.")
    return text, notes


def split_lines(text: str) -> list[str]:
    """The lines of a text; the separators of Unicode end a line, too.

    Raises
    ------
    TranscriptRefused
        When there are more than any transcript has.
    """
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    check_length(text.count("\n") + 1)
    return text.split("\n")


def check_length(lines: int) -> None:
    """Refuse a file of so many lines, rows or segments that they would fill the memory.

    Raises
    ------
    TranscriptRefused
        When there are more than any transcript has.
    """
    if lines > MOST_LINES:
        raise TranscriptRefused(
            "This file is too large.",
            f"A transcript may have {MOST_LINES:,} lines, many times what the longest session has.",
            "Choose the transcript of one session.",
        )


def _read(data: bytes) -> tuple[str, tuple[str, ...]]:
    for start, why in _OTHER_FILES:
        if data.startswith(start):
            raise _no_text(why)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding), ()
    encoding = _wide(data[:_SAMPLE])
    if encoding:
        return _strict(data, encoding), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _legacy(data, error), (_LEGACY,)


def _wide(sample: bytes) -> str:
    """Text in UTF-16 without its mark has a zero in every second byte, as long as it is in Latin letters."""
    even, odd = sample[::2], sample[1::2]
    if len(sample) >= 4 and odd.count(0) * 2 > len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if len(sample) >= 4 and even.count(0) * 2 > len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return ""


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise _damaged(encoding.upper(), line) from None


def _legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """Windows-1252 where nothing speaks against it: no UTF-8 in it, few high bytes, never a word of them alone."""
    line = data.count(b"\n", 0, error.start) + 1
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    wrong = data.decode("utf-8", "ignore")
    if not wrong.isascii():
        raise _damaged("UTF-8", line)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise _unknown(line) from None
    if high > _MOST_HIGH * len(data) or _OTHER_ALPHABET.search(data) or _CONTROL.search(text):
        raise _unknown(line)
    return text


def _no_text(why: str) -> TranscriptRefused:
    return TranscriptRefused(
        "This file is not a transcript that can be read.",
        why,
        "Save it as plain text in UTF-8, or as WebVTT, SRT, CSV or DOCX.",
    )


def _damaged(encoding: str, line: int) -> TranscriptRefused:
    return TranscriptRefused(
        "The letters of this file cannot be read.",
        f"Line {line} is damaged or cut: it is not in {encoding} like the rest.",
        "Export the transcript once more, in UTF-8.",
    )


def _unknown(line: int) -> TranscriptRefused:
    return TranscriptRefused(
        "The letters of this file cannot be read.",
        f"Line {line} is in an encoding that the file does not name.",
        "Save it in UTF-8 and try again.",
    )
