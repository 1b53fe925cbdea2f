"""The page: order, budget, what is said of silence, and words that stay as they were written."""

from dataclasses import replace
from typing import Any

import pytest
from practices_cast import amara, dana, eight, held, said_last, spoken_of_as, three, when

from attune.practices.brief import MOST_WORDS, compose, excerpt
from attune.practices.evidence import Before, Concern, Evidence, Measured, Step
from attune.practices.page import LONGEST_WORD, Page, as_text, count_words
from attune.practices.reading import Said


def page_of(evidence: Evidence) -> Page:
    return compose(evidence, when(17, 9, 30))


def asked(evidence: Evidence, **words: str) -> Evidence:
    return replace(evidence, ahead=replace(evidence.ahead, before=Before(when(18, 9, 10), **words)))


def test_the_first_brief_of_all() -> None:
    evidence = replace(dana(), sessions=(), steps=(), ahead=replace(dana().ahead, number=1, before=None))
    assert as_text(page_of(evidence)) == (
        "**Dana** · session 1 · Wednesday 18 November, 10:00, video\n"
        "*Made 9:30. Nothing has come in yet.*\n\n"
        "**What she asks of today** · no check-in yet\n\n"
        "**No readings yet.** They begin with session 3."
    )


def test_before_session_2_there_is_no_signal() -> None:
    evidence = said_last(replace(amara(), sessions=amara().sessions[-1:]), how="")
    page = page_of(evidence)
    assert [block.kind for block in page.blocks] == ["asks", "quiet"]
    assert {block.tone for block in page.blocks} == {""}
    assert "6.5" not in as_text(page)


def test_before_session_2_a_plain_request_is_still_a_request() -> None:
    evidence = replace(amara(), sessions=amara().sessions[-1:])
    assert "After session 7 she asked you to bring up something that came between you." in as_text(page_of(evidence))


def test_only_sources_that_are_there_are_named() -> None:
    plain = replace(dana(), sessions=held((None, None), when(11, 10)), steps=())
    assert "*Made 9:30 from her check-ins, attendance.*" in as_text(page_of(plain))
    nothing = replace(plain, ahead=replace(plain.ahead, before=None))
    assert "*Made 9:30 from attendance.*" in as_text(page_of(nothing))


def test_silence_is_not_told_as_a_good_sign() -> None:
    text = as_text(page_of(replace(dana(), sessions=held((three(8, 8, 8), None), when(11, 10)))))
    assert "**She did not answer after session 2.** That may mean nothing." in text
    assert "Nothing needs you" not in text


@pytest.mark.parametrize(
    "marks",
    [
        (three(7, 7, 7),) * 4,  # too few to be a manner
        (*((three(7, 7, 7),) * 4), three(9, 9, 9)),  # not alike
        (*((three(9, 9, 9),) * 6), *((three(7, 7, 7),) * 5)),  # alike, but not her way so far
    ],
)
def test_a_manner_of_marking_needs_five_alike_at_the_clients_own_level(marks: tuple[object, ...]) -> None:
    text = as_text(page_of(replace(dana(), sessions=held(marks, when(11, 10)))))  # type: ignore[arg-type]
    assert f"**Nothing needs you here.** She raised nothing after session {len(marks)}." in text


@pytest.mark.parametrize(
    ("empty", "aside"),
    [([True, True, False], "left empty, as most weeks"), ([True, False], "left empty"), ([], "left empty")],
)
def test_left_empty_as_most_weeks(empty: list[bool], aside: str) -> None:
    sessions = [
        replace(one, before=Before(one.starts_at, today="" if is_empty else "Sleep."))
        for one, is_empty in zip(dana().sessions, empty, strict=False)
    ]
    sessions += [replace(one, before=None) for one in dana().sessions[len(empty) :]]
    page = page_of(replace(dana(), sessions=tuple(sessions)))
    assert str(page.blocks[0].aside) == aside


