"""Only the client's own word raises something, and the client says how it is taken."""

from dataclasses import replace

import pytest
from practices_cast import AT_EASE, SEVENTH, amara, dana, eight, held, said_last, spoken_of_as, three, when

from attune.practices import repair
from attune.practices.brief import compose
from attune.practices.evidence import After, Evidence
from attune.practices.page import Block, Page, as_text
from attune.practices.reading import Reading


def page_of(evidence: Evidence) -> Page:
    return compose(evidence, when(17, 15, 40))


def block(evidence: Evidence, kind: str) -> Block:
    return next(one for one in page_of(evidence).blocks if one.kind == kind)


def spoken(reading: Reading) -> str:
    return " ".join(map(str, reading.sentences))


def with_marks(*marks: object) -> Evidence:
    return replace(amara(), sessions=held(marks, when(10, 16)))  # type: ignore[arg-type]


def test_leave_it_for_now_is_a_full_answer() -> None:
    page = page_of(said_last(amara(), how="leave"))
    left = next(one for one in page.blocks if one.kind == "small")
    assert [str(one) for one in left.sentences] == ["She asks to leave last week for now."]
    assert not left.tries.first
    assert not left.links
    assert {one.tone for one in page.blocks} == {""}
    assert "6.5" not in as_text(page)
    assert as_text(page).endswith("**Nothing new:** presence, culture, frame, feedback.")


def test_last_week_only_where_it_was_last_week() -> None:
    evidence = said_last(amara(), how="leave")
    later = replace(evidence, ahead=replace(evidence.ahead, starts_at=when(30, 16)))
    assert "She asks to leave last time for now." in as_text(page_of(later))


def test_they_ask_and_she_asks() -> None:
    text = as_text(page_of(spoken_of_as(said_last(amara(), how="leave"), "they")))
    assert "They ask to leave last week for now." in text
    assert "**What they ask of today**" in text
    assert "their check-ins" in text


def test_i_will_leaves_room_and_offers_no_words() -> None:
    talk = block(said_last(amara(), how="i_will"), "conversation")
    assert str(talk.sentences[0]) == "She said that she will bring it up: leave room, and wait."
    assert not talk.tries.first
    assert talk.links == ("show", "do")
    assert [str(one) for one in talk.could_do] == ["Leave room early in the hour. If nothing comes, let it be."]


def test_already_all_right() -> None:
    page = page_of(said_last(amara(), how="all_right"))
    small = next(one for one in page.blocks if one.kind == "small")
    says = "Something came between you in session 7; she said that it is already all right."
    assert [str(one) for one in small.sentences] == [says]
    assert not small.tries.first
    assert not [one for one in page.blocks if one.tone or one.kind in ("conversation", "quiet")]


def test_how_was_not_answered() -> None:
    reading = repair.read(said_last(amara(), how=""))
    assert reading.kind == "conversation"
    assert reading.words
    assert not any("asked you" in str(one) for one in reading.could_do)


@pytest.mark.parametrize(
    ("hurt", "says"),
    [
        ("yes", "He said that something between you hurt, bothered or confused him."),
        ("small", "He said that a small thing hurt, bothered or confused him."),
    ],
)
def test_hurt_behind_unchanged_marks(hurt: str, says: str) -> None:
    tens = eight(10, 10, 10, 10, 10, 10, 10, 10)
    reading = repair.read(spoken_of_as(said_last(with_marks(tens, tens, tens), hurt=hurt), "he"))
    assert spoken(reading) == f"{says} His check-in after session 3 was 10.0; the two before, all 10.0."
    assert str(reading.sure.words) == "he said so; his marks do not show it."
    assert not any("lower" in str(words) for words in reading.words)  # it was not


def test_hurt_and_no_marks() -> None:
    empty = three(None, None, None)
    reading = repair.read(said_last(with_marks(empty, empty, empty), hurt="yes"))
    assert spoken(reading) == "She said that something between you hurt, bothered or confused her."
    assert str(reading.sure.words) == "she said so; there are no marks to set beside it."
    assert not reading.basis.figures
    assert not reading.basis.notes


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ((None, three(8, 8, 8)), "Her check-in after session 2 was 8.0."),
        ((three(9, 9, 9), three(8, 8, 8)), "Her check-in after session 2 was 8.0; the one before, 9.0."),
        (
            (three(9, 9, 9), eight(9, 9, 9, 9, 9, 9, 9, 9), eight(8, 8, 8, 8, 8, 8, 8, None)),
            "Her check-in after session 3 was 8.0; the one before, 9.0.",
        ),
        (
            (three(9, 9, 9), three(8, 9, 9), eight(8, 8, 8, 8, 8, 8, 8, 8)),
            "Her check-in after session 3 was 8.0; the two before, 8.7 to 9.0.",
        ),
    ],
)
def test_beside_what_came_before(marks: tuple[object, ...], says: str) -> None:
    reading = repair.read(said_last(with_marks(*marks), hurt="small"))
    assert str(reading.sentences[1]) == says


