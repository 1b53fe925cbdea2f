"""D5: the disk under the databases is full. Told as what it is, nothing lost, and well again as soon as there is room.

The house lives on a small disk in memory (tmpfs). Where mounting is not permitted, the server's processes may write no
file beyond a size instead: SQLite then hears another error for the same thing.
"""

import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from support.figures import keep
from support.ledger import NONE, compare
from support.servers import Serving, house_on, serving
from support.waiting_room import WaitingRoom

pytestmark = pytest.mark.deep

#: Seconds after which a check-in is taken again, once there is room (trust.md D5).
WELL_WITHIN = 10.0
CLIENTS, LINKS = 3, 4000
#: Bytes left to the databases when the clients come.
LEFT = 1_000_000
#: Bytes of the disk in memory: SQLite begins with little, PostgreSQL with forty megabytes and its log.
SIZES = {"sqlite": 24_000_000, "postgresql": 160_000_000}


class Disk(Protocol):
    """What can be full, and have room again."""

    name: str
    folder: Path

    def fill(self, server: Serving) -> None: ...

    def make_room(self, server: Serving) -> None: ...


class InMemory:
    """A file takes up all the room but a little; room is made by deleting it."""

    name = "a small tmpfs"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"

    def fill(self, server: Serving) -> None:
        """Leave a little: the clients fill that themselves."""
        free = _free(self.folder) - LEFT
        self.ballast.write_bytes(b"\0" * free)

    def make_room(self, server: Serving) -> None:
        self.ballast.unlink()


class Limited:
    """No process of the server may make a file longer than it is now, but for a little."""

    name = "a limit of the length of a file (mounting is not permitted here)"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, server: Serving) -> None:
        longest = max(path.stat().st_size for path in (self.folder / "home").glob("*.sqlite3"))
        self._limit(server, longest + LEFT)

    def make_room(self, server: Serving) -> None:
        self._limit(server, resource.RLIM_INFINITY)

    def _limit(self, server: Serving, size: int) -> None:
        for pid in (server.pid, *server.workers()):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _free(folder: Path) -> int:
    told = subprocess.run(["df", "--output=avail", "-B1", folder], capture_output=True, text=True, check=True)
    return int(told.stdout.split()[-1])


@contextmanager
def small_disk(size: int) -> Iterator[Disk]:
    """A disk of so many bytes, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="attune-disk-") as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", place]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            yield Limited(Path(place))
            return
        try:
            yield InMemory(Path(place))
        finally:
            subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_there_is_no_room(kind: str, tmp_path: Path) -> None:
    with small_disk(SIZES[kind]) as disk, house_on(kind, _home(kind, disk, tmp_path), disk.folder) as (house, database):
        if database is not None and not isinstance(disk, InMemory):
            pytest.skip("PostgreSQL needs a small disk, and mounting one is not permitted here")
        room = WaitingRoom(house.port, house.ask("links", LINKS), pause=0.01)
        whole = house.ask("whole")
        with serving(house) as server, room.full(CLIENTS):
            room.first_received_after(time.monotonic())
            disk.fill(server)
            _until_refused(room)
            time.sleep(3)  # full for a while: everybody is told, and tries again
            refused = room.statuses[503]
            disk.make_room(server)
            stopped = database is not None and database.start_if_stopped()
            seconds = room.first_received_after(time.monotonic())
            time.sleep(1)
        record = house.ask("record")
        differences = compare(room.ledger, record, whole)
    assert differences == NONE
    assert (record["chain"], record["sound"], room.wrong) == (True, True, [])
    assert refused > 0
    assert seconds <= WELL_WITHIN
    keep(
        "D5",
        kind,
        f"the databases’ disk full: {disk.name}",
        f"{len(room.ledger.acknowledged)} acknowledged, 0 lost, 0 doubled, 0 altered, 0 half; {refused} × 503 with "
        f"Retry-After and what was typed; integrity ok; received again {seconds:.2f} s after there was room"
        + (" (PostgreSQL had stopped itself, and was started as a minder of services would)" if stopped else ""),
    )


def _home(kind: str, disk: Disk, elsewhere: Path) -> Path:
    """SQLite lies in the house's home; of PostgreSQL's house only the database is short of room."""
    return disk.folder if kind == "sqlite" else elsewhere


def _until_refused(room: WaitingRoom) -> None:
    until = time.monotonic() + 120
    while not room.statuses[503]:
        assert time.monotonic() < until, f"the disk never became full: {room.statuses}"
        time.sleep(0.02)
