"""The budget of a week, and what is due: pure rules, on the instruments that ship."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from support.cast import NOW, Cast

from attune.base.errors import Conflict, NotYours, Refused
from attune.care.episodes.actions import end_episode
from attune.care.questionnaires.models import Questionnaire
from attune.care.questionnaires.rules import (
    LONGER_EVERY,
    RHYTHMS,
    TAPS,
    TAPS_OF_EIGHT,
    Asked,
    Coming,
    check_budget,
    check_may_ask_once,
    due,
    is_longer,
    load_of,
    spare,
    wished,
)
from attune.care.workflows.questionnaire_rhythm import end_rhythm, set_rhythm
from attune_science import instruments

SHORT, LONGER = ("phq-2", "gad-2"), ("phq-9", "phq-8", "gad-7", "pcl-5")
CLIENT, THERAPIST = Questionnaire.Whose.CLIENT, Questionnaire.Whose.THERAPIST


def coming(key: str, every: int, *, by_client: bool = False) -> Coming:
    return Coming(instruments.get(key), every, by_client=by_client)


def keys_due(listed: Sequence[Coming], asked: Sequence[Asked], session: int) -> list[str]:
    return [one.key for one in due(listed, asked, session=session)]


def test_a_week_has_two_taps_left_beside_the_check_ins() -> None:
    before = load_of(instruments.get("attune-before"), "full")[0]
    after = instruments.get("attune-session")
    three, eight = load_of(after, "three")[0], load_of(after, "eight")[0]
    assert before + three + spare() <= TAPS
    assert before + eight + spare() <= TAPS_OF_EIGHT
    assert spare() == 2


@pytest.mark.parametrize(("key", "longer"), [*((key, False) for key in SHORT), *((key, True) for key in LONGER)])
def test_what_does_not_fit_into_the_rest_is_longer(key: str, longer: bool) -> None:
    assert is_longer(instruments.get(key)) is longer


@pytest.mark.parametrize("key", LONGER)
@pytest.mark.parametrize("every", RHYTHMS)
def test_a_longer_one_comes_at_most_every_fourth_session(key: str, every: int) -> None:
    if every >= LONGER_EVERY:
        check_budget([coming(key, every)])
        return
    with pytest.raises(Refused, match="at most every 4th session") as refused:
        check_budget([coming(key, every)])
    assert instruments.get(key).name in refused.value.sentence
    assert f"{load_of(instruments.get(key), 'full')[0]} questions" in refused.value.sentence


def test_two_longer_ones_together_come_as_rarely_as_one() -> None:
    with pytest.raises(Refused, match="more than one longer questionnaire in 4 sessions"):
        check_budget([coming("phq-9", 4), coming("gad-7", 4)])
    with pytest.raises(Refused, match="together"):
        check_budget([coming("phq-9", 4), coming("gad-7", 12)])
    check_budget([coming("phq-9", 8), coming("gad-7", 8)])
    check_budget([coming("phq-9", 12), coming("gad-7", 12), coming("pcl-5", 12)])
    with pytest.raises(Refused):
        check_budget([coming("phq-9", 8), coming("gad-7", 8), coming("pcl-5", 12)])


@pytest.mark.parametrize("every", RHYTHMS)
def test_a_short_one_comes_as_often_as_wanted(every: int) -> None:
    check_budget([coming("phq-2", every)])


def test_two_short_ones_are_too_many_taps() -> None:
    with pytest.raises(Refused, match="would take 4 taps, and a week has 2 left"):
        check_budget([coming("phq-2", 1), coming("gad-2", 1)])


def test_a_short_one_and_a_longer_one_stand_beside_each_other() -> None:
    check_budget([coming("phq-2", 1), coming("phq-9", 4)])


def test_what_the_client_asks_for_more_often_counts_against_nothing() -> None:
    check_budget([coming("phq-9", 1, by_client=True)])
    check_budget([coming("phq-9", 2, by_client=True), coming("gad-7", 4)])


def test_what_the_client_asks_for_less_often_makes_no_room_for_others() -> None:
    with pytest.raises(Refused, match="together"):
        check_budget([coming("phq-9", 8, by_client=True), coming("gad-7", 4)])
    check_budget([coming("phq-9", 8, by_client=True), coming("gad-7", 8)])


def test_nothing_chosen_is_within_every_budget() -> None:
    check_budget([])


def test_a_longer_one_is_due_when_its_time_has_come() -> None:
    listed = [coming("phq-9", 4)]
    assert keys_due(listed, [], 0) == ["phq-9"], "never asked is due at once"
    asked = [Asked("phq-9", 2)]
    assert [session for session in range(2, 12) if keys_due(listed, asked, session)] == [6, 7, 8, 9, 10, 11]
    assert keys_due(listed, [*asked, Asked("phq-9", 6)], 9) == []
    assert keys_due(listed, [*asked, Asked("phq-9", 6)], 10) == ["phq-9"]


def test_asked_and_not_answered_was_asked_all_the_same() -> None:
    assert keys_due([coming("phq-9", 4)], [Asked("phq-9", 2, answered=False)], 3) == []


def test_two_longer_ones_are_asked_in_turn() -> None:
    listed, asked, seen = [coming("phq-9", 8), coming("gad-7", 8)], [], {}
    for session in range(24):
        for key in keys_due(listed, asked, session):
            seen[session] = key
            asked.append(Asked(key, session))
    assert seen == {0: "phq-9", 4: "gad-7", 8: "phq-9", 12: "gad-7", 16: "phq-9", 20: "gad-7"}


def test_a_longer_one_asked_by_hand_holds_the_others_back() -> None:
    assert keys_due([coming("phq-9", 4)], [Asked("pcl-5", 5)], 8) == []
    assert keys_due([coming("phq-9", 4)], [Asked("pcl-5", 5)], 9) == ["phq-9"]


def test_a_short_one_is_due_beside_a_longer_one() -> None:
    listed = [coming("phq-2", 1), coming("phq-9", 4)]
    assert keys_due(listed, [], 0) == ["phq-2", "phq-9"]
    assert keys_due(listed, [Asked("phq-2", 0), Asked("phq-9", 0)], 1) == ["phq-2"]


def test_what_the_client_wants_each_time_is_due_each_time() -> None:
    listed = [coming("phq-9", 1, by_client=True)]
    assert keys_due(listed, [Asked("phq-9", 7)], 7) == []
    assert keys_due(listed, [Asked("phq-9", 7)], 8) == ["phq-9"]


def test_what_is_asked_of_an_instrument_that_is_gone_is_no_hindrance() -> None:
    assert keys_due([coming("phq-9", 4)], [Asked("taken-out", 3)], 4) == ["phq-9"]


def test_once_by_hand_not_too_soon_after_another() -> None:
    pcl = instruments.get("pcl-5")
    check_may_ask_once(pcl, [], session=0)
    check_may_ask_once(pcl, [Asked("phq-9", 2)], session=6)
    with pytest.raises(Conflict, match="3 sessions ago"):
        check_may_ask_once(pcl, [Asked("phq-9", 2)], session=5)
    check_may_ask_once(instruments.get("phq-2"), [Asked("phq-9", 5)], session=5)


@pytest.mark.parametrize(
    ("wish", "every", "becomes"),
    [("less", 4, 8), ("less", 1, 2), ("less", 12, 24), ("less", None, 8), ("stop", 4, None), ("each", 4, 1)],
)
def test_what_a_client_wishes(wish: str, every: int | None, becomes: int | None) -> None:
    assert wished(wish, every) == becomes


# The record: who chose it, and who may change it.


def rows(cast: Cast) -> list[tuple[str, int, bool]]:
    listed = Questionnaire.objects.filter(participant=cast.amara).order_by("since", "id")
    return [(row.instrument, row.every, row.until is None) for row in listed]


def client_says(cast: Cast, every: int, *, ended: bool = False) -> None:
    """As `take` keeps it when the client's form comes in."""
    Questionnaire.objects.create(
        participant=cast.amara,
        instrument="phq-9",
        every=every,
        chosen_by=CLIENT,
        since=NOW,
        until=NOW if ended else None,
        ended_by=CLIENT if ended else "",
    )


