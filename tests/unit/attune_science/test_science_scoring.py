"""Reading and scoring: what is sent is taken exactly, or refused with a sentence that quotes nothing."""

from typing import Any

import pytest

from attune_science import instruments
from attune_science.answers import LONGEST
from attune_science.errors import AnswersRefused, ScienceError
from attune_science.scoring import Answers, at_risk, read_answers, rounded, score

CHECK_IN = instruments.get("attune-session")
PHQ_9 = instruments.get("phq-9")

JUNK: list[Any] = [
    "11",
    "-1",
    "٣",
    "7.0",
    " 7",
    "07",
    "+7",
    "1_0",
    "nan",
    "inf",
    "7\0",
    "\ud800",
    "x",
    7,
    None,
    ["7"],
    b"7",
]


def _refused(raw: dict[Any, Any], definition: instruments.Definition = CHECK_IN, form: str = "three") -> dict[str, str]:
    with pytest.raises(AnswersRefused) as refusal:
        read_answers(definition, form, raw)
    return refusal.value.fields


@pytest.mark.parametrize("sent", JUNK)
def test_a_rating_is_a_whole_number_in_plain_digits(sent: Any) -> None:
    assert set(_refused({"presence": sent, "repair": "8"})) == {"presence"}


@pytest.mark.parametrize("sent", [*JUNK, "7", "pass"])
def test_a_choice_is_one_of_its_answers(sent: Any) -> None:
    assert set(_refused({"hurt": sent})) == {"hurt"}


@pytest.mark.parametrize("sent", ["4", "-1", "٣", "pass", 3])
def test_a_graded_answer_is_one_of_its_grades(sent: Any) -> None:
    assert set(_refused({"item-1": sent}, PHQ_9, "full")) == {"item-1"}


@pytest.mark.parametrize("sent", ["a\0b", "\ud83d", "x" * (LONGEST + 1), 5, None])
def test_words_that_cannot_be_kept(sent: Any) -> None:
    fields = _refused({"more": sent})
    assert set(fields) == {"more"}
    assert str(sent) not in fields["more"]


def test_words_are_kept_as_they_were_written() -> None:
    words = "Silence.\r\n\tनमस्ते 👩‍👩‍👧 <b>\x0b"
    answers = read_answers(CHECK_IN, "three", {"more": f"  {words}!\r\n", "less": " \n ", "keep": "y" * LONGEST})
    assert answers.words == {"more": words.replace("\r\n", "\n") + "!", "keep": "y" * LONGEST}


def test_every_line_is_told_at_once() -> None:
    assert set(_refused({"presence": "11", "hurt": "?", "repair": "8", "nonsense": "1"})) == {"", "presence", "hurt"}


def test_what_was_not_asked_is_refused_and_not_repeated() -> None:
    assert "culture" not in str(_refused({"culture": "8"}))
    assert set(_refused({7: "8"})) == {""}


def test_does_not_fit_is_kept_and_counts_as_unanswered() -> None:
    answers = read_answers(CHECK_IN, "three", {"presence": "8", "collaboration": "pass", "repair": ""})
    assert (answers.ratings, answers.passed) == ({"presence": 8}, ("collaboration",))
    (three,) = score(CHECK_IN, answers)
    assert (three.value, three.answered, three.asked) == (None, 1, 3)
    assert three.reason == "1 of 3 answered; at least 2 needed."


def test_where_nothing_may_be_passed_pass_is_no_answer() -> None:
    assert set(_refused({"item-1": "pass"}, instruments.get("phq-9"), "full")) == {"item-1"}


def test_the_long_form_gives_both_series() -> None:
    sent = dict.fromkeys(CHECK_IN.forms["eight"], "9")
    assert [found.scale for found in score(CHECK_IN, read_answers(CHECK_IN, "eight", sent))] == ["three", "eight"]


def test_answers_cannot_be_changed_once_taken() -> None:
    answers = read_answers(CHECK_IN, "three", {"presence": "8"})
    with pytest.raises(TypeError):
        answers.ratings["presence"] = 9  # type: ignore[index]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"form": 1}', '{"instrument":"a","version":"1","form":"f","ratings":5}']
)
def test_what_was_not_kept_here_cannot_be_read_back(text: str) -> None:
    with pytest.raises(AnswersRefused, match="could not be taken"):
        Answers.from_json(text)


def test_another_version_is_not_scored() -> None:
    old = Answers("attune-session", "0", "three")
    with pytest.raises(ScienceError, match="version 0"):
        score(CHECK_IN, old)
    with pytest.raises(ScienceError, match="version that was asked"):
        at_risk(CHECK_IN, old)


def test_a_check_in_without_risk_item_is_never_at_risk() -> None:
    assert not at_risk(CHECK_IN, read_answers(CHECK_IN, "three", dict.fromkeys(CHECK_IN.forms["three"], "0")))


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.15, 1, "0.2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (8.125, 2, "8.13"),
        (1 / 3, 3, "0.333"),
        (7, 1, "7.0"),
        (1e-9, 1, "0.0"),
    ],
)
def test_halves_go_away_from_zero(value: float, digits: int, shown: str) -> None:
    assert str(rounded(value, digits)) == shown
