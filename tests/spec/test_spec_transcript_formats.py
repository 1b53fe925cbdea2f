r"""Transcript files

A transcript is read whole or not at all: a file that is cut, damaged, too large or out of order is refused with one
sentence that names the line and never what was said. The format is told by the content first, then by the ending of
the name. At most 25 MB and 1,000,000 lines are read. A line of a file, or a cue of a subtitle, is an utterance; what
stands before its colon, in its voice tag or in its column is its speaker. In the examples `\n` ends a line, `\t` is a
tab.
"""

import pytest

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.formats.chat import clean
from attune_science.conversation.transcript import Transcript, TranscriptRefused


def _read(file: str, name: str) -> Transcript:
    plain = file.replace("`", "").replace("\\n", "\n").replace("\\t", "\t").replace("\\|", "|")
    return read_transcript(plain.encode(), name)


def _said(file: str, name: str) -> str:
    return " / ".join(f"{one.speaker or '?'}: {one.text}" for one in _read(file, name).utterances)


@pytest.mark.parametrize(
    ("file", "read_as"),
    [
        ("`T: How was it?\\nC: Slow.\\nand long.`", "T: How was it? / C: Slow. and long."),
        (
            "`Dr. Lee: Two things: rest.\\nAmara: Yes.\\nDr. Lee: So.`",
            "Dr. Lee: Two things: rest. / Amara: Yes. / Dr. Lee: So.",
        ),
        ("`T: Well.\\nRemember: we rest.\\nC: Yes.`", "T: Well. Remember: we rest. / C: Yes."),
        ("`[00:01:02] T: Well.\\n[00:01:05] C: Yes.`", "T: Well. / C: Yes."),
        ("`T  0:03\\nWell.\\nC  0:05\\nYes.`", "T: Well. / C: Yes."),
        ("`Week 3\\nT: Well.\\nC: Yes.`", "T: Well. / C: Yes."),
        ("`It was slow.`", "?: It was slow."),
    ],
)
def test_labelled_text(file: str, read_as: str) -> None:
    """Plain text

    A speaker is a label before a colon that says a role (`T`, `Client`), or comes again and looks like a name. A
    label that comes once is a speaker only where every line has a label, and then not where roles are named and two
    speakers are known already; else its colon belongs to the sentence, and a note names the line. A line without a
    label goes on with the one above; lines before the first label are left out as a heading, which a note says. Times
    may stand before or after the label, in brackets or not.
    """
    assert _said(file, "session.txt") == read_as


@pytest.mark.parametrize(
    ("file", "read_as"),
    [
        (
            "`WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Ben>Well <i>now</i>.</v> <v Amara>Yes.`",
            "Ben: Well now. / Amara: Yes.",
        ),
        (
            "`WEBVTT\\n\\nNOTE seen\\n\\nx\\n01:00:01.000 --> 01:00:02.000 align:start\\n<v.loud Ben>R &amp; D`",
            "Ben: R & D",
        ),
        ("`WEBVTT\\n\\n00:01.000 --> 00:02.000\\nBen: Well.\\nAmara: Yes.`", "Ben: Well. / Amara: Yes."),
    ],
)
def test_webvtt(file: str, read_as: str) -> None:
    """WebVTT

    The first line says `WEBVTT`. Notes, styles, regions, settings, names of cues and tags are passed over; references
    such as `&amp;` are read as what they mean. A speaker stands in a voice tag; where no cue has one, before a colon.
    Two voices in one cue are two utterances with the same times.
    """
    assert _said(file, "session.vtt") == read_as


@pytest.mark.parametrize(
    ("file", "read_as"),
    [
        (
            "`1\\n00:00:01,000 --> 00:00:02,000\\nBEN: <b>Well</b>.\\n\\n2\\n00:00:03,000 --> 00:00:04,000\\nC: Yes.`",
            "BEN: Well. / C: Yes.",
        ),
        ("`00:01.5 --> 00:02.5\\nT: Well,\\nnow.\\n\\n00:03.0 --> 00:04.0\\ngo on.`", "T: Well, now. / T: go on."),
    ],
)
def test_srt(file: str, read_as: str) -> None:
    """SRT

    Numbers may be missing, fractions follow a comma or a point. A cue without a name goes on with the speaker before
    it, and a note counts such cues.
    """
    assert _said(file, "session.srt") == read_as