def test_a_rhythm_takes_the_place_of_the_one_before(cast: Cast) -> None:
    for every in (4, 8):
        set_rhythm(cast.amara.id, instrument="phq-9", every=every, by=cast.ben, at=NOW + timedelta(hours=every))
    assert rows(cast) == [("phq-9", 4, False), ("phq-9", 8, True)]
    end_rhythm(cast.amara.id, instrument="phq-9", by=cast.ben, at=NOW + timedelta(days=1))
    assert [running for _, _, running in rows(cast)] == [False, False]
    with pytest.raises(Conflict, match="already"):
        end_rhythm(cast.amara.id, instrument="phq-9", by=cast.ben, at=NOW + timedelta(days=1))


@pytest.mark.parametrize(("instrument", "every"), [("phq-9", 3), ("phq-9", 0), ("wai-s", 4), ("attune-session", 4)])
def test_only_what_is_offered_can_be_chosen(cast: Cast, instrument: str, every: int) -> None:
    with pytest.raises(Refused, match="from the list"):
        set_rhythm(cast.amara.id, instrument=instrument, every=every, by=cast.ben, at=NOW)
    assert rows(cast) == []


def test_the_budget_looks_at_what_runs_already(cast: Cast) -> None:
    set_rhythm(cast.amara.id, instrument="phq-9", every=4, by=cast.ben, at=NOW)
    with pytest.raises(Refused, match="together"):
        set_rhythm(cast.amara.id, instrument="gad-7", every=4, by=cast.ben, at=NOW)
    set_rhythm(cast.amara.id, instrument="phq-9", every=12, by=cast.ben, at=NOW + timedelta(minutes=1))
    assert rows(cast) == [("phq-9", 4, False), ("phq-9", 12, True)]


