"""Not these people: whoever a client keeps out finds nothing, whatever else would let them in."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import can_read_episode, list_readers, visible_episodes
from attune.care.episodes.actions import end_episode, grant_deputy, open_episode
from attune.care.episodes.models import Assignment, Episode, KeptOut, Participant
from attune.care.workflows.keep_out import keep_out, let_in
from attune.insight.not_these_people import get_not_these_people
from attune.people.models import Person, Role
from attune.people.viewers import Viewer, get_viewer

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def ola(cast: Cast) -> Viewer:
    return get_viewer(cast.accounts["Ola"].person_id, at=NOW)


def stand_in(episode: Episode, who: Viewer) -> None:
    person = Person.objects.get(pk=who.me)
    grant_deputy(episode, person=person, until=NOW + timedelta(days=1), reason="Ben is ill.", by=who, at=NOW - MOMENT)


def work_too(episode: Episode, who: Viewer) -> None:
    Assignment.objects.create(episode=episode, therapist_id=who.me, since=NOW - MOMENT)


def reads(who: Viewer, participant: Participant) -> bool:
    episode = participant.episode
    read = can_read_episode(who, episode.id, at=NOW)
    assert read == (episode in visible_episodes(who, at=NOW))
    assert read == (who.me in {one.id for one in list_readers(episode.id, at=NOW)})
    return read


@pytest.mark.parametrize("relate", [stand_in, work_too])
def test_a_deputy_and_a_second_therapist_are_kept_out_and_let_in(cast: Cast, ola: Viewer, relate: object) -> None:
    assert callable(relate)
    relate(cast.amara.episode, ola)
    assert reads(ola, cast.amara)
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert not reads(ola, cast.amara)
    assert reads(cast.ben, cast.amara)
    let_in(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert reads(ola, cast.amara)
    assert list(Event.objects.order_by("seq").values_list("verb", flat=True))[-2:] == [
        "client.keeps-out",
        "client.lets-in",
    ]


def test_it_holds_in_every_work_of_that_client_and_in_no_other(cast: Cast, ola: Viewer) -> None:
    work_too(cast.farah.episode, ola)
    Participant.objects.create(episode=cast.farah.episode, person=cast.amara.person, since=NOW)
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert not reads(ola, cast.farah)
    assert reads(ola, cast.dana)


def test_it_is_seen_and_taken_back_where_it_was_said_alone(cast: Cast, ola: Viewer) -> None:
    elsewhere = Participant.objects.create(episode=cast.farah.episode, person=cast.amara.person, since=NOW)
    work_too(cast.farah.episode, ola)
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert [one.staff_id for one in get_not_these_people(cast.ben, cast.amara.id, at=NOW).listed] == [ola.me]
    assert get_not_these_people(cast.ben, elsewhere.id, at=NOW).listed == []
    with pytest.raises(Conflict):
        let_in(elsewhere.id, staff_id=ola.me, by=cast.ben, at=NOW)
    keep_out(elsewhere.id, staff_id=ola.me, by=cast.ben, at=NOW)
    let_in(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert not reads(ola, cast.farah), "what was said there stands"


def test_one_of_a_couple_is_enough(cast: Cast, ola: Viewer) -> None:
    stand_in(cast.gil.episode, ola)
    keep_out(cast.gil.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert not reads(ola, cast.farah)


def test_nobody_who_is_kept_out_is_let_in_anew(cast: Cast, ola: Viewer) -> None:
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    with pytest.raises(Refused):
        stand_in(cast.amara.episode, ola)
    person = Person.objects.get(pk=ola.me)
    with pytest.raises(Refused):
        open_episode(kind="individual", clients=[cast.amara.person], therapist=person, by=ola, at=NOW)
    work_too(cast.amara.episode, ola)
    assert not reads(ola, cast.amara), "even where it was entered past the actions"


def test_the_same_twice_is_once(cast: Cast, ola: Viewer) -> None:
    for _ in range(2):
        keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert KeptOut.objects.count() == 1
    assert Event.objects.filter(verb="client.keeps-out").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptOut.objects.create(participant=cast.amara, staff_id=ola.me, since=NOW)


def test_what_was_taken_back_can_be_entered_again(cast: Cast, ola: Viewer) -> None:
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    let_in(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        let_in(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert list(KeptOut.objects.order_by("id").values_list("until", flat=True)) == [NOW, None]


def test_somebody_stays_who_reads_what_the_client_says(cast: Cast, ola: Viewer) -> None:
    work_too(cast.amara.episode, ola)
    with pytest.raises(Refused):
        keep_out(cast.amara.id, staff_id=cast.ben.me, by=cast.ben, at=NOW)
    keep_out(cast.amara.id, staff_id=cast.ben.me, by=ola, at=NOW)
    assert not reads(cast.ben, cast.amara)
    stand_in(cast.dana.episode, cast.ben)
    with pytest.raises(Refused, match="Nobody would be left"):
        keep_out(cast.dana.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert reads(ola, cast.dana)
    assert not KeptOut.objects.filter(participant=cast.dana).exists()
    end_episode(cast.dana.episode, by=ola, at=NOW)
    keep_out(cast.dana.id, staff_id=ola.me, by=cast.ben, at=NOW)
    assert not reads(ola, cast.dana), "ended work may be kept from its own therapist"


@pytest.mark.parametrize("staff", [None, uuid4()])
def test_only_the_staff_of_this_clinic_can_be_on_it(cast: Cast, staff: UUID | None) -> None:
    for someone in (staff, cast.dana.person_id):
        with pytest.raises(Refused):
            keep_out(cast.amara.id, staff_id=someone, by=cast.ben, at=NOW)
    Role.objects.filter(person_id=cast.accounts["Chidi"].person_id).update(until=NOW)
    with pytest.raises(Refused):
        keep_out(cast.amara.id, staff_id=cast.accounts["Chidi"].person_id, by=cast.ben, at=NOW)


def test_nobody_else_enters_it(cast: Cast, ola: Viewer) -> None:
    for act in (keep_out, let_in):
        with pytest.raises(NotYours):
            act(cast.amara.id, staff_id=cast.accounts["Chidi"].person_id, by=ola, at=NOW)
        with pytest.raises(NotYours):
            act(uuid4(), staff_id=ola.me, by=cast.ben, at=NOW)
