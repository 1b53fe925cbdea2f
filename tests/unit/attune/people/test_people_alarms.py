"""An alarm tells that somebody is trying, once an hour, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.cast import NOW

from attune.audit.models import Event
from attune.people.alarms import Alarm
from attune.people.limits import Limit

VERB = "alarm.doors-tried"


@pytest.fixture
def alarm(db: None) -> Alarm:
    return Alarm(VERB, "doors", Limit("doors tried", 3, 3600))


def test_told_when_there_are_too_many_and_not_before(alarm: Alarm, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        alarm.hear(at=NOW)
    assert (alarm.last_told(), caplog.text, Event.objects.count()) == (None, "", 0)
    for _ in range(20):
        alarm.hear(at=NOW)
    assert alarm.last_told() == NOW
    assert caplog.messages == [
        "Somebody is trying doors: 3 wrong within 3600 seconds. Look where they come from in the log of your proxy."
    ]
    told = Event.objects.get()
    assert (told.verb, told.actor, told.actor_kind, told.subject) == (VERB, None, "machine", None)


def test_told_again_after_an_hour(alarm: Alarm, caplog: pytest.LogCaptureFixture) -> None:
    for minutes in (0, 59, 60):
        cache.delete(alarm.tries._key("all"))  # its time is over, and it comes again
        for _ in range(3):
            alarm.hear(at=NOW + timedelta(minutes=minutes))
    assert [event.at for event in Event.objects.order_by("seq")] == [NOW, NOW + timedelta(hours=1)]
    assert len(caplog.messages) == 2


def test_a_flood_does_not_become_a_flood_of_writes(alarm: Alarm) -> None:
    for _ in range(3):
        alarm.hear(at=NOW)
    with CaptureQueriesContext(connection) as asked:
        alarm.hear(at=NOW)
    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]
