"""Times that were moved, cancelled or missed: what the therapist's side did is told; the client's is never a fault."""

from dataclasses import replace

import pytest
from practices_cast import amara, dana, held, three, when

from attune.practices import frame
from attune.practices.brief import compose
from attune.practices.evidence import CHANGED, SIDES, Change, Evidence
from attune.practices.lenses import read_all
from attune.practices.page import as_text, count_words

TUESDAY = when(17, 16)
NOT_HELD = (
    "**She did not answer after session 2, and the meeting of Tuesday 17 November did not take place.** "
    "That may mean nothing."
)
BLAMES = ("missed", "again", "times", "often", "no-show", "%", "cancelled", "absent")


def text_of(evidence: Evidence) -> str:
    return as_text(compose(evidence, when(18, 9, 30)))


def unanswered(*changes: Change) -> Evidence:
    """Two sessions, and nothing came after the second."""
    return replace(dana(), sessions=held((three(8, 8, 8), None), when(11, 10)), changes=changes)


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("moved", "On your side, this meeting was moved from Tuesday 17 November."),
        ("cancelled", "On your side, the meeting of Tuesday 17 November was cancelled."),
    ],
)
def test_what_the_therapists_side_changed_is_a_small_line_of_frame(what: str, sentence: str) -> None:
    evidence = replace(dana(), changes=(Change(what, TUESDAY, "therapist"),))
    reading = frame.read(evidence)
    assert (reading.kind, [str(one) for one in reading.sentences]) == ("small", [sentence])
    assert [str(one) for one in reading.could_do] == ["Leave room to hear what the change was like for her."]
    assert [str(one) for one in reading.basis.limits] == ["What it was like, only Dana can say."]
    assert sentence in text_of(evidence)
    assert count_words(compose(replace(amara(), changes=evidence.changes), when(17, 15, 40))) <= 240


def test_nothing_is_read_from_two_sessions_or_fewer_changes() -> None:
    early = replace(dana(), sessions=dana().sessions[-1:], changes=(Change("moved", TUESDAY, "therapist"),))
    assert frame.read(early).kind == "quiet"


@pytest.mark.parametrize("side", [side for side in SIDES if side != "therapist"])
@pytest.mark.parametrize("what", CHANGED)
def test_what_the_client_or_the_weather_changed_raises_nothing(what: str, side: str) -> None:
    """Also three in a row: where a check-in came, a page with them is the same as a page without them."""
    for evidence in (dana(), amara()):
        changed = replace(evidence, changes=(Change(what, TUESDAY, side),) * 3)
        assert text_of(changed) == text_of(evidence)
        assert read_all(changed) == read_all(evidence)


def test_not_seen_is_nobodys_side() -> None:
    assert frame.read(replace(dana(), changes=(Change("not_seen", TUESDAY, "therapist"),))).kind == "quiet"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ((), "**She did not answer after session 2.** That may mean nothing."),
        (
            (Change("moved", TUESDAY, "client"),),
            "**She did not answer after session 2 and moved this one.** That may mean nothing.",
        ),
        (
            (Change("cancelled", TUESDAY, "client"),),
            NOT_HELD,
        ),
        (
            (Change("not_seen", TUESDAY), Change("not_seen", when(18, 16))),
            NOT_HELD,
        ),
        ((Change("cancelled", TUESDAY, "other"),), "**She did not answer after session 2.** That may mean nothing."),
    ],
)
def test_silence_and_a_change_are_one_quiet_sentence(changes: tuple[Change, ...], says: str) -> None:
    text = text_of(unanswered(*changes))
    assert says in text
    assert not [word for word in BLAMES if word in text]


@pytest.mark.parametrize(("what", "side"), [("late", "client"), ("moved", "the weather")])
def test_a_change_is_one_of_those_that_there_are(what: str, side: str) -> None:
    with pytest.raises(ValueError, match="moved, cancelled or not_seen"):
        Change(what, TUESDAY, side)
