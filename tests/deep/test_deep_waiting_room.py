"""S6: two hundred clients behind one address answer within five minutes, while wrong links come from there as well."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from secrets import token_urlsafe
from threading import Event, Thread

import pytest
from support.figures import how_often, keep
from support.ledger import NONE, compare
from support.servers import house_on, serving
from support.waiting_room import WaitingRoom

pytestmark = pytest.mark.deep

CLIENTS = 200
#: What the goal asks for would stay below the limit of an address (60 a minute), and prove nothing: twice as many.
WRONG_A_MINUTE = 100
#: Seconds between opening a form and sending it.
THINKS = 20.0


@contextmanager
def wrong_links(port: int) -> Iterator[Counter[int]]:
    """Somebody at the same address tries links that nobody was given; what they were answered."""
    answers, over = Counter[int](), Event()

    def guess() -> None:
        while not over.wait(60 / WRONG_A_MINUTE):
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as asking:
                asking.request("GET", f"/c/{token_urlsafe(32)}/", headers={"Host": "localhost"})
                answer = asking.getresponse()
                assert answer.status != 429 or answer.headers["Retry-After"] == "60"
                answers[answer.status] += 1

    thread = Thread(target=guess, daemon=True)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join(60)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_full_waiting_room_behind_one_address(kind: str, tmp_path: Path) -> None:
    seconds = how_often("ATTUNE_ROOM_SECONDS", 300) - THINKS - 5
    with house_on(kind, tmp_path) as (house, _):
        whole = house.ask("whole")
        before = len(house.ask("record")["found"])
        room = WaitingRoom(house.port, house.ask("links", CLIENTS, 1), thinks=THINKS)
        with serving(house), wrong_links(house.port) as wrong:
            begun = time.monotonic()
            room.through_the_day(seconds)
            took = time.monotonic() - begun
        record = house.ask("record")
    assert room.wrong == []
    assert room.statuses == {200: CLIENTS, 302: CLIENTS}, (
        "each asked twice: nobody was refused, nobody had to try again"
    )
    assert len(room.ledger.acknowledged) == len(record["found"]) - before == CLIENTS
    assert compare(room.ledger, record, whole) == NONE
    assert set(wrong) == {404, 429}, "the address was one that is being slowed"
    assert took <= 300
    assert 60 * wrong.total() / took >= 50
    keep(
        "S6a",
        kind,
        f"{CLIENTS} clients behind one address, within {took:.0f} s; from there as well "
        f"{60 * wrong.total() / took:.0f} wrong links a minute; default limits",
        f"{len(record['found']) - before} received, by rows; 0 refusals in {2 * CLIENTS} answers; of "
        f"{wrong.total()} wrong links {wrong[429]} were told to wait",
    )
