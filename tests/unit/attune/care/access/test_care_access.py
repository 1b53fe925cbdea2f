"""Who may read an episode: one rule for lists and for single objects, for everybody and at every hour."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from support.cast import NOW, Cast

from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import (
    can_read_episode,
    check_can_read_episode,
    check_can_work_in,
    visible_episodes,
)
from attune.care.episodes.actions import end_assignment, end_episode, grant_deputy
from attune.care.episodes.models import Assignment, Episode
from attune.people.models import Person, Role
from attune.people.viewers import ANONYMOUS, MACHINE, Viewer, get_viewer

MOMENT = timedelta(microseconds=1)
BEGAN = NOW - timedelta(weeks=20)
TOMORROW = NOW + timedelta(days=1)
HOURS = [BEGAN - timedelta(days=2), BEGAN - MOMENT, BEGAN, NOW - MOMENT, NOW, TOMORROW - MOMENT, TOMORROW]


def viewer(cast: Cast, name: str, at: datetime = NOW) -> Viewer:
    return get_viewer(cast.accounts[name].person_id, at=at)


def deputize(cast: Cast, name: str = "Ola", until: datetime = TOMORROW) -> None:
    person = Person.objects.get(pk=cast.accounts[name].person_id)
    grant_deputy(cast.amara.episode, person=person, until=until, reason="Ben is ill.", by=cast.ben, at=NOW)


def reads(who: Viewer, episode: Episode, at: datetime) -> bool:
    try:
        return check_can_read_episode(who, episode.id, at=at) == episode
    except NotYours:
        return False


def test_the_list_and_the_object_agree_for_everybody_at_every_hour(cast: Cast) -> None:
    deputize(cast)
    deputize(cast, "Chidi")
    clients = [get_viewer(who.person_id, at=NOW) for who in (cast.amara, cast.dana, cast.farah, cast.gil)]
    answers = set()
    for at in HOURS:
        staff = [viewer(cast, name, at) for name in cast.accounts]
        for who in [*staff, *clients, MACHINE, ANONYMOUS]:
            listed = set(visible_episodes(who, at=at))
            for episode in Episode.objects.all():
                seen = (episode in listed, can_read_episode(who, episode.id, at=at), reads(who, episode, at))
                assert len(set(seen)) == 1, (who.roles, at)
                answers.add(seen[0])
    assert answers == {True, False}


def test_a_therapist_sees_their_own(cast: Cast) -> None:
    assert set(visible_episodes(cast.ben, at=NOW)) == {cast.amara.episode, cast.farah.episode}
    assert set(visible_episodes(viewer(cast, "Ola"), at=NOW)) == {cast.dana.episode}


@pytest.mark.parametrize("name", ["Chidi", "Eli"])
def test_other_roles_see_none_even_with_an_assignment(cast: Cast, name: str) -> None:
    who = viewer(cast, name)
    Assignment.objects.create(episode=cast.amara.episode, therapist_id=who.me, since=BEGAN)
    assert not visible_episodes(who, at=NOW).exists()


def test_a_client_sees_nothing_at_the_desk(cast: Cast) -> None:
    assert not visible_episodes(get_viewer(cast.amara.person_id, at=NOW), at=NOW).exists()


def test_a_past_therapist_sees_nothing(cast: Cast) -> None:
    assert not reads(viewer(cast, "Ola"), cast.amara.episode, NOW)
    mine = Assignment.objects.get(episode=cast.amara.episode, therapist_id=cast.ben.person_id)
    end_assignment(mine, by=cast.ben, at=NOW)
    assert reads(cast.ben, cast.amara.episode, NOW - MOMENT)
    assert not reads(cast.ben, cast.amara.episode, NOW)


def test_a_deputy_until_the_end(cast: Cast) -> None:
    deputize(cast)
    ola = viewer(cast, "Ola")
    assert not reads(ola, cast.amara.episode, NOW - MOMENT)
    assert reads(ola, cast.amara.episode, NOW)
    assert reads(ola, cast.amara.episode, TOMORROW - MOMENT)
    assert not reads(ola, cast.amara.episode, TOMORROW)


def test_a_deputy_needs_an_end_and_a_reason(cast: Cast) -> None:
    with pytest.raises(Refused):
        deputize(cast, until=NOW)
    person = Person.objects.get(pk=cast.accounts["Ola"].person_id)
    with pytest.raises(Refused):
        grant_deputy(cast.amara.episode, person=person, until=TOMORROW, reason=" ", by=cast.ben, at=NOW)


def test_a_role_that_ended_shuts_the_desk(cast: Cast) -> None:
    Role.objects.filter(person_id=cast.ben.me).update(until=NOW)
    assert not visible_episodes(viewer(cast, "Ben"), at=NOW).exists()


def test_ended_work_is_read_and_not_added_to(cast: Cast) -> None:
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert reads(cast.ben, cast.amara.episode, NOW)
    with pytest.raises(Conflict):
        check_can_work_in(cast.ben, cast.amara.episode_id, at=NOW)


def test_missing_and_anothers_are_one_answer(cast: Cast) -> None:
    said = []
    for episode in (uuid4(), cast.dana.episode_id):
        with pytest.raises(NotYours) as refused:
            check_can_work_in(cast.ben, episode, at=NOW)
        said.append(refused.value.sentence)
    assert said[0] == said[1]
