"""From the record to what lenses may know of times: since the last session, and of the appointment ahead alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from support.cast import NOW, ZONE, Cast, make_cast

from attune.care.schedule.actions import cancel_appointment, hold_session, note_not_seen, plan_appointment
from attune.care.schedule.models import Appointment
from attune.care.schedule.moves import move_appointment
from attune.care.schedule.times import When
from attune.insight.brief import get_brief
from attune.insight.evidence import evidence_of, get_material
from attune.practices.evidence import Change
from attune.practices.page import as_text
from attune.vault.keys import keyring

HERE = ZoneInfo(ZONE)


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()


def when(starts: datetime) -> When:
    wall = starts.astimezone(HERE)
    return When(wall.date(), wall.time().replace(tzinfo=None), ZONE)


def plan(cast: Cast, days: int) -> Appointment:
    return plan_appointment(cast.amara.episode, when=when(NOW + timedelta(days=days)), by=cast.ben, at=NOW)


def changes(cast: Cast) -> list[Change]:
    found = get_material(cast.ben, cast.amara.episode)
    return list(evidence_of(found, found.people[0], at=NOW).changes)


def local(days: int) -> datetime:
    return (NOW + timedelta(days=days)).astimezone(HERE)


def test_what_was_called_off_since_the_last_session_and_before_the_next(cast: Cast) -> None:
    rows = {days: plan(cast, days) for days in (-20, -14, -7, -3, 4, 11, 18)}
    cancel_appointment(rows[-20], side="therapist", by=cast.ben, at=NOW)
    hold_session(rows[-14], by=cast.ben, at=NOW)
    note_not_seen(rows[-7], by=cast.ben, at=NOW)
    cancel_appointment(rows[-3], side="client", by=cast.ben, at=NOW)
    cancel_appointment(rows[18], side="therapist", by=cast.ben, at=NOW)
    to = when(NOW + timedelta(days=5))
    move_appointment(rows[4], to=to, side="client", seen=rows[4].starts_at, by=cast.ben, at=NOW)
    move_appointment(rows[11], to=when(NOW + timedelta(days=12)), side="therapist", seen=rows[11].starts_at,
                     by=cast.ben, at=NOW)  # fmt: skip
    assert changes(cast) == [
        Change("not_seen", local(-7)),
        Change("cancelled", local(-3), "client"),
        Change("moved", local(4), "client"),
    ]


def test_however_much_was_called_off_the_brief_asks_as_often(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            get_brief(cast.ben, cast.amara.episode_id, at=NOW)
        return len(queries)

    plan(cast, 60)
    few = asked()
    for days in range(1, 40):
        cancel_appointment(plan(cast, days), side="client", by=cast.ben, at=NOW)
    assert len(changes(cast)) == 39
    assert asked() == few


def test_a_meeting_cancelled_on_the_therapists_side_reaches_the_brief(cast: Cast) -> None:
    for days in (-21, -14):
        hold_session(plan(cast, days), by=cast.ben, at=NOW)
    cancel_appointment(plan(cast, -7), side="therapist", by=cast.ben, at=NOW - timedelta(days=8))
    brief = get_brief(cast.ben, cast.amara.episode_id, at=NOW)
    assert brief
    assert "On your side, the meeting of Tuesday 10 November was cancelled." in as_text(brief.page)
