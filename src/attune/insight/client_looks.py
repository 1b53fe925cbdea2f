"""Who opened something of a client's, by day, for that client: up to yesterday, so that it tells of no moment."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from attune.audit.journal import note
from attune.audit.looks import Where, list_looks
from attune.base.errors import NotYours
from attune.care.access.relations import list_ever_readers, own_participations
from attune.insight.months import Month, by_month
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class Day:
    """A day, and the names of those who opened something on it."""

    day: date
    names: list[str]


def list_who_looked(viewer: Viewer, *, at: datetime) -> list[Month[Day]]:
    """The newest day first, month by month; leaves one event."""
    own = list(own_participations(viewer).select_related("person"))
    if not own:
        raise NotYours
    zone = ZoneInfo(own[0].person.zone)
    today = datetime.combine(at.astimezone(zone).date(), time(), zone)
    episodes = [one.episode_id for one in own]
    looks = list_looks(viewer.me, Where(episodes, list_ever_readers(episodes)), before=today, zone=zone)
    people = Person.objects.in_bulk({actor for _, actor in looks})
    load_for(people.values())
    note("looks.read", by=viewer, at=at, shown=[viewer.me])
    days = [
        Day(day, [str(people[actor].name) for _, actor in found if actor in people])
        for day, found in groupby(looks, lambda look: look[0])
    ]
    return by_month(days, lambda one: one.day)
