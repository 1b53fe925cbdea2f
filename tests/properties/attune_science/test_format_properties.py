"""What must hold for any transcript: the same conversation in every format, and junk refused and nothing else."""

import time
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.transcripts import WRITERS, timed, what_was_said

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.formats.decoding import decode
from attune_science.conversation.transcript import TranscriptRefused, make_transcript

QUICK = settings(deadline=None, max_examples=60)
NAMES = ["T", "C", "Anna Lee", "Dr. Smith", "SPEAKER_00", "דנה כהן", "سارة", "Åse van Dam", "王芳"]
# Words, marks and nasty pieces, none of which means anything in any format.
PIECES = (
    "well don't co-worker naïve größer да نعم כן हिन्दी 12 3.5 10:30 why? how?! oh... — “so” ‘no’ a<b 5>4 R&D & #1 100% "
    "that: e.g. U.S. (maybe) [unclear] 是 «oui» fin. yes! 😀 e\u0301te\u0301"
)
TEXTS = st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=8).map(" ".join)


@st.composite
def conversations(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Everybody speaks at least twice: a label that comes once is no speaker."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    said = [(name, draw(TEXTS)) for name in [*names, *names]]
    return said + draw(st.lists(st.tuples(st.sampled_from(names), TEXTS), max_size=8))


def _spaced(name: str) -> str:
    return name.replace("_", " ")


@pytest.mark.parametrize("ending", WRITERS)
def test_a_conversation_is_the_same_in_every_format(ending: str) -> None:
    @QUICK
    @given(said=conversations())
    def holds(said: list[tuple[str, str]]) -> None:
        lines = timed(said)
        found = what_was_said(read_transcript(WRITERS[ending](lines), f"x.{ending}"))
        # In CHAT a name has no spaces, so that “_” stands for one.
        expected = [(_spaced(name), *rest) for name, *rest in what_was_said(make_transcript(lines, "expected"))]
        assert [(_spaced(name), *rest) for name, *rest in found] == expected

    holds()


STARTS = [b"", b"WEBVTT\n\n00:01.000 --> ", b"1\n00:00:01,000 --> 00:00:02,000\n", b'{"segments": [', b"[" * 2000]
STARTS += [b"text,speaker\n", b"@Begin\n*PAR:\t", b"PK\x03\x04word/document.xml", b"T: ", b"\xff\xfe", b"{\\rtf"]


@QUICK
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=400) | TEXTS.map(str.encode),
    ending=st.sampled_from([*WRITERS, ""]),
)
@example(start=b'{"segments": [{"text": "a", "start": 1e999}]}', rest=b"", ending="json")
@example(start=b'{"segments": [{"text": "a", "start": ' + b"9" * 5000 + b"}]}", rest=b"", ending="json")
@example(start=b'{"segments": [{"text": "\\ud800"}]}', rest=b"", ending="json")
def test_any_bytes_are_read_whole_or_refused(start: bytes, rest: bytes, ending: str) -> None:
    began = time.process_time()
    with suppress(TranscriptRefused):
        found = read_transcript(start + rest, f"x.{ending}")
        assert all(one.text.strip() for one in found.utterances)
        assert [one.number for one in found.utterances] == list(range(len(found.utterances)))
        starts = [one.start for one in found.utterances if one.start is not None]
        assert starts == sorted(starts)
        "".join(one.speaker + one.text for one in found.utterances).encode()
    assert time.process_time() - began < 2


@QUICK
@given(said=conversations(), ending=st.sampled_from([*WRITERS]), data=st.data())
def test_a_file_cut_anywhere_is_read_or_refused_and_invents_nobody(
    said: list[tuple[str, str]], ending: str, data: st.DataObject
) -> None:
    whole = WRITERS[ending](timed(said))
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with suppress(TranscriptRefused):
        found = read_transcript(cut, f"x.{ending}")
        assert ending not in ("docx", "json", "words.json", "cha") or cut.rstrip() == whole.rstrip()
        assert len(found.utterances) <= len(said)


@QUICK
@given(
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1).filter(
        lambda one: bool(one.strip())
    )
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_comes_back_from_its_bytes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text
