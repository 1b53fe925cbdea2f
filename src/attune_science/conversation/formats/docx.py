"""DOCX: the paragraphs and tables of a Word file, read as labelled text; bombs, locked files and the like refused."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from attune_science.conversation.formats import labelled
from attune_science.conversation.transcript import Transcript, TranscriptRefused

_DOCUMENT = "word/document.xml"
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
# The unpacked text of a session is under a megabyte; these leave room for the longest day.
_MOST_ENTRIES = 2000
_LARGEST_UNPACKED = 100_000_000
_LARGEST_TEXT = 25_000_000
_LARGEST_RATIO = 200
_SMALL = 10_000_000
_PIECE = 1 << 16
_ENTRY = b"PK\x01\x02"
# Everything that `zipfile` raises for archives that are damaged on purpose or not.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError, MemoryError)


def looks_like(data: bytes, name: str) -> bool:
    """Whether a file is DOCX: an archive, or named like one."""
    return name.lower().endswith((".docx", ".docm")) or (data.startswith(b"PK\x03\x04") and _DOCUMENT.encode() in data)


def read(data: bytes) -> Transcript:
    """Read the text of a Word file, with insertions and without deletions, as labelled text.

    Raises
    ------
    TranscriptRefused
        When it is cut, locked, no Word file, unpacks to far more than it weighs, or holds declarations that no Word
        file has; or as `labelled.read` does.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _refused("It is locked with a password, or a file of an older word processor.")
    if data.count(_ENTRY) > _MOST_ENTRIES:
        raise _refused("It is an archive of far more parts than a transcript has.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = _text(archive, _document(archive))
    except _DAMAGED:
        raise _refused("It is damaged or cut, or it is no Word file.") from None
    return labelled.read(text, "docx")


def _document(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    try:
        found = archive.getinfo(_DOCUMENT)
    except KeyError:
        raise _refused("It is an archive, and no Word file.") from None
    if found.flag_bits & 1:
        raise _refused("It is locked with a password.")
    ratio = found.file_size / max(1, found.compress_size)
    if found.file_size > _LARGEST_UNPACKED or (found.file_size > _SMALL and ratio > _LARGEST_RATIO):
        raise _refused("It would unpack to far more than a transcript has.")
    return found


def _text(archive: zipfile.ZipFile, document: zipfile.ZipInfo) -> str:
    page = _Page()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartElementHandler = page.open
    parser.EndElementHandler = page.close
    parser.CharacterDataHandler = page.take
    parser.buffer_text = True
    try:
        for piece in _pieces(archive, document):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError):
        raise _refused("The document in it is damaged or cut.") from None
    return "\n".join(page.lines)


def _pieces(archive: zipfile.ZipFile, document: zipfile.ZipInfo) -> Iterator[bytes]:
    """The document in pieces: what the archive says of its size is not believed."""
    size = 0
    with archive.open(document) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > _LARGEST_UNPACKED:
                raise _refused("It would unpack to far more than a transcript has.")
            yield piece


def _refuse_declarations(*_: object) -> None:
    raise _refused("Its document declares entities, which no Word file does.")


@dataclass
class _Page:
    """Gathers the lines of a document while it is parsed."""

    lines: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    tables: int = 0
    skipped: int = 0
    in_text: bool = False
    size: int = 0

    def open(self, name: str, _: dict[str, str]) -> None:
        tag = _tag(name)
        self.skipped += tag in _UNSEEN
        self.in_text = tag == "t" and not self.skipped
        self.tables += tag == "tbl"
        if tag in _MEANT and not self.skipped:
            self.said.append(_MEANT[tag])

    def close(self, name: str) -> None:
        tag = _tag(name)
        self.skipped -= tag in _UNSEEN
        self.tables -= tag == "tbl"
        self.in_text = False
        if tag == "p":
            self._end_paragraph()
        elif tag == "tc" and self.tables == 1:
            self.cells.append("".join(self.said).strip())
            self.said.clear()
        elif tag == "tr" and self.tables == 1:
            self.lines += _row(self.cells).split("\n")
            self.cells.clear()

    def take(self, text: str) -> None:
        if self.in_text:
            self.said.append(text)
            self.size += len(text)
            if self.size > _LARGEST_TEXT:
                raise _refused("It would unpack to far more than a transcript has.")

    def _end_paragraph(self) -> None:
        if self.tables:
            self.said.append("\n")
            return
        self.lines += "".join(self.said).split("\n")
        self.said.clear()


# Elements of Word by what they mean in a text, and those whose text is not seen: deleted, moved away, said twice.
_MEANT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr"})


def _tag(name: str) -> str:
    for namespace in _NAMESPACES:
        if name.startswith(namespace):
            return name.removeprefix(namespace)
    return "Fallback" if name == _FALLBACK else ""


def _row(cells: list[str]) -> str:
    """A row of a table as a line: a time and a speaker in cells of their own stand before a colon."""
    kept = [cell for cell in cells if cell]
    speaker = next((place for place, cell in enumerate(kept) if any(map(str.isalpha, cell))), len(kept))
    if speaker < len(kept) - 1 and "\n" not in kept[speaker]:
        kept[speaker] = kept[speaker].rstrip(":") + ":"
    return " ".join(kept)


def _refused(why: str) -> TranscriptRefused:
    return TranscriptRefused(
        "This Word file cannot be read.", why, "Open it in your word processor and save it as .docx or plain text."
    )
