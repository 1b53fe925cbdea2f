"""Tables and Whisper's JSON. All words are made up."""

import json

import pytest

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.transcript import TranscriptRefused


def said(text: str, name: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in read_transcript(text.encode(), name).utterances]


def times(text: str, name: str) -> list[tuple[float | None, float | None]]:
    return [(one.start, one.end) for one in read_transcript(text.encode(), name).utterances]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("text_column", "speaker_column"),
    [("text", "speaker"), ("Utterance Text", "Interlocutor"), ("utterance_text", "role"), ("message", "who")],
)
def test_columns_under_many_names(delimiter: str, text_column: str, speaker_column: str) -> None:
    rows = [["id", speaker_column, text_column], ["1", "Ben", '"So, it; was\n| ""long"""'], ["2", "Amara", "Yes"]]
    table = "\r\n".join(delimiter.join(row) for row in rows)
    for name in ("x.csv", "x.txt"):
        assert said(table, name) == [("Ben", 'So, it; was | "long"'), ("Amara", "Yes")]


def test_times_in_seconds_in_hours_and_in_milliseconds() -> None:
    assert times("start,end,speaker,text\n1.5,2,T,a\n3,4,C,b", "x.csv") == [(1.5, 2), (3, 4)]
    assert times("timestamp;who;text\n00:00:03,5;T;a\n1:00:00;C;b", "x.csv") == [(3.5, None), (3600, None)]
    assert times("start\tend\ttext\n1500\t2000\ta", "x.tsv") == [(1.5, 2)]
    assert said("sep=;\ntext;speaker\na;T", "x.csv") == [("T", "a")]


def test_times_that_are_none_are_left_out_and_said_so() -> None:
    found = read_transcript(b"time,text\nyesterday,a\n00:01,b", "x.csv")
    assert [one.start for one in found.utterances] == [None, None]
    assert "column 1" in found.notes[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("id,who,words of wisdom\n1,T,a", "id, who, words of wisdom"),
        ("start,text\n2,a\n1,b", "Line 3 begins before"),
        ("start,end,text\n2,1,a", "Line 2 ends before"),
        ("start,text\nnan,a", "Line 2 has a time"),
        ('text,speaker\n"a,T\nb,C', "line 3 a quotation mark"),
        ("transcript_id,text\n1,a\n2,b", "more than one conversation"),
        ("text,speaker\n", "No line with words"),
        ("text\n" + "a" * 140_000, "too long"),
    ],
)
def test_tables_that_are_refused(text: str, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(text.encode(), "x.csv")


def test_a_first_line_that_is_speech_is_not_quoted() -> None:
    with pytest.raises(TranscriptRefused) as refused:
        read_transcript(b"T,I have never told this to anybody\nC,so", "x.csv")
    assert "anybody" not in str(refused.value)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (
            {"segments": [{"text": " a", "speaker": "S1", "start": 0, "end": 1}, {"text": "b"}]},
            [("S1", "a"), ("", "b")],
        ),
        ([{"text": "a", "speaker": 0}, {"text": "b", "speaker": 1}], [("0", "a"), ("1", "b")]),
        ({"text": "all of it", "segments": []}, [("", "all of it")]),
        ({"task": "transcribe", "duration": 3.1, "text": "a", "segments": [{"id": 0, "text": "a"}]}, [("", "a")]),
        ({"utterances": [{"speaker": "A", "text": "a", "start": 250}]}, [("A", "a")]),
    ],
)
def test_whisper_and_its_relatives(whole: object, expected: list[tuple[str, str]]) -> None:
    assert said(json.dumps(whole), "x.json") == expected
    assert said(json.dumps(whole), "x.txt") == expected


def test_speakers_at_the_words() -> None:
    words = [
        {"word": "So", "start": 1.0, "end": 1.2, "speaker": "A"},
        {"word": "it", "start": 1.2, "end": 1.4},
        {"word": "is?", "start": 1.4, "end": 1.6, "speaker": "A"},
        {"word": "Yes.", "start": 2.0, "end": 2.2, "speaker": "B"},
    ]
    text = json.dumps(
        {"segments": [{"text": "So it is? Yes.", "start": 1, "end": 2.5, "speaker": "A", "words": words}]}
    )
    assert said(text, "x.json") == [("A", "So it is?"), ("B", "Yes.")]
    assert times(text, "x.json") == [(1.0, 1.6), (2.0, 2.2)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"segments": [{"text": "a"},\n {"text": "b', "Line 2 breaks off"),
        ('{"segments": [{"text": "a", "start": 3}, {"text": "b", "start": 2}]}', "Segment 2 begins before"),
        ('{"segments": [{"text": "a", "start": 3, "end": 2}]}', "Segment 1 ends before"),
        ('{"segments": [{"text": "a", "start": -1}]}', "Segment 1 has a time"),
        ('{"segments": [{"text": "a", "start": NaN}]}', "Segment 1 has a time"),
        ('{"segments": [{"text": "a", "start": "soon"}]}', "Segment 1 has a time"),
        ('{"segments": [{"start": 1}]}', "Segment 1 has no “text”"),
        ('{"segments": [7]}', "Segment 1 has no “text”"),
        ('{"other": 1}', "neither"),
        ("7", "neither"),
        ("[]", "No line with words"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_json_that_is_refused(text: str, why: str) -> None:
    with pytest.raises(TranscriptRefused, match=why):
        read_transcript(text.encode(), "x.json")
