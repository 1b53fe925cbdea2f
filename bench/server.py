"""A server as a child process, and the CPU time that it and its workers have used."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """Where it listens, and its first process."""

    url: str
    pid: int

    def cpu_ms(self) -> float:
        """CPU time of all its processes so far, in milliseconds."""
        return sum(time.clock_gettime(_clock_of(pid)) for pid in _family(self.pid)) * 1000


@contextmanager
def running(command: list[str], port: int, env: dict[str, str]) -> Iterator[Server]:
    """Start it with this Python, wait until it listens, stop it at the end."""
    process = subprocess.Popen([sys.executable, "-m", *command], env=os.environ | env, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield Server(f"http://localhost:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it answers anything at all: it listens earlier than it has loaded what it serves."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as asking:
                asking.request("GET", "/health/", headers={"Host": "localhost"})
                asking.getresponse().read()
                return
        except ConnectionError:
            time.sleep(0.1)
    raise SystemExit("A server did not come up; what it said stands above.")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(found for child in children for found in _family(int(child)))]


def _clock_of(pid: int) -> int:
    """Linux's number for the CPU clock of another process (clock_getcpuclockid(3)): exact, where /proc counts ticks."""
    return (~pid << 3) | 2