def test_who_asked_something_is_not_told_that_nothing_is_needed() -> None:
    page = page_of(asked(dana(), today="The letter"))
    assert not page.quiet
    assert "she/her" in as_text(page)
    assert "**Nothing else needs you here.**" in as_text(page)
    assert '"I let the phone ring." Her own step, session 12.' in as_text(page)


def test_asked_on_another_day() -> None:
    evidence = replace(dana(), ahead=replace(dana().ahead, before=Before(when(16, 21, 5), today="The letter")))
    assert "· Monday 16 November, 21:05" in as_text(page_of(evidence))


@pytest.mark.parametrize(
    ("unsaid", "today", "said"),
    [
        ("I was late.", "Sleep", ("I was late. Sleep",)),
        ("about my father", "Sleep", ("about my father", "Sleep")),
        ("  ", " Sleep ", ("Sleep",)),
        ("لم أقل كل شيء؟", "النوم", ("لم أقل كل شيء؟ النوم",)),
    ],
)
def test_joined_as_it_was_written(unsaid: str, today: str, said: tuple[str, ...]) -> None:
    page = page_of(asked(dana(), unsaid=unsaid, today=today))
    assert tuple(one.text for one in page.blocks[0].said) == said


@pytest.mark.parametrize("words", ['He said "go" and {left}, 100 %', "أبي قال: «اذهب»", "two\nlines"])
def test_words_are_never_altered(words: str) -> None:
    page = page_of(asked(dana(), today=words))
    assert page.blocks[0].said[0].text == words
    assert f'"{words}"' in as_text(page)


def test_very_long_words_are_cut_at_a_word_and_say_so() -> None:
    words = "  well  " + "so it went " * 200
    cut = excerpt(Said(words), 4)
    assert (cut.text, cut.cut) == ("  well  so it went", True)
    assert excerpt(Said("so it went"), 3) == Said("so it went")
    assert '" …' in as_text(page_of(asked(dana(), today=words)))


def test_letters_without_an_end_are_cut_too() -> None:
    endless = "x" * 4000
    page = page_of(asked(dana(), today=endless))
    assert page.blocks[0].said[0].cut
    assert count_words(page) <= MOST_WORDS
    assert excerpt(Said(endless), 2).text == endless[: 2 * LONGEST_WORD]


def full_page(pronoun: str = "she") -> Evidence:
    """Everything at once, each in very many words."""
    words = "so it went " * 100
    evidence = said_last(amara(), kept=words, more=words, less=words, hurt="small")
    return spoken_of_as(
        replace(asked(evidence, unsaid=words, today=words), steps=(Step("x", 6, "done", words, when(11, 9)),)), pronoun
    )


@pytest.mark.parametrize("concerns", [(), (Concern(when(16, 8)),), (Concern(when(16, 8)), Concern(when(15, 8)))])
@pytest.mark.parametrize("pronoun", ["she", "he", "they"])
def test_the_fullest_page_is_read_in_a_minute(pronoun: str, concerns: tuple[Concern, ...]) -> None:
    page = page_of(replace(full_page(pronoun), concerns=concerns))
    assert count_words(page) <= 240
    kinds = [block.kind for block in page.blocks]
    assert kinds.count("conversation") == 1
    assert kinds.count("celebrate") <= 1
    assert kinds.count("small") <= 3


def test_a_quiet_page_stays_under_a_hundred_words() -> None:
    steps = (Step("x", 12, "done", "so it went " * 100, when(12, 9)),)
    page = page_of(replace(dana(), steps=steps))
    assert page.quiet
    assert count_words(page) < 100


def test_small_lines_stand_by_themselves() -> None:
    page = page_of(said_last(dana(), kept="You waited.", less="sheets"))
    assert not page.quiet
    assert as_text(page).endswith(
        "**Celebrate** · autonomy\n"
        '"I let the phone ring." Her own step, session 12.\n\n'
        "**To keep** · presence\n"
        '"You waited." From session 13.\n\n'
        "**You owe** · feedback\n"
        'Less of: "sheets" Unanswered, seven days.\n\n'
        "**Nothing new:** acceptance, collaboration, culture, repair, frame."
    )


