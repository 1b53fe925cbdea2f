"""A conversation measured: what is null and why, who is who, and the same figures every time."""

import pytest

from attune_science.conversation import analysis
from attune_science.conversation.analysis import Analysis, analyse, english
from attune_science.conversation.measures.style import LEAST_WORDS
from attune_science.conversation.measures.timing import measure_timing
from attune_science.conversation.role_labels import Role
from attune_science.conversation.roles import assign_roles
from attune_science.conversation.transcript import Line, Transcript, make_transcript
from attune_science.errors import ScienceError


def said(*lines: tuple[str, str]) -> Transcript:
    return make_transcript([Line(*line) for line in lines], "labelled")


def measured(*lines: tuple[str, str], given: dict[str, Role] | None = None) -> Analysis:
    transcript = said(*lines)
    return analyse(transcript, assign_roles(transcript, given or {}))


def test_without_punctuation_nothing_is_asked_that_can_be_told() -> None:
    found = measured(("T", "how was it for you"), ("C", "it was hard for me and for her"))
    assert [one.questions for one in found.measures] == [None, None]
    assert {one.reason for one in found.measures} == {analysis.NOT_PUNCTUATED}
    assert (found.findings, found.findings_reason) == ((), analysis.NOT_PUNCTUATED)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cómo estás hoy? Estoy bien, no me gusta hablar de esto.",
        "Wie geht es dir heute? Es war so, dass ich am Abend in der Stadt war.",
        "आप कैसे हैं? मैं ठीक हूँ।",
        "كيف حالك اليوم؟ أنا بخير.",
        "Hoe was het? Ik was in de stad en het was mooi.",
    ],
)
def test_other_languages_get_no_word_lists(text: str) -> None:
    transcript = said(("T", text), ("C", text))
    assert not english(transcript)
    found = analyse(transcript, assign_roles(transcript, {}))
    assert (found.findings_reason, found.style.reason) == (analysis.NOT_ENGLISH, analysis.NOT_ENGLISH)
    assert found.of("therapist") is not None
    assert [one.questions for one in found.measures] == [1, 1]
    assert {one.open_invitations for one in found.measures} == {None}


def test_english_is_told() -> None:
    assert english(said(("T", "So what was it like for you to be there on your own?")))
    assert not english(said(("T", "...")))


def test_only_therapists_invite() -> None:
    found = measured(("T", "Yes. And you?"), ("C", "What was that like for you?"))
    client = found.of("client")
    assert client is not None
    assert (client.questions, client.open_invitations, client.reason) == (1, None, analysis.ONLY_THERAPISTS)
    assert found.findings == ()


def test_words_that_are_none() -> None:
    (one,) = measured(("T", "...")).measures
    assert (one.words, one.talk_share, one.words_a_turn, one.longest_words) == (0, None, 0.0, 0)


def test_style_takes_words_of_both() -> None:
    line = "I was in the house and it was dark. "
    few = measured(("T", line * 20), ("C", "I was."))
    assert few.style.matching is None
    assert str(LEAST_WORDS) in (few.style.reason or "")
    alone = measured(("T", line * 20))
    assert alone.style.reason == analysis.NO_PAIR


def test_style_is_the_same_every_time() -> None:
    lines = [("T" if turn % 2 else "C", f"I was in the house {'and it was dark ' * (turn % 7)}.") for turn in range(80)]
    one, other = measured(*lines).style, measured(*lines).style
    assert one == other
    assert one.matching is not None
    assert one.z is not None


def test_some_times_are_no_times() -> None:
    transcript = make_transcript([Line("T", "Yes.", 0, 1), Line("C", "No.")], "table")
    assert "Not every line" in (measure_timing(transcript, {"T": "therapist", "C": "client"}).reason or "")
    assert measured(("T", "Yes.")).timing.reason == "This transcript has no times."


def test_who_goes_on_interrupts_nobody() -> None:
    lines = [Line("T", "Long.", 0, 10), Line("C", "Mm.", 3, 4), Line("T", "On.", 4, 12)]
    paces = dict(measure_timing(make_transcript(lines, "srt"), {"T": "therapist", "C": "client"}).paces)
    assert (paces["client"].interruptions, paces["therapist"].interruptions) == (1, 0)


def test_given_roles_go_first() -> None:
    roles = assign_roles(said(("T", "Yes."), ("C", "No.")), {" t ": "client", "C": "therapist"})
    assert dict(roles.by_speaker) == {"T": "client", "C": "therapist"}


def test_a_stranger_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ScienceError, match=r"Nobody is called Ben here\. Those who speak are: T, C\."):
        assign_roles(said(("T", "Yes."), ("C", "No.")), {"Ben": "therapist"})


def test_swapped_roles_are_warned_of() -> None:
    lines = [("T", "I am tired."), ("C", "What happened?")] * 5
    assert "swapped" in assign_roles(said(*lines), {}).warnings[0]
    assert assign_roles(said(*lines), {"T": "client", "C": "therapist"}).warnings == ()


def test_a_guess_among_three() -> None:
    lines = [("A", "What happened? And then?"), ("B", "Nothing."), ("D", "Something.")] * 3
    roles = assign_roles(said(*lines), {})
    assert dict(roles.by_speaker) == {"A": "therapist", "B": "client", "D": "client"}
    assert roles.guessed
    assert "guessed" in roles.warnings[0]


def test_nobody_is_guessed_where_nothing_tells() -> None:
    assert set(assign_roles(said(("A", "Yes.")), {}).by_speaker.values()) == {"other"}
    assert "Only one" in assign_roles(said(("A", "Yes.")), {}).warnings[0]
    assert "No line" in assign_roles(said(("", "Yes.")), {}).warnings[0]
    assert "say who is who" in assign_roles(said(("A", "Yes."), ("B", "Why?")), {}).warnings[0]


def test_lines_without_a_speaker_and_others_are_told_of() -> None:
    roles = assign_roles(said(("T", "Yes."), ("", "Noise."), ("C", "No."), ("Guest", "Hm.")), {})
    assert roles.by_speaker["Guest"] == roles.by_speaker[""] == "other"
    assert "Guest" in roles.warnings[0]
    assert roles.warnings[1] == "1 line has no speaker and no role."
