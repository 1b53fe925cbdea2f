"""Half an hour without a pause: no error, nothing lost, and memory that does not grow."""

import re
import time
from pathlib import Path
from statistics import median

import pytest
from support.figures import how_often, keep
from support.ledger import NONE, compare
from support.servers import Serving, house_on, serving
from support.waiting_room import WaitingRoom

pytestmark = pytest.mark.deep

#: Clients, each of whom rests so many seconds between two check-ins: a busy clinic all day, every few seconds one.
CLIENTS, RESTS = 4, 0.6
#: Seconds between two looks at the memory, and by how much the last third may lie above the middle one.
LOOKS, GROWS = 10.0, 1.05
#: More than anybody gets through in a minute.
A_MINUTE = 400


def memory_of(server: Serving) -> int:
    """Bytes that all its processes hold, those that answer and the one that sweeps."""
    return sum(_held(pid) for pid in server.workers())


def _held(pid: int) -> int:
    found = re.search(r"^VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text("ascii"), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_half_an_hour_without_a_pause(kind: str, tmp_path: Path) -> None:
    minutes, held = how_often("ATTUNE_SOAK", 30), list[int]()
    with house_on(kind, tmp_path) as (house, _):
        room = WaitingRoom(house.port, house.ask("links", minutes * A_MINUTE), pause=RESTS)
        whole = house.ask("whole")
        with serving(house, sweeps=True) as server, room.full(CLIENTS):
            workers, until = server.workers(), time.monotonic() + minutes * 60
            while time.monotonic() < until:
                time.sleep(LOOKS)
                held.append(memory_of(server))
            assert server.workers() == workers, "no process was started anew"
        record = house.ask("record")
        differences = compare(room.ledger, record, whole)
    received, third = len(room.ledger.acknowledged), len(held) // 3
    middle, last = median(held[third : 2 * third]), median(held[2 * third :])
    assert differences == NONE
    assert (record["chain"], record["sound"], room.wrong) == (True, True, [])
    assert set(room.statuses) <= {200, 302}, room.statuses
    assert received >= minutes * 30
    assert last <= middle * GROWS, f"{middle / 2**20:.0f} MB, then {last / 2**20:.0f} MB"
    keep(
        "soak",
        kind,
        f"{minutes} minutes without a pause, {CLIENTS} clients at once, the worker beside them",
        f"{received} acknowledged, 0 lost, 0 doubled, 0 altered, 0 half; no answer but 200 and 302; "
        f"memory of all processes {middle / 2**20:.0f} MB in the second third, {last / 2**20:.0f} MB in the last",
    )