@pytest.mark.parametrize(
    ("file", "read_as"),
    [
        ('`{"segments": [{"start": 0, "end": 1, "text": "Well."}]}`', "?: Well."),
        ('`{"segments": [{"text": "Well.", "speaker": "SPEAKER_00"}]}`', "SPEAKER_00: Well."),
        (
            '`[{"text": "a b", "words": [{"word": "a", "speaker": "A"}, {"word": "b", "speaker": "B"}]}]`',
            "A: a / B: b",
        ),
        ('`[{"text": "Well.", "speaker": 1}]`', "1: Well."),
        ('`{"text": "Well. Yes."}`', "?: Well. Yes."),
    ],
)
def test_whisper(file: str, read_as: str) -> None:
    """Whisper's JSON

    `segments` with `text`, `start` and `end` in seconds, and `speaker` where there is one; a list of them alone; or a
    `text` alone. Where the words of a segment have speakers, it is divided between them.
    """
    assert _said(file, "session.json") == read_as


@pytest.mark.parametrize(
    ("file", "read_as"),
    [
        ('`speaker,text\\nT,"Well, now."\\nC,Yes.`', "T: Well, now. / C: Yes."),
        ("`timestamp;interlocutor;utterance_text\\n00:00:01;T;Well.\\n00:00:03;C;Yes.`", "T: Well. / C: Yes."),
        ("`role\\tcontent\\nT\\tWell.`", "T: Well."),
        ("`message\\nWell.`", "?: Well."),
    ],
)
def test_tables(file: str, read_as: str) -> None:
    """Tables

    Comma, semicolon, tab or bar; the first line names the columns. What was said: `text`, `utterance`,
    `utterance_text`, `content`, `message`, `transcript` and others; who: `speaker`, `interlocutor`, `role`, `who` and
    others; when: `start`, `end`, `timestamp`, in seconds or hours, minutes and seconds (a table with the columns
    `start`, `end`, `text` alone is Whisper's own, in milliseconds). A table with several conversations is refused.
    """
    assert _said(file, "session.csv") == read_as


@pytest.mark.parametrize(
    ("in_the_file", "read_as"),
    [
        ("`<I want> [/] I want to .`", "I want I want to."),
        ("`it goed [: went] [*]`", "it goed"),
        ("`so &=laughs (.) &-um &+fr yes`", "so um yes"),
        ("`xxx (be)cause lo:ng mama@f 0is`", "because long mama"),
        ("`did you +/?`", "did you?"),
        ("`and then +...`", "and then…"),
    ],
)
def test_chat(in_the_file: str, read_as: str) -> None:
    """CHAT

    Lines `*PAR:` with what goes on below them after a tab; headers and the tiers `%mor`, `%com` are passed over. A
    speaker has the role of `@Participants` where all roles differ, else the code. Times stand between two marks, in
    milliseconds. Words are read as they were said: retraced and filling words stay, replacements and comments in
    brackets, events, pauses, omitted and unintelligible words (`xxx`) and pieces of words go.
    """
    assert clean(in_the_file.strip("`")) == read_as


def test_docx() -> None:
    """Word files

    Paragraphs and rows of tables are lines of labelled text; in a row the speaker's cell stands before a colon.
    Insertions are read, deletions are not. Headers, footers, notes and comments are not read. Locked and damaged
    files, documents with entities, and archives that unpack to more than 100 MB, have more than 2,000 parts, or, over
    10 MB, shrink to less than a two-hundredth are refused.
    """
    with pytest.raises(TranscriptRefused, match="damaged or cut, or it is no Word file"):
        read_transcript(b"T: Well.", "session.docx")


@pytest.mark.parametrize(
    ("name", "file", "refused_because"),
    [
        (
            "x.vtt",
            "`WEBVTT\\n\\n00:05.000 --> 00:06.000\\na\\n\\n00:04.000 --> 00:06.000\\nb`",
            "Line 6 begins before what stands above it.",
        ),
        (
            "x.srt",
            "`1\\n00:01,000 --> 00:02,000\\na\\n\\n2\\n00:03,000 --> 00:04,000`",
            "The cue at line 6 is the last one and is not whole.",
        ),
        ("x.json", '`{"segments": [{"text": "a"`', "Line 1 breaks off or is not JSON."),
        ("x.csv", "`id,who\\n1,T`", "Its first line names these: id, who."),
        ("x.cha", "`@Begin\\n*PAR:\\ta`", "It has a line “@Begin” and none “@End”."),
        ("x.txt", "` `", "It holds no words."),
    ],
)
def test_refusals(name: str, file: str, refused_because: str) -> None:
    """What is refused

    Times that run backward, a file that ends in the middle, one without a column for what was said, an empty one, one
    that is no text. Text is read in UTF-8, or in UTF-16 and UTF-32 by their marks; a file that can only be Western
    single-byte text is read as Windows-1252, and a note says so; any other is refused.
    """
    with pytest.raises(TranscriptRefused) as refused:
        _read(file, name)
    assert refused.value.why == refused_because
