"""A couple or a family: what each asks, no reading, and nothing that tells on anybody."""

import pytest
from practices_cast import when

from attune.practices.evidence import Ahead, Before
from attune.practices.joint import Member, Together, compose_joint
from attune.practices.page import as_text, count_words

FARAH = Member("F", Before(when(19, 12), today="Can we finish what we began about the move."))
GIL = Member("G", Before(when(19, 13)))
AHEAD = Ahead(5, when(19, 18))

COUPLE = """\
**F. and G.** · couple · session 5 · Thursday 19 November, 18:00
*For you alone. Neither knows what the other wrote, or whether. Do not read aloud or leave lying.*

**What each asks of today**
F: "Can we finish what we began about the move."
G: left empty

**No readings.** They are not made for couples and families yet."""


def test_a_couple() -> None:
    assert as_text(compose_joint(Together("couple", (FARAH, GIL), AHEAD), when(19, 17))) == COUPLE


def test_a_family_of_whom_one_has_not_answered() -> None:
    text = as_text(compose_joint(Together("family", (FARAH, GIL, Member("H")), AHEAD), when(19, 17)))
    assert text.startswith("**F., G. and H.** · family · session 5")
    assert "None of them knows what another wrote, or whether." in text
    assert "\nH: no check-in yet\n" in text


def test_one_who_came_alone() -> None:
    assert compose_joint(Together("family", (FARAH,), AHEAD), when(19, 17)).name == "F."


def test_danger_names_neither_the_reason_nor_the_person() -> None:
    pages = [
        compose_joint(Together("couple", members, AHEAD), when(19, 17))
        for members in (
            (Member("F", FARAH.before, concern=True), GIL),
            (FARAH, Member("G", GIL.before, concern=True)),
        )
    ]
    assert as_text(pages[0]) == as_text(pages[1])
    first = pages[0].blocks[0]
    assert (str(first.heading), first.tone) == ("See each alone before you meet together.", "red")


@pytest.mark.parametrize("count", [2, 6])
def test_long_words_fit_the_page(count: int) -> None:
    talks = Before(when(19, 12), today="so it went " * 100)
    members = tuple(Member(initial, talks) for initial in "FGHIJK"[:count])
    page = compose_joint(Together("family", members, AHEAD), when(19, 17))
    assert count_words(page) <= 240
    assert all(said.cut for said in page.blocks[0].said)
