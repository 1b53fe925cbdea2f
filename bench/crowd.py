"""Eight clients at once: how many completed check-ins a second, and how long each waited, on both databases.

`BENCH_SQLITE` names a folder with a `libsqlite3.so.0` whose write-ahead log is repaired; then that is measured, too.
"""

import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlencode

from support.servers import House, house_on, serving

from attune.base.sqlite import wal_is_safe
from bench.clients import ANSWERS

#: As the mark says: so many clients, who send one after another; and how many check-ins each database is sent.
CLIENTS, CHECK_INS, WARMS_UP = 8, 1200, 80
#: SQLite of a release that may use its write-ahead log.
LOG = "sqlite, write-ahead log"
#: Check-ins a second, and milliseconds in which nineteen of twenty are taken.
AT_LEAST = {"postgresql": 100.0, "sqlite": 40.0, LOG: 80.0}
P95 = 120.0
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submission)" value="([^"]*)"')
_FORM = "application/x-www-form-urlencoded"


@dataclass
class Crowd:
    """What came of it on one database: seconds in all, and of each check-in from its page to its receipt."""

    kind: str
    seconds: float = 0.0
    stored: int = 0
    each: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Stored a second."""
        return self.stored / self.seconds


def time_crowds() -> list[Crowd]:
    """On each database that is here."""
    kinds = ["postgresql", LOG if wal_is_safe() else "sqlite"]
    return [time_crowd(kind) for kind in [*kinds, *([LOG] if os.environ.get("BENCH_SQLITE") else [])]]


@contextmanager
def _library(kind: str) -> Iterator[None]:
    """What is started meanwhile finds the SQLite that was named."""
    before = os.environ.get("LD_LIBRARY_PATH")
    if kind == LOG and not wal_is_safe():
        os.environ["LD_LIBRARY_PATH"] = os.environ["BENCH_SQLITE"]
    try:
        yield
    finally:
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before is not None:
            os.environ["LD_LIBRARY_PATH"] = before


def time_crowd(kind: str) -> Crowd:
    """Furnish a house, open it, and let the crowd in. What counts is what is stored."""
    crowd = Crowd(kind)
    with (
        _library(kind),
        tempfile.TemporaryDirectory(prefix="attune-crowd-") as folder,
        house_on(kind.partition(",")[0], Path(folder)) as (house, _),
    ):
        tokens: list[str] = house.ask("plain_links", CHECK_INS + WARMS_UP)
        with serving(house):
            _answer_all(house, tokens[:WARMS_UP], Crowd(kind))
            before, begun = house.ask("count"), time.monotonic()
            _answer_all(house, tokens[WARMS_UP:], crowd)
            crowd.seconds = time.monotonic() - begun
            crowd.stored = house.ask("count") - before
        if kind != "postgresql" and _keeps_a_log(house) is not (kind == LOG):
            raise SystemExit(f"{kind}: the database keeps another kind of journal. Nothing measured here counts.")
    if crowd.stored != CHECK_INS:
        raise SystemExit(f"{kind}: {CHECK_INS} were sent and {crowd.stored} stored. Nothing measured here counts.")
    return crowd


def _keeps_a_log(house: House) -> bool:
    """Byte 18 of a database of SQLite: 2 where it keeps a write-ahead log, else 1 (its file format)."""
    with (house.home / "attune.sqlite3").open("rb") as file:
        return file.read(19)[18] == 2


def _answer_all(house: House, tokens: list[str], crowd: Crowd) -> None:
    waiting: Queue[str] = Queue()
    for token in tokens:
        waiting.put(token)
    threads = [Thread(target=_client, args=[house.port, waiting, crowd]) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _client(port: int, waiting: "Queue[str]", crowd: Crowd) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as line:
        while True:
            try:
                token = waiting.get_nowait()
            except Empty:
                return
            _complete(line, f"/c/{token}/", crowd)


def _complete(line: HTTPConnection, address: str, crowd: Crowd) -> None:
    begun = time.monotonic()
    line.request("GET", address, headers={"Host": "localhost"})
    answer = line.getresponse()
    page = answer.read().decode()
    cookies = "; ".join(one.split(";")[0] for one in answer.headers.get_all("Set-Cookie", []))
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(page)}
    sent = time.monotonic()
    headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": _FORM}
    line.request("POST", address, urlencode(ANSWERS | hidden), headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302:
        raise SystemExit(f"A check-in was answered with {answer.status}.")
    crowd.sent.append(time.monotonic() - sent)
    line.request("GET", answer.headers["Location"], headers={"Host": "localhost"})
    line.getresponse().read()
    crowd.each.append(time.monotonic() - begun)


def section(crowds: list[Crowd]) -> Iterator[str]:
    """As Markdown."""
    yield "## Eight clients at once"
    yield ""
    yield f"{CHECK_INS:,} check-ins of all eight lines on each database, after {WARMS_UP} that warm up, by the clock."
    yield "Each is a page, an answer and a receipt. The clients run on the same processors and take their share of"
    yield "them; the server is the one that `attune serve` opens (SQLite: one process; PostgreSQL: two)."
    yield ""
    yield "| check-ins | a second | median ms | p95 ms | p95 ms of the answer alone |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for crowd in crowds:
        each, sent = (sorted(listed) for listed in (crowd.each, crowd.sent))
        yield (
            f"| {crowd.kind} | {crowd.rate:.1f} | {statistics.median(each) * 1000:.0f} | {_p95(each):.0f} | "
            f"{_p95(sent):.0f} |"
        )
    yield ""
    for crowd in crowds:
        least, waited = AT_LEAST[crowd.kind], _p95(crowd.sent)
        kept = "kept" if crowd.rate >= least else "**missed**"
        line = f"- {crowd.kind}: {crowd.rate:.1f} a second. Mark: at least {least:.0f}, {kept}"
        if crowd.kind == "postgresql":
            line += f"; nineteen of twenty within {P95:.0f} ms, {'kept' if waited <= P95 else '**missed**'}"
        yield line + "."
    if LOG not in [crowd.kind for crowd in crowds]:
        yield "- SQLite with a write-ahead log (mark: at least 80): not measured, this SQLite is older than its repair."


def _p95(listed: list[float]) -> float:
    return sorted(listed)[int(len(listed) * 0.95)] * 1000
