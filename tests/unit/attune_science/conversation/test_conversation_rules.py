"""Rules as data: sources, versions, places, quotation, negation, and time that grows with the text alone."""

import re
import time

import pytest

from attune_science import references
from attune_science.conversation.finding import Finding
from attune_science.conversation.measures.feedback import FEEDBACK_ASKED, find_feedback_asked
from attune_science.conversation.measures.questions import OPEN_INVITATION, find_invitations
from attune_science.conversation.measures.rules import rulebook
from attune_science.conversation.transcript import Line, Transcript, make_transcript


def said(*lines: str) -> Transcript:
    return make_transcript([Line("T", line) for line in lines], "labelled")


@pytest.mark.parametrize("code", [OPEN_INVITATION, FEEDBACK_ASKED])
def test_every_rule_has_a_source_and_a_version_and_a_key_of_its_own(code: str) -> None:
    rules = rulebook(code).rules
    assert len({rule.key for rule in rules}) == len(rules) > 8
    for rule in rules:
        assert references.cite(rule.source)
        assert rule.version.isdigit()
        assert not re.match(rule.pattern, "")


def test_a_finding_says_where_and_not_what() -> None:
    (found,) = find_invitations(said("I see.", "And so, how was that?").turns)
    assert found == Finding(1, 8, 21, "open-invitation", "how", "1")
    assert "how was" not in repr(found)


def test_a_sentence_over_two_lines_is_found_where_it_begins() -> None:
    (found,) = find_invitations(said("Yes. What was that", "like for you?").turns)
    assert (found.utterance, found.start, found.end) == (0, 5, 18)


def test_capitals_with_two_small_letters_move_no_place() -> None:
    (found,) = find_invitations(said("İİİİ. What happened?").turns)
    assert (found.start, found.end) == (6, 20)


def test_curly_apostrophes_are_apostrophes() -> None:
    assert [one.rule for one in find_invitations(said("What’s that like?", "I’m curious what you see.").turns)] == [
        "what",
        "wonder",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "She goes, what do you want from me?",
        "You said, tell me more about it.",
        'I read "what do you want?" on the wall.',
        "The card says ‘how do you feel?’ in red.",
        "He wrote 'what's the matter?' to me.",
        "«What do you want?» stood there.",
        "I never, ever say tell me more.",
    ],
)
def test_what_others_say_does_not_count(line: str) -> None:
    assert not list(find_invitations(said(line).turns))


def test_a_turn_that_stands_in_quotation_marks_is_no_quotation() -> None:
    assert len(list(find_invitations(said('"What happened then?"').turns))) == 1


def test_a_mark_without_its_fellow_hides_nothing() -> None:
    assert len(list(find_invitations(said('That " is odd. What happened then?').turns))) == 1


def test_a_negation_in_another_clause_takes_nothing_back() -> None:
    assert len(list(find_invitations(said("I'm not sure, tell me more about it.").turns))) == 1
    assert len(list(find_invitations(said("Why don't you tell me about it?").turns))) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "what ",
        "and so ",
        "'",
        '"',
        "“",
        "‘a ",
        "could you just ",
        "tell me a little ",
        "how, ",
        "is there anything ",
        "?",
    ],
)
def test_long_nonsense_takes_no_long_time(piece: str) -> None:
    turns = said(piece * 20_000).turns
    begun = time.process_time()
    list(find_invitations(turns))
    list(find_feedback_asked(turns))
    assert time.process_time() - begun < 5