def test_an_open_concern_stands_first_and_nothing_is_praised_beside_it() -> None:
    page = page_of(replace(dana(), concerns=(Concern(when(16, 8)),)))
    assert [(block.kind, block.tone) for block in page.blocks] == [("concern", "red"), ("asks", "")]
    assert not page.quiet
    says = "An answer that she gave on Monday 16 November tells of danger. Nobody has answered it yet."
    assert f"**Safety**\n{says}\n[Read and answer it]" in as_text(page)


def test_several_open_concerns_are_one_sentence_from_the_oldest() -> None:
    page = page_of(replace(dana(), concerns=(Concern(when(16, 8)), Concern(when(15, 8)))))
    says = "2 answers that she gave since Sunday 15 November tell of danger. Nobody has answered them yet."
    assert [str(one) for one in page.blocks[0].sentences] == [says]


def test_a_concern_is_told_from_the_first_brief_on() -> None:
    page = page_of(replace(dana(), sessions=(), concerns=(Concern(when(16, 8)),)))
    assert [block.kind for block in page.blocks] == ["concern", "asks", "quiet"]
    assert "Nothing needs you" not in as_text(page)


def test_what_fell_with_the_event_or_has_its_own_line_is_not_called_quiet() -> None:
    low = eight(1, 1, 1, 1, 1, 1, 1, 1)
    evidence = replace(amara(), sessions=held((eight(9, 9, 9, 9, 9, 9, 9, 9), low), when(10, 16)))
    evidence = said_last(evidence, hurt="yes", kept="a", more="b")
    assert "**Nothing new:** collaboration, culture, frame." in as_text(page_of(evidence))


def test_a_page_that_fits_keeps_every_small_line() -> None:
    page = page_of(said_last(amara(), kept="a", less="b"))
    assert [block.kind for block in page.blocks].count("small") == 2


def measured(**more: Any) -> Measured:
    return replace(Measured("PHQ-9", when(17, 8, 0), 12, "moderate"), **more)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (measured(), "PHQ-9, Tuesday 17 November: 12, moderate."),
        (measured(band=""), "PHQ-9, Tuesday 17 November: 12."),
        (measured(value=None, band=""), "PHQ-9, Tuesday 17 November: too little was answered for a score."),
        (
            measured(earlier=18, earlier_at=when(3, 8, 0), moved="lower"),
            "12, moderate. At first, Tuesday 3 November: 18. Lower by more than its own error.",
        ),
        (
            measured(earlier=6, earlier_at=when(3, 8, 0), moved="higher"),
            "At first, Tuesday 3 November: 6. Higher by more than its own error.",
        ),
        (
            measured(earlier=10, earlier_at=when(3, 8, 0), moved="within"),
            "At first, Tuesday 3 November: 10. The difference lies within its own error.",
        ),
        (measured(earlier=10, earlier_at=when(3, 8, 0)), "At first, Tuesday 3 November: 10."),
    ],
)
def test_a_questionnaire_is_told_by_its_score_and_raises_nothing(told: Measured, says: str) -> None:
    page = page_of(replace(dana(), measured=(told,)))
    assert page.quiet
    (block,) = [block for block in page.blocks if block.kind == "measured"]
    assert says in " ".join(map(str, block.sentences))
    assert not block.tone
    assert "a score is no diagnosis" in as_text(page)


def test_many_questionnaires_leave_room_for_what_the_client_asks() -> None:
    told = [measured(name=f"Q{n}", earlier=1, earlier_at=when(3, 8, 0), moved="higher") for n in range(6)]
    page = page_of(replace(amara(), measured=told))
    assert count_words(page) <= 240
    (block,) = [block for block in page.blocks if block.kind == "measured"]
    assert "Q5" in str(block.sentences[-2]), "the last to come in is kept"


def test_a_change_is_told_of_two_scores_or_not_at_all() -> None:
    with pytest.raises(ValueError, match="two scores"):
        measured(moved="lower")