@pytest.mark.parametrize(("relative", "much"), [("a_little_harder", "a little harder"), ("much_harder", "much harder")])
def test_only_harder_was_said(relative: str, much: str) -> None:
    tens = eight(10, 10, 10, 10, 10, 10, 10, 10)
    reading = repair.read(said_last(with_marks(tens, tens, tens), hurt="no", relative=relative))
    assert reading.kind == "conversation"
    assert spoken(reading).startswith(f"She found working together {much} than usual. A hard hour can be a good one.")
    assert str(reading.sure.words) == "she said so, on one line; her marks do not show it."
    assert reading.sure.degree == "fair"
    assert str(reading.words[0]).startswith("You marked our last meeting as harder")


def test_one_low_line_is_not_a_lower_meeting() -> None:
    first, second = eight(8, 8, 8, 8, 8, 8, 8, 8), eight(10, 10, 10, 10, 6, 10, 10, 10)
    reading = repair.read(said_last(with_marks(first, second), hurt="yes"))
    assert "Lowest: easy to say so (8 to 6)." in spoken(reading)
    assert str(reading.words[0]).startswith("You let me know")


def test_a_fall_in_marks_alone_is_never_worth_a_conversation() -> None:
    page = page_of(said_last(amara(), hurt="", how="", relative=""))
    assert {one.kind for one in page.blocks} == {"asks", "quiet", "celebrate"}
    assert {one.kind for one in page.readings} == {"quiet", "celebrate"}
    assert {one.tone for one in page.blocks} == {""}
    reading = next(one for one in page.readings if one.practice == "collaboration")
    assert spoken(reading) == "Lower than the time before (9 to 4)."


def test_equal_falls_stand_in_the_order_of_practices() -> None:
    nines, sixes = eight(9, 9, 9, 9, 9, 9, 9, 9), eight(6, 6, 6, 6, 6, 6, 6, 6)
    talk = block(said_last(with_marks(nines, sixes), hurt="yes"), "conversation")
    assert str(talk.about) == "repair, with presence, acceptance"
    assert "Lowest: noticed (9 to 6), welcome (9 to 6)." in [str(one) for one in talk.sentences]


def test_repair_alone() -> None:
    steady = eight(9, 9, 9, 9, 9, 9, 9, 9)
    talk = block(said_last(with_marks(steady, steady), hurt="yes"), "conversation")
    assert str(talk.about) == "repair"
    assert talk.practices == ("repair",)


def test_a_line_left_empty_has_not_fallen() -> None:
    nines, gap = eight(9, 9, 9, 9, 9, 9, 9, 9), eight(9, None, 9, 9, None, 9, 9, 9)
    assert repair.read(said_last(with_marks(nines, gap), hurt="yes")).companions == ()


@pytest.mark.parametrize(("predicted", "seen"), [(8.0, True), (7.0, False), (None, False)])
def test_an_ordinary_session_to_the_therapist(predicted: float | None, seen: bool) -> None:
    evidence = amara()
    *before, last = evidence.sessions
    guess = replace(eight(8, 8, 8, 8, 8, 8, 8, 8), eight=predicted)
    evidence = replace(evidence, sessions=(*before, replace(last, predicted=guess)))
    assert ("ordinary" in spoken(repair.read(evidence))) is seen


@pytest.mark.parametrize(("left_after", "rests"), [(6, True), (4, True), (3, False)])
def test_after_leave_it_a_harder_day_rests_for_three_sessions(left_after: int, rests: bool) -> None:
    sessions = list(held((*AT_EASE, SEVENTH), when(10, 16)))
    one = sessions[left_after - 1]
    sessions[left_after - 1] = replace(one, after=After(one.starts_at, AT_EASE[0], hurt="small", how="leave"))
    evidence = said_last(replace(amara(), sessions=tuple(sessions)), relative="a_little_harder")
    reading = repair.read(evidence)
    assert reading.kind == ("small" if rests else "conversation")
    if rests:
        says = f"She found it harder. After session {left_after} she asked to leave such a thing: it rests."
        assert spoken(reading) == says
    # A new hurt is her own wish, and is heard.
    assert repair.read(said_last(evidence, hurt="yes")).kind == "conversation"


def test_no_and_a_line_left_empty_raise_nothing() -> None:
    for hurt in ("no", ""):
        assert repair.read(said_last(dana(), hurt=hurt, relative="as_usual")).kind == "quiet"