def test_what_the_client_stopped_a_therapist_cannot_start(cast: Cast) -> None:
    client_says(cast, 0, ended=True)
    with pytest.raises(Conflict, match="asked not to be asked this any more"):
        set_rhythm(cast.amara.id, instrument="phq-9", every=12, by=cast.ben, at=NOW)
    assert rows(cast) == [("phq-9", 0, False)]


def test_what_the_client_chose_a_therapist_can_only_make_rarer(cast: Cast) -> None:
    client_says(cast, 8)
    with pytest.raises(Conflict, match="chose to be asked every 8 sessions"):
        set_rhythm(cast.amara.id, instrument="phq-9", every=4, by=cast.ben, at=NOW)
    set_rhythm(cast.amara.id, instrument="phq-9", every=12, by=cast.ben, at=NOW + timedelta(minutes=1))
    assert rows(cast)[-1] == ("phq-9", 12, True)
    with pytest.raises(Conflict, match="every 8 sessions"):  # not by a way round
        set_rhythm(cast.amara.id, instrument="phq-9", every=4, by=cast.ben, at=NOW + timedelta(minutes=2))


def test_a_colleague_changes_nothing_and_ended_work_is_closed(cast: Cast) -> None:
    with pytest.raises(NotYours):
        set_rhythm(cast.dana.id, instrument="phq-9", every=4, by=cast.ben, at=NOW)
    set_rhythm(cast.amara.id, instrument="phq-9", every=4, by=cast.ben, at=NOW)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    with pytest.raises(Conflict, match="has ended"):
        end_rhythm(cast.amara.id, instrument="phq-9", by=cast.ben, at=NOW)
