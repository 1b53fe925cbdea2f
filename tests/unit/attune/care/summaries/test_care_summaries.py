"""Summaries: a draft is its author's, what is shown is for all who took part, and nothing shown is written over."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast
from support.sessions_told import yesterdays_session

from attune.audit.models import Event
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.episodes.actions import end_assignment, end_episode
from attune.care.episodes.models import Assignment, Participant
from attune.care.summaries.actions import (
    LONGEST,
    About,
    drop_draft,
    release_summary,
    take_back_summary,
    write_summary,
)
from attune.care.summaries.models import Summary
from attune.care.summaries.readers import list_of_session, list_shown_to, list_states
from attune.insight.summary_page import get_summary_page
from attune.people.viewers import Viewer, get_viewer
from attune.vault.keys import Owner

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    """What is written to them can be read by all of them."""
    Participant.objects.update(own_pages_since=NOW - timedelta(weeks=1))


@pytest.fixture
def about(cast: Cast) -> About:
    session = yesterdays_session(cast.farah, by=cast.ben)
    return About(session.id, session.episode_id)


def staff(cast: Cast, name: str) -> Viewer:
    return get_viewer(cast.accounts[name].person_id, at=NOW)


def read(who: Participant) -> list[tuple[int, str | None]]:
    return [(one.version, one.text) for one in list_shown_to(who)]


def test_a_draft_is_its_authors_alone(cast: Cast, about: About) -> None:
    Assignment.objects.create(episode_id=about.episode, therapist_id=staff(cast, "Ola").me, since=NOW)
    write_summary(about, text="We spoke of money.", seen=0, by=cast.ben, at=NOW)
    assert [one.text for one in list_of_session(cast.ben, about.session)] == ["We spoke of money."]
    assert list_of_session(staff(cast, "Ola"), about.session) == []
    assert (read(cast.farah), read(cast.gil)) == ([], [])
    assert list_states(cast.ben, about.episode) == {about.session: "draft"}
    assert list_states(staff(cast, "Ola"), about.episode) == {}
    assert Summary.objects.get().seal_owner() == Owner("episode", about.episode)


def test_what_is_shown_is_read_by_all_who_take_part_and_by_nobody_else(cast: Cast, about: About) -> None:
    release_summary(about, text="We spoke of money.", seen=0, by=cast.ben, at=NOW)
    assert read(cast.farah) == read(cast.gil) == [(1, "We spoke of money.")]
    assert read(cast.amara) == []
    assert list_states(cast.ben, about.episode) == {about.session: "shown"}


def test_who_had_left_before_the_session_does_not_read_it(cast: Cast, about: About) -> None:
    release_summary(about, text="We spoke of money.", seen=0, by=cast.ben, at=NOW)
    cast.gil.until = NOW - timedelta(days=2)
    cast.gil.save()
    assert read(cast.gil) == []
    assert get_summary_page(cast.ben, about.session, at=NOW).people == ["Farah"]


def test_a_change_is_a_new_version_and_the_earlier_one_stays(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    write_summary(about, text="Second.", seen=0, by=cast.ben, at=NOW)
    assert read(cast.farah) == [(1, "First.")], "the new one is a draft"
    release_summary(about, text="Second, said better.", seen=1, by=cast.ben, at=NOW)
    assert read(cast.farah) == [(2, "Second, said better."), (1, "First.")]
    page = get_summary_page(cast.ben, about.session, at=NOW)
    assert page.mine is not None
    assert (page.mine.now.version, [one.text for one in page.mine.before]) == (2, ["First."])


def test_the_same_words_are_no_new_version(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    with pytest.raises(Refused):
        release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    assert Summary.objects.count() == 1


def test_within_ten_minutes_it_is_a_draft_again(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    for _ in range(2):
        take_back_summary(about, by=cast.ben, at=NOW + 9 * MINUTE)
    assert read(cast.farah) == []
    draft = get_summary_page(cast.ben, about.session, at=NOW).draft
    assert draft is not None
    release_summary(about, text="First.", seen=draft.revision, by=cast.ben, at=NOW + 20 * MINUTE)
    with pytest.raises(Conflict):
        take_back_summary(about, by=cast.ben, at=NOW + 30 * MINUTE)
    assert read(cast.farah) == [(1, "First.")]


def test_another_window_is_not_written_over(cast: Cast, about: About) -> None:
    write_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    for act in (write_summary, release_summary):
        with pytest.raises(Conflict):
            act(about, text="Second.", seen=0, by=cast.ben, at=NOW)
    write_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)  # the same twice is once
    assert (Summary.objects.get().text, Summary.objects.get().revision) == ("First.", 1)


def test_a_draft_can_be_deleted_and_what_was_shown_cannot(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    write_summary(about, text="Second.", seen=0, by=cast.ben, at=NOW)
    for _ in range(2):
        drop_draft(about, by=cast.ben, at=NOW)
    assert [one.text for one in Summary.objects.all()] == ["First."]
    with pytest.raises(Conflict):
        write_summary(about, text="Third.", seen=1, by=cast.ben, at=NOW)


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST + 1)])
def test_what_cannot_be_kept_is_refused_by_field(cast: Cast, about: About, text: str) -> None:
    for act in (write_summary, release_summary):
        with pytest.raises(Refused) as refused:
            act(about, text=text, seen=0, by=cast.ben, at=NOW)
        assert list(refused.value.fields) == ["words"]
    assert not Summary.objects.exists()


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli", "Farah"])
def test_nobody_else_writes_shows_or_opens_it(cast: Cast, about: About, name: str) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    who = get_viewer(cast.farah.person_id, at=NOW) if name == "Farah" else staff(cast, name)
    for act in (
        lambda: write_summary(about, text="Mine.", seen=0, by=who, at=NOW),
        lambda: release_summary(about, text="Mine.", seen=0, by=who, at=NOW),
        lambda: take_back_summary(about, by=who, at=NOW),
        lambda: drop_draft(about, by=who, at=NOW),
        lambda: get_summary_page(who, about.session, at=NOW),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_colleague_has_one_of_their_own_beside_it(cast: Cast, about: About) -> None:
    ola = staff(cast, "Ola")
    Assignment.objects.create(episode_id=about.episode, therapist_id=ola.me, since=NOW)
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    release_summary(about, text="Hers.", seen=0, by=ola, at=NOW)
    page = get_summary_page(ola, about.session, at=NOW)
    assert page.mine is not None
    assert (page.mine.now.text, [one.now.text for one in page.others]) == ("Hers.", ["First."])
    assert sorted(text or "" for _, text in read(cast.gil)) == ["First.", "Hers."]


def test_of_ended_work_it_is_read_and_nothing_is_added(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    end_episode(cast.farah.episode, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        write_summary(about, text="Second.", seen=0, by=cast.ben, at=NOW)
    assert read(cast.farah) == [(1, "First.")]
    assert not get_summary_page(cast.ben, about.session, at=NOW).may_write


def test_a_past_therapist_finds_nothing_and_what_they_showed_stays(cast: Cast, about: About) -> None:
    release_summary(about, text="First.", seen=0, by=cast.ben, at=NOW)
    end_assignment(Assignment.objects.get(episode=about.episode, until=None), by=cast.ben, at=NOW)
    with pytest.raises(NotYours):
        take_back_summary(about, by=cast.ben, at=NOW)
    assert read(cast.farah) == [(1, "First.")]


def test_the_audit_knows_what_was_done_and_no_word_of_it(cast: Cast, about: About) -> None:
    release_summary(about, text="secret words", seen=0, by=cast.ben, at=NOW)
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True))[-2:] == [
        "summary.written",
        "summary.released",
    ]
    assert b"secret" not in bytes(Summary.objects.values_list("text", flat=True).get() or b"")
