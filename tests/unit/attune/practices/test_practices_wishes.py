"""What was asked for: it waits for an answer, and then the brief says what came of it; kept twice, it may be more."""

from dataclasses import replace
from typing import Any

import pytest
from practices_cast import amara, dana, said_last, spoken_of_as, when

from attune.practices import feedback, repair
from attune.practices.brief import compose
from attune.practices.evidence import Evidence, Wish
from attune.practices.page import as_text, count_words
from attune.practices.reading import Reading

#: Dana's last session was on 11 November, the one before a week earlier.
TOLD = {"waits": False, "answer": "changed", "since": when(12, 9).date(), "answered_at": when(12, 9)}


def wished(*wishes: Wish, pronoun: str = "she") -> Evidence:
    return spoken_of_as(replace(dana(), wishes=wishes), pronoun)


def lines(reading: Reading) -> list[str]:
    return [f"{one.lead} {one.text} {one.origin}" for one in reading.said]


@pytest.mark.parametrize(
    ("days", "says"), [(0, "since today"), (1, "one day"), (7, "seven days"), (9, "nine days"), (10, "10 days")]
)
def test_what_waits_is_owed_and_says_since_when(days: int, says: str) -> None:
    reading = feedback.read(wished(Wish("less", " sheets ", days=days)))
    assert (reading.kind, str(reading.heading)) == ("small", "You owe")
    assert lines(reading) == [f"Less of: sheets Unanswered, {says}."]
    assert reading.could_do


def test_two_stand_in_one_line_the_oldest_first() -> None:
    reading = feedback.read(wished(*(Wish("any", f"Wish {n}.") for n in range(4))))
    assert [one.text for one in reading.said] == ["Wish 0.", "Wish 1."]


@pytest.mark.parametrize(
    ("pronoun", "says"), [("she", "She says: not all right."), ("they", "They say: not all right.")]
)
def test_a_no_is_owed_again(pronoun: str, says: str) -> None:
    no = Wish("more", "tea", reopened=True, answer="kept", kept=1, verdict="not_right", told_at=when(13, 9))
    assert lines(feedback.read(wished(no, pronoun=pronoun))) == [f"More of: tea {says} Let us talk."]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "You changed it from Thursday 12 November; whether it was felt is not said yet."),
        ({"verdict": "better", "told_at": when(16, 9)}, "Changed from Thursday 12 November; she says: better."),
        (
            {"verdict": "better", "told_at": when(16, 9), "by_ear": True},
            "Changed from Thursday 12 November; better, as you entered it.",
        ),
        (
            {"answer": "kept", "since": None, "kept": 1},
            "You kept it on Thursday 12 November; whether that is all right is not said yet.",
        ),
        (
            {"answer": "kept", "since": None, "kept": 1, "verdict": "all_right", "told_at": when(16, 9)},
            "Kept on Thursday 12 November; she says: that is all right.",
        ),
    ],
)
def test_what_came_of_it(more: dict[str, Any], says: str) -> None:
    reading = feedback.read(wished(Wish("less", "sheets", **TOLD | more)))
    assert str(reading.heading) == "What came of it"
    assert lines(reading) == [f"Less of: sheets {says}"]
    assert bool(reading.could_do) is ("verdict" not in more)


@pytest.mark.parametrize(
    "more",
    [
        {"answered_at": when(3, 9)},
        {"verdict": "better", "told_at": when(10, 9)},
        {"answer": "talk", "since": None},
    ],
)
def test_what_is_old_or_to_talk_about_is_quiet(more: dict[str, Any]) -> None:
    assert feedback.read(wished(Wish("less", "sheets", **TOLD | more))).kind == "quiet"


def test_nothing_is_read_before_the_third_session() -> None:
    early = replace(wished(Wish("less", "sheets", kept=2)), sessions=dana().sessions[:1])
    assert {feedback.read(early).kind, repair.read(early).kind} == {"quiet"}


KEPT = Wish("less", "sheets", waits=False, answer="kept", answered_at=when(12, 9), kept=2)


def test_kept_twice_in_a_row_is_worth_a_conversation_about_the_task() -> None:
    reading = repair.read(wished(KEPT))
    assert (reading.kind, reading.companions, reading.sure.degree) == ("conversation", ("collaboration",), "thin")
    assert [one.text for one in reading.said] == ["sheets"]
    text = as_text(compose(wished(KEPT), when(18, 9, 30)))
    assert text.count("Worth a conversation") == 1
    assert count_words(compose(wished(KEPT), when(18, 9, 30))) <= 240


@pytest.mark.parametrize("wish", [replace(KEPT, kept=1), replace(KEPT, verdict="all_right", told_at=when(13, 9))])
def test_kept_once_or_all_right_it_is_not(wish: Wish) -> None:
    assert repair.read(wished(wish)).kind == "quiet"


def test_what_the_client_says_came_between_goes_first() -> None:
    reading = repair.read(replace(said_last(amara(), hurt="yes"), wishes=(KEPT,)))
    assert not reading.said


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "today"},
        {"answer": "agreed"},
        {"verdict": "fine"},
        {"answer": "changed"},
        {"since": when(12, 9).date()},
    ],
)
def test_no_other_word_is_a_wish(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        Wish(**{"kind": "less", "text": "sheets"} | wrong)
