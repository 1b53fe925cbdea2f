"""A prepared query: composed once, asked with any values."""

from collections.abc import Collection
from datetime import datetime, timedelta
from gc import collect
from threading import Thread
from uuid import UUID
from weakref import ref

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from support.cast import NOW, Cast, make_cast

from attune.base.ids import new_id
from attune.base.prepared import _Composed, _StandIn, prepared
from attune.care.episodes.models import Assignment, Participant

pytestmark = pytest.mark.django_db
composed: list[str] = []


@pytest.fixture
def cast() -> Cast:
    composed.clear()
    return make_cast()


@prepared
def held_before(at: datetime, episodes: Collection[UUID]) -> QuerySet[Assignment]:
    composed.append("held_before")
    return Assignment.objects.filter(since__lt=at, episode__in=episodes).order_by("id")


@prepared
def people_of(episode: UUID) -> QuerySet[Participant, UUID]:
    return Participant.objects.filter(episode=episode).exclude(until__isnull=False).values_list("person", flat=True)


def test_it_is_composed_once_and_finds_what_fits_each_time(cast: Cast) -> None:
    held_before._composed.clear()
    both = [cast.amara.episode_id, cast.farah.episode_id]
    first = Assignment.objects.filter(episode__in=both).order_by("since")[0].since
    assert {one.episode_id for one in held_before(NOW, both)} == set(both)
    assert {one.episode_id for one in held_before(NOW, {both[1]})} == {both[1]}
    assert held_before(first, both) == [], "none was held before the first"
    assert len(held_before(first + timedelta(seconds=1), dict.fromkeys(both))) == 1
    assert composed == ["held_before"]


def test_single_values_come_back_as_they_are(cast: Cast) -> None:
    assert people_of(cast.amara.episode_id) == [cast.amara.person_id]
    assert people_of(new_id()) == []


def test_it_costs_one_query_and_none_where_there_is_nobody_to_ask_for(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        held_before(NOW, [cast.amara.episode_id])
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert held_before(NOW, []) == []
    assert len(asked) == 0


def test_none_is_refused(cast: Cast) -> None:
    with pytest.raises(TypeError, match="None is none"):
        people_of(None)  # type: ignore[arg-type]  # the mistake itself
    with pytest.raises(TypeError, match="None is none"):
        held_before(NOW, [cast.amara.episode_id, None])  # type: ignore[list-item]  # and inside


def test_what_looks_into_a_value_is_refused() -> None:
    @prepared
    def curious(at: datetime) -> QuerySet[Assignment]:
        return Assignment.objects.filter(since__year=at.year)

    with pytest.raises(AttributeError):
        curious(NOW)


def test_each_row_is_an_instance_of_its_own(cast: Cast) -> None:
    (one,), (same,) = (held_before(NOW, [cast.farah.episode_id]) for _ in range(2))
    assert one == same
    assert one is not same


def test_it_holds_nothing_of_the_connection_of_the_thread_that_asked_first() -> None:
    kept, seen = [], []

    def ask_first() -> None:
        kept.append(_Composed(Participant.objects.filter(since__lt=_StandIn(0, several=False))))
        seen.append(ref(connections["default"]))

    thread = Thread(target=ask_first)
    thread.start()
    thread.join()
    del thread
    collect()
    assert seen[0]() is None
