"""Word files: what is read, and archives that are no Word file or mean harm. All words are made up."""

import io
import struct
import zipfile

import pytest
from support.transcripts import document, packed

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.transcript import TranscriptRefused


def said(body: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in read_transcript(packed(document(body)), "x.docx").utterances]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_paragraphs_tabs_breaks_and_changes() -> None:
    body = (
        f"<w:p>{run('T:')}<w:r><w:tab/></w:r>{run('So')}<w:del><w:r><w:delText>not</w:delText></w:r>{run(' never')}"
        f"</w:del><w:ins>{run(' it')}</w:ins><w:r><w:br/></w:r>{run('was.')}</w:p><w:p/>"
        f"<w:p>{run('C: Yes')}<w:moveFrom>{run(' gone')}</w:moveFrom><w:r><w:noBreakHyphen/></w:r>{run('no.')}</w:p>"
    )
    assert said(body) == [("T", "So it was."), ("C", "Yes-no.")]


def test_what_is_there_twice_for_older_programs_is_read_once() -> None:
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='x'>{run('once')}</mc:Choice><mc:Fallback>{run('twice')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert said(f"<w:p>{run('T: ')}{box}</w:p>") == [("T", "once")]


def test_tables_a_row_a_line() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in cells) + "</w:tr>"

    body = f"<w:tbl>{row('00:01', 'Amara Obi', 'One thing: so.')}{row('00:02', 'Ben:', 'Yes.')}{row('', 'Ben', 'No.')}"
    assert said(body + f"{row('00:03', 'Amara Obi', 'Oh.')}</w:tbl>") == [
        ("Amara Obi", "One thing: so."),
        ("Ben", "Yes."),
        ("Ben", "No."),
        ("Amara Obi", "Oh."),
    ]


GOOD = packed(document(f"<w:p>{run('T: so it was, and it was so.')}</w:p>"))


def locked() -> bytes:
    """The same with the flag for a password, in both places where it stands."""
    data = bytearray(GOOD)
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying() -> bytes:
    """The archive says that its document is small."""
    data = bytearray(packed("a" * 120_000_000))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = struct.pack("<I", 1000)
    return bytes(data)


def crowded() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(2001):
            archive.writestr(f"part-{number}", b"")
    return out.getvalue()


ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "so"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:t>T: &c;</w:t></w:p></w:document>'
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (GOOD[:-30], "damaged or cut"),
        (GOOD[:200], "damaged or cut"),
        (b"T: hello", "damaged or cut"),
        (packed("<a>"), "damaged or cut"),
        (packed(ENTITIES), "declares entities"),
        (packed("x", "other.xml"), "no Word file"),
        (locked(), "password"),
        (b"\xd0\xcf\x11\xe0 old", "password"),
        (packed("a" * 120_000_000), "unpack"),
        (packed("a" * 20_000_000), "unpack"),
        (lying(), "damaged or cut"),
        (crowded(), "far more parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_archives_that_are_refused(data: bytes, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(data, "x.docx")


def test_a_word_file_is_one_whatever_its_name() -> None:
    assert read_transcript(GOOD, "x.txt").format == "docx"
