"""WebVTT and SRT: voices, names, notes, entities, and what is refused. All words are made up."""

import pytest

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.transcript import TranscriptRefused

VTT = """\ufeffWEBVTT - week three
Kind: captions

STYLE
::cue(v) { color: blue }

REGION
id:left

NOTE somebody: checked this
on two lines

intro-1
00:01.000 --> 00:02.500 align:start position:10%
<v.loud.first Ben Ode>Good <i>mor<b>ning</b></i>, <c.red>Amara</c> &amp; all.</v>

01:00:03.000 --> 01:00:04.000
<v Ben Ode>How was it?</v> <v Amara>Slow &lt;3 &#8217; <00:03.500>and
long.
"""


def said(text: str, name: str = "x.vtt") -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in read_transcript(text.encode(), name).utterances]


def test_webvtt_is_read_with_everything_that_it_may_hold() -> None:
    found = read_transcript(VTT.encode(), "x.vtt")
    assert [(one.speaker, one.text) for one in found.utterances] == [
        ("Ben Ode", "Good morning, Amara & all."),
        ("Ben Ode", "How was it?"),
        ("Amara", "Slow <3 ’ and long."),
    ]
    assert [(one.start, one.end) for one in found.utterances] == [(1, 2.5), (3603, 3604), (3603, 3604)]
    assert found.format == "webvtt"
    assert found.notes == ()


def test_a_cue_without_a_voice_is_nobodys_and_the_note_says_so() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ben>Yes.\n\n00:03.000 --> 00:04.000\nNo.\n"
    found = read_transcript(text.encode(), "x.vtt")
    assert [one.speaker for one in found.utterances] == ["Ben", ""]
    assert "(1)" in found.notes[0]


def test_names_before_a_colon_and_a_cue_that_goes_on() -> None:
    text = (
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAmara Obi: One thing: rest.\n\n2\n00:02.000 --> 00:03.000\nand sleep."
        "\n\n3\n00:04.000 --> 00:05.000\nBen: Yes.\nAmara Obi: Good.\n\n4\n00:06.000 --> 00:07.000\nBen: So.\n"
    )
    found = read_transcript(text.encode(), "x.vtt")
    assert [(one.speaker, one.text) for one in found.utterances] == [
        ("Amara Obi", "One thing: rest."),
        ("Amara Obi", "and sleep."),
        ("Ben", "Yes."),
        ("Amara Obi", "Good."),
        ("Ben", "So."),
    ]
    assert "(1)" in found.notes[0]


SRT = """1
00:00:01,000 --> 00:00:02,000
<font color="#fff">BEN: {\\an8}Well,<br/>yes.</font>

00:00:03.5 --> 00:00:04.000
AMARA: It was
12

1000 of them.
2
00:00:05,000 --> 00:00:06,000  X1:1 X2:2
BEN: R&D &amp; rest?
"""


def test_srt_is_read_without_numbers_with_points_and_with_empty_lines() -> None:
    assert said(SRT, "x.srt") == [
        ("BEN", "Well, yes."),
        ("AMARA", "It was 12 1000 of them."),
        ("BEN", "R&D & rest?"),
    ]
    assert said(SRT.replace("\n", "\r"), "x") == said(SRT, "x.srt")


def test_the_same_file_in_the_other_ends_of_lines() -> None:
    for end in ("\r\n", "\r", "\u2028"):
        head, rest = VTT.split("\n", 1)
        assert said(head + "\n" + rest.replace("\n", end)) == said(VTT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:04.000 --> 00:06.000\nb\n", "Line 6 begins before"),
        ("WEBVTT\n\n00:05.000 --> 00:04.000\na\n", "Line 3 ends before it begins"),
        ("WEBVTT\n\n00:75.000 --> 00:76.000\na\n", "Line 3 should hold two times"),
        ("WEBVTT\n\n00:05.000 --> \na\n", "Line 3 should hold two times"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:04.000\n", "The cue at line 6 is the last one"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:03.0", "The cue at line 3 is the last one"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Be", "The cue at line 3 is the last one"),
        ("1\n00:01,000 --> 00:02,000\na\n\n2\n", "The cue at line 2 is the last one"),
        ("WEBVTT\n\nNOTE only this\n", "No line with words"),
        ("WEBVTT", "No line with words"),
    ],
)
def test_a_cut_or_backward_file_is_refused_by_line(text: str, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(text.encode(), "x.vtt")


def test_subtitles_by_name_alone_are_refused() -> None:
    with pytest.raises(TranscriptRefused, match="no subtitles"):
        read_transcript(b"T: hello\n", "x.srt")
