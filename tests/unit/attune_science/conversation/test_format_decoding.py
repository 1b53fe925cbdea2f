"""Bytes: encodings, marks, what is no text, what is too large. All words are made up."""

import codecs
import doctest
import os
from pathlib import Path
from types import ModuleType

import pytest

from attune_science.conversation import formats
from attune_science.conversation.formats import (
    LARGEST,
    chat,
    clock,
    decoding,
    labels,
    markup,
    read_file,
    read_transcript,
)
from attune_science.conversation.transcript import TranscriptRefused

TEXT = "T: Naïve – größer?\nC: Да, نعم.\n"
WESTERN = "T: Naïve – “größer”?\nC: Oui, à côté.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(encoding: str) -> None:
    text = TEXT if encoding != "utf-16-le" else WESTERN
    found = read_transcript(text.encode(encoding), "x.txt")
    assert [f"{one.speaker}: {one.text}" for one in found.utterances] == text.splitlines()
    assert found.notes == ()


def test_utf_16_the_other_way_round() -> None:
    found = read_transcript(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "x.txt")
    assert found.utterances[0].text == "Naïve – größer?"
    assert read_transcript(WESTERN.encode("utf-16-be"), "x.txt").utterances[0].text == "Naïve – “größer”?"


def test_a_western_file_is_read_with_a_note() -> None:
    found = read_transcript(WESTERN.encode("cp1252"), "x.txt")
    assert found.utterances[0].text == "Naïve – “größer”?"
    assert "Windows-1252" in found.notes[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no words"),
        (b" \n\t\n\xef\xbb\xbf", "no words"),
        (b"T: a\0b", "bytes that no text has"),
        (b"T: \x01\x02\x03", "bytes that no text has"),
        (b"%PDF-1.7", "a PDF"),
        (b"{\\rtf1 T: a}", "Rich Text"),
        (b"<html><body>T: a</body></html>", "a web page"),
        (b"<!DOCTYPE html><p>T: a</p>", "a web page"),
        (b"<?xml version='1.0'?><p>T: a</p>", "an XML file"),
        (b"\xd0\xcf\x11\xe0", "older word processor"),
        (b"PK\x03\x04 something", "an archive"),
        (TEXT.encode()[:-3], "Line 2 is damaged or cut"),
        (TEXT.encode() + "C: é".encode("cp1252"), "Line 3 is damaged or cut"),
        (TEXT.encode("utf-16")[:-1], "Line 2 is damaged or cut"),
        ("T: Здравствуйте, как неделя?".encode("cp1251"), "Line 1 is in an encoding"),
        ("T: so\nC: 日本語です".encode("shift-jis"), "Line 2 is damaged or cut"),
        (bytes(range(256)), "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(data, "x.txt")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.touch()
    os.truncate(path, 100_000_000_000)  # a hole: reading it would fill the memory
    with pytest.raises(TranscriptRefused, match="25 MB"):
        read_file(path)
    with pytest.raises(TranscriptRefused, match="25 MB"):
        read_transcript(bytes(LARGEST + 1), "x.txt")


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(TranscriptRefused, match="1,000,000 lines"):
        read_transcript(b"a\n" * 1_000_001, "x.txt")
    with pytest.raises(TranscriptRefused, match="1,000,000 lines"):
        read_transcript(b"text\n" + b"a\n" * 1_000_001, "x.csv")


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "x.srt"
    path.write_text("00:01,000 --> 00:02,000\nT: a\n", "utf-8")
    assert read_file(path).format == "srt"
    with pytest.raises(TranscriptRefused, match="No such file"):
        read_file(tmp_path / "y.srt")
    with pytest.raises(TranscriptRefused, match="directory"):
        read_file(tmp_path)


@pytest.mark.parametrize("name", ["x.txt", "x.vtt", "x.srt", "x.json", "x.csv", "x.cha", "x.docx"])
def test_no_refusal_quotes_what_was_said(name: str) -> None:
    secret = "canary"
    for text in (
        f"WEBVTT\n\n00:03.000 --> 00:01.000\n{secret}\n",
        f'{{"segments": [{{"text": "{secret}", "start": "x"}}]}}',
        f"[00:02] T: {secret}\n[00:01] C: {secret}",
        f"@Begin\n*{secret[:3]}:\t{secret}\n",
        f"{secret} {secret} {secret} {secret},a\n",
    ):
        refusal = ""
        try:
            read_transcript(text.encode(), name)
        except TranscriptRefused as refused:
            refusal = str(refused)
        assert secret not in refusal


@pytest.mark.parametrize("module", [formats, chat, clock, decoding, labels, markup])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
