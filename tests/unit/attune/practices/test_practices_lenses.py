"""Every lens has one form, says nothing too early, and rests on what it names."""

from dataclasses import replace
from datetime import timedelta

import pytest
from practices_cast import amara, dana, held, said_last, three, when

from attune.practices import autonomy, feedback, marks, presence
from attune.practices.evidence import Evidence, Spoken, Step, Wish
from attune.practices.lenses import LENSES, read_all
from attune.practices.reading import LINES, PRACTICES, Lens
from attune_science import instruments

BY_NAME = pytest.mark.parametrize("lens", LENSES, ids=PRACTICES)


def first_meeting(evidence: Evidence) -> Evidence:
    return replace(evidence, sessions=())


def test_the_eight_in_their_order() -> None:
    assert tuple(lens.practice for lens in LENSES) == PRACTICES
    assert tuple(reading.practice for reading in read_all(amara())) == PRACTICES


def test_short_names_are_those_of_the_form() -> None:
    lines = {item.practice: item.short.say() for item in instruments.get("attune-session").items if item.key in LINES}
    assert lines == LINES


@BY_NAME
def test_nothing_to_say_yet(lens: Lens) -> None:
    reading = lens.read(first_meeting(amara()))
    assert (reading.practice, reading.kind) == (lens.practice, "quiet")
    assert [str(one) for one in reading.sentences] == ["Nothing to say yet: readings begin with session 3."]
    assert lens.question.endswith("?")
    assert lens.sources


def test_no_session_no_marks() -> None:
    evidence = first_meeting(amara())
    assert marks.overall(evidence) is None
    assert not marks.falls(evidence)
    assert not marks.seemed_ordinary(evidence)
    assert not marks.much_alike(evidence)


@BY_NAME
def test_one_session_is_too_little(lens: Lens) -> None:
    evidence = said_last(replace(amara(), sessions=amara().sessions[-1:]), kept="The chair.", more="Silence")
    assert lens.read(evidence).kind == "quiet"


@BY_NAME
def test_an_empty_line(lens: Lens) -> None:
    evidence = replace(dana(), sessions=held((None, three(None, None, None)), when(11, 10)), steps=())
    assert [str(one) for one in lens.read(evidence).sentences] == ["Nothing to say yet: her line on this is empty."]


@BY_NAME
def test_no_check_in_after_the_last_session(lens: Lens) -> None:
    evidence = replace(dana(), sessions=held((three(8, 8, 8), three(4, 4, 4), None), when(11, 10)), steps=())
    assert lens.read(evidence).kind == "quiet"
    assert "Lower" not in str(lens.read(evidence).sentences[0])


@BY_NAME
def test_how_sure_is_always_said(lens: Lens) -> None:
    for evidence in (amara(), dana(), first_meeting(dana())):
        reading = lens.read(evidence)
        assert reading.sure.degree in ("sure", "fair", "thin")
        assert str(reading.sure.words).endswith(".")


def test_what_the_client_wants_to_keep() -> None:
    reading = presence.read(said_last(dana(), kept=" You waited. "))
    assert (reading.kind, reading.said[0].text, str(reading.said[0].origin)) == (
        "small",
        "You waited.",
        "From session 13.",
    )


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"less": "sheets"}, [("Less of:", "sheets")]),
        ({"more": "silence", "less": "tips"}, [("More of:", "silence"), ("Less of:", "tips")]),
    ],
)
def test_more_and_less(answers: dict[str, str], shown: list[tuple[str, str]]) -> None:
    reading = feedback.read(said_last(dana(), **answers))
    assert reading.kind == "small"
    assert [(str(one.lead), one.text) for one in reading.said] == shown


@pytest.mark.parametrize(
    ("outcome", "words", "kind", "said", "origin"),
    [
        ("done", "I rang.", "celebrate", "I rang.", "Her own step, session 12."),
        ("partly", "Half of it.", "celebrate", "Half of it.", "Her own step, session 12."),
        ("done", " ", "celebrate", "Ring her", "Her own step, session 12: done."),
        ("partly", "", "celebrate", "Ring her", "Her own step, session 12: done in part."),
        ("changed", "Not now.", "small", "Not now.", "Her own step, session 12."),
        ("changed", "", "small", "Ring her", "Her own step, session 12."),
    ],
)
def test_what_became_of_a_step(outcome: str, words: str, kind: str, said: str, origin: str) -> None:
    reading = autonomy.read(replace(dana(), steps=(Step("Ring her", 12, outcome, words, when(12, 9)),)))
    assert (reading.kind, reading.said[0].text, str(reading.said[0].origin)) == (kind, said, origin)
    assert bool(reading.sentences) is (outcome == "changed")


def test_a_step_is_not_celebrated_twice() -> None:
    old = Step("Ring her", 11, "done", "I rang.", dana().sessions[-1].starts_at - timedelta(days=6))
    open_still = Step("Write to her", 13)
    assert autonomy.read(replace(dana(), steps=(old, open_still))).kind == "quiet"


def test_the_step_told_of_last() -> None:
    steps = (Step("b", 12, "done", "later", when(13, 9)), Step("a", 12, "done", "sooner", when(12, 9)))
    assert autonomy.read(replace(dana(), steps=steps)).said[0].text == "later"


def heard(**places: tuple[int, ...] | None) -> Evidence:
    return replace(dana(), sessions=(*dana().sessions[:-1], replace(dana().sessions[-1], spoken=Spoken(**places))))


def test_a_transcript_says_that_a_practice_was_used_and_where() -> None:
    evidence = heard(invitations=(3, 9, 20, 41), feedback=(88,))
    told = {reading.practice: reading for reading in read_all(evidence)}
    number = dana().sessions[-1].number
    assert str(told["collaboration"].sentences[0]) == (
        f"In session {number} you asked openly 4 times, at line 3, line 9, line 20, … of the transcript."
    )
    assert str(told["feedback"].sentences[0]) == (
        f"In session {number} you asked how the work is, at line 88 of the transcript."
    )
    for practice in ("collaboration", "feedback"):
        assert told[practice].sure.degree == "fair"
        assert "not how it was received" in " ".join(map(str, told[practice].basis.limits))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((5,), "asked openly once, at line 5 of"),
        ((5, 5), "asked openly 2 times, at line 5 of"),
        ((1, 5, 5, 9), "asked openly 4 times, at line 1, line 5, line 9 of"),
    ],
)
def test_a_line_is_named_once(places: tuple[int, ...], words: str) -> None:
    told = next(one for one in read_all(heard(invitations=places)) if one.practice == "collaboration")
    assert words in str(told.sentences[0])


def test_what_a_client_asks_for_goes_before_where_they_were_asked() -> None:
    evidence = replace(heard(feedback=(88,)), wishes=(Wish("less", "sheets"),))
    reading = next(one for one in read_all(evidence) if one.practice == "feedback")
    assert str(reading.heading) == "You owe"
    assert [said.text for said in reading.said] == ["sheets"]
    assert "at line 88" in str(reading.sentences[0])


@pytest.mark.parametrize("places", [None, ()])
def test_where_nothing_was_found_or_could_be_told_nothing_is_said(places: tuple[int, ...] | None) -> None:
    told = {reading.practice: reading.kind for reading in read_all(heard(invitations=places, feedback=places))}
    assert told["collaboration"] == "quiet"
