"""Labelled plain text: what is a speaker, and what is only a colon. All words are made up."""

import pytest

from attune_science.conversation.formats import read_transcript
from attune_science.conversation.transcript import Transcript, TranscriptRefused


def read(text: str) -> Transcript:
    return read_transcript(text.encode(), "x.txt")


def said(text: str) -> list[tuple[str, str]]:
    return [(one.speaker, one.text) for one in read(text).utterances]


def starts(text: str) -> list[float | None]:
    return [one.start for one in read(text).utterances]


def test_letters_names_continuation_lines_and_a_third_voice() -> None:
    text = "T: Hello.\nand welcome\n\nC:Hi\nDr. Smith-Jones : Yes?\n  and so on\n**T:** Bye.\nDr. Smith-Jones: Bye."
    assert said(text) == [
        ("T", "Hello. and welcome"),
        ("C", "Hi"),
        ("Dr. Smith-Jones", "Yes? and so on"),
        ("T", "Bye."),
        ("Dr. Smith-Jones", "Bye."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Remember: we said so.",
        "I want two things: rest.",
        "He said, and I quote: no.",
        "at 10:30 it began",
        "see http://x.y",
    ],
)
def test_a_colon_in_a_sentence_is_no_speaker(line: str) -> None:
    assert said(f"T: Well.\n{line}\nC: {line}\nT: Yes.") == [("T", f"Well. {line}"), ("C", line), ("T", "Yes.")]


def test_a_line_with_a_colon_that_comes_once_is_named_in_a_note() -> None:
    assert any("line 2" in note for note in read("T: Well.\nRemember: we did.\nC: Yes.").notes)


def test_everybody_has_a_name_and_speaks_once() -> None:
    assert said("T: Hi.\nAmara: Hi.") == [("T", "Hi."), ("Amara", "Hi.")]
    assert said("Amara: Hi.\nBen: Hi.\nAmara: So.") == [("Amara", "Hi."), ("Ben", "Hi."), ("Amara", "So.")]


@pytest.mark.parametrize(
    ("one", "other"), [("المعالج", "سارة علي"), ("מטפלת", "\u200fדנה כהן\u200f"), ("王医生", "李")]
)
def test_names_from_right_to_left_and_without_capitals(one: str, other: str) -> None:
    text = f"{one}: نعم؟\n\u200f{other}\u200f : כן.\n{one}：好。\n{other}: 是"
    assert [name for name, _ in said(text)] == [one, other.strip("\u200f"), one, other.strip("\u200f")]


@pytest.mark.parametrize(
    "form",
    [
        "[00:01:02] {}: hm\n",
        "00:01:02 {}: hm\n",
        "(1:02) - {}: hm\n",
        "{} [00:01:02]: hm\n",
        "{} (00:01:02) hm\n",
        "{}: [00:01:02] hm\n",
        "{}: 00:01:02 hm\n",
        "{}  1:02\nhm\n",
        "[00:01:02]\n{}: hm\n",
        "[00:01:02 - 00:01:04] {}: hm\n",
        "12 00:01:02.0 {}: hm\n",
    ],
)
def test_time_stamps_before_and_after_the_name(form: str) -> None:
    text = "".join(form.format(name) for name in ("Amara Obi", "Ben", "Amara Obi", "Ben"))
    assert said(text) == [("Amara Obi", "hm"), ("Ben", "hm")] * 2
    assert starts(text) == [62.0] * 4


def test_a_time_that_was_said_stays() -> None:
    text = "T: 10:30 was it?\nC: Yes.\nT: Good.\nC: Fine."
    assert said(text)[0] == ("T", "10:30 was it?")
    assert starts(text) == [None] * 4


def test_a_heading_is_left_out_and_said_so() -> None:
    found = read("Session 3\nDate: today\n\nT: Hello.\nC: Hi.")
    assert found.utterances[0].text == "Hello."
    assert "(2)" in found.notes[0]


def test_text_without_speakers() -> None:
    found = read("So it was.\nAnd went on.")
    assert found.speakers == ("",)
    assert len(found.utterances) == 2
    assert found.notes == ("No line says who speaks.",)


def test_the_first_spelling_of_a_label_holds() -> None:
    assert read("Client: a\nCLIENT: b\ntherapist: c").speakers == ("Client", "therapist")


def test_times_that_run_backward_are_refused_by_line() -> None:
    with pytest.raises(TranscriptRefused, match="Line 3 begins before"):
        read("[00:02] T: a\n\n[00:01] C: b")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_ends_of_lines(end: str) -> None:
    assert said(f"T: a{end}C: b{end}b") == [("T", "a"), ("C", "b b")]
