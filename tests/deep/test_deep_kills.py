"""D1, D2: what serves is killed under load, and what keeps is killed under load. What was acknowledged is there."""

import random
import time
from pathlib import Path

import pytest
from support.figures import how_often, keep
from support.ledger import NONE, compare
from support.servers import Postgres, Serving, house_on, serving, until_it_answers
from support.waiting_room import WaitingRoom

pytestmark = pytest.mark.deep

#: Seconds: a worker is back, a check-in is taken again once the database takes connections (trust.md D1, D2).
SERVING_WITHIN, RECEIVED_WITHIN = 2.0, 3.0
CLIENTS = 4


def _check_ins(kills: int, each: int) -> int:
    return kills * each + 100


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_workers_are_killed_under_load(kind: str, tmp_path: Path) -> None:
    kills, seconds = how_often("ATTUNE_KILLS", 200), list[float]()
    with house_on(kind, tmp_path) as (house, _):
        room = WaitingRoom(house.port, house.ask("links", _check_ins(kills, 30)))
        whole = house.ask("whole")
        with serving(house) as server, room.full(CLIENTS):
            room.first_received_after(time.monotonic())
            for _ in range(kills):
                time.sleep(random.uniform(0.05, 0.25))
                seconds.append(_kill_a_worker(server))
                room.first_received_after(time.monotonic())
        record = house.ask("record")
        differences = compare(room.ledger, record, whole)
    received = len(room.ledger.acknowledged)
    assert differences == NONE
    assert (record["chain"], record["sound"], room.wrong) == (True, True, [])
    assert received >= kills
    assert max(seconds) <= SERVING_WITHIN
    keep(
        "D1",
        kind,
        f"{kills} workers killed by `kill -9`, {CLIENTS} clients at once",
        f"{received} acknowledged, 0 lost, 0 doubled, 0 altered, 0 half; answers again after "
        f"{_middle(seconds):.2f} s (median), {max(seconds):.2f} s (longest)",
    )


def _kill_a_worker(server: Serving) -> float:
    """Seconds until a page comes again, asked anew; on PostgreSQL the other worker goes on meanwhile."""
    before = server.workers()
    server.kill_a_worker()
    begun = time.monotonic()
    until_it_answers(server.house.port)
    answered = time.monotonic() - begun
    while set(server.workers()) & set(before[:1]) and time.monotonic() - begun < 10:
        time.sleep(0.01)
    return answered


def test_the_database_is_killed_under_load(tmp_path: Path) -> None:
    kills, seconds = how_often("ATTUNE_DB_KILLS", 50), list[float]()
    with house_on("postgresql", tmp_path) as (house, database):
        assert database is not None
        room = WaitingRoom(house.port, house.ask("links", _check_ins(kills, 80)))
        whole = house.ask("whole")
        with serving(house) as server, room.full(CLIENTS):
            workers = server.workers()
            for _ in range(kills):
                room.first_received_after(time.monotonic())
                time.sleep(random.uniform(0.1, 0.5))
                seconds.append(_kill(database, room))
            assert server.workers() == workers, "no worker was started anew"
        record = house.ask("record")
        differences = compare(room.ledger, record, whole)
    received = len(room.ledger.acknowledged)
    assert differences == NONE
    assert (record["chain"], room.wrong) == (True, [])
    assert room.statuses[503] >= kills, "each time somebody was told"
    assert max(seconds) <= RECEIVED_WITHIN
    keep(
        "D2",
        "postgresql",
        f"every process killed by `kill -9`, {kills} times, {CLIENTS} clients at once",
        f"{received} acknowledged, 0 lost, 0 doubled, 0 altered, 0 half; {room.statuses[503]} × 503 with Retry-After, "
        f"no 4xx, no other 5xx; received again {_middle(seconds):.2f} s (median), {max(seconds):.2f} s (longest) after "
        "the database was ready; no worker started anew",
    )


def _kill(database: Postgres, room: WaitingRoom) -> float:
    """Seconds from the database's being ready to the first acknowledgement."""
    database.kill()
    told = room.statuses[503]
    until = time.monotonic() + 10
    while room.statuses[503] == told and time.monotonic() < until:
        time.sleep(0.01)
    database.start()
    return room.first_received_after(time.monotonic())


def _middle(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]
