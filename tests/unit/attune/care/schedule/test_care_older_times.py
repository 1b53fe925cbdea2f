"""What was planned, cancelled and held before there were series is carried over as it was."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from support.cast import NOW, ZONE

from attune.audit.triggers import missing_triggers
from attune.care.schedule.models import Appointment, Session

BEFORE = [("care", "0006_not_these_people")]


def migrated(targets: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def older(transactional_db: None) -> Iterator[Any]:
    """The tables as they were; afterwards as they are."""
    leaves = [node for node in MigrationExecutor(connection).loader.graph.leaf_nodes() if node[0] == "care"]
    yield migrated(BEFORE)
    migrated(leaves)


def test_older_data_is_carried_over(older: Any) -> None:
    episode = older.get_model("care", "Episode").objects.create(
        id=uuid4(), kind="individual", opened_at=NOW, zone=ZONE, state="working"
    )
    rows = older.get_model("care", "Appointment").objects
    told = {"day": NOW.date(), "time": NOW.time(), "zone": ZONE, "starts_at": NOW}
    cancelled = rows.create(id=uuid4(), episode=episode, state="cancelled", **told)
    held = rows.create(id=uuid4(), episode=episode, state="planned", **told)
    session = older.get_model("care", "Session").objects.create(
        id=uuid4(), episode=episode, appointment=held, number=1, held_at=NOW
    )
    migrated([("care", "0007_appointments_in_series")])
    one = Appointment.objects.get(pk=cancelled.id)
    assert (one.state, one.cancelled_by, one.told_at, one.series_id) == ("cancelled", "", None, None)
    one = Appointment.objects.get(pk=held.id)
    assert (one.state, one.starts_at, one.session.id) == ("planned", NOW, session.id)
    assert Session.objects.values_list("kept", "off_by").get() == ("", None)
    Appointment.objects.create(episode_id=episode.id, state="cancelled", **told)
    with pytest.raises(IntegrityError), transaction.atomic():  # the rule of the table came with it
        Appointment.objects.create(episode_id=episode.id, state="not-seen", **told)
    assert missing_triggers(connection) == set()
