"""The things that are measured, each on a server that runs."""

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path

from bench import clients, house
from bench.addresses import EMPTY
from bench.measure import Measured
from bench.server import Server, free_port, running

#: How often each is done in a round: enough that a round takes the server a good part of a second.
CHECK_INS, PAGES, ROWS = 30, 60, 150


def list_things(folder: Path, port: int, rounds: int, stack: ExitStack) -> list[Measured]:
    """Furnish the house, start both servers, and hand over what to do on them."""
    furnished = house.furnish(CHECK_INS * rounds)
    product = stack.enter_context(running(["attune.cli", "serve", "--no-worker", "--port", str(port)], port, {}))
    return [_floor(folder / "floor.sqlite3", stack), _check_in(product, furnished), *_pages(product, furnished)]


def _floor(database: Path, stack: ExitStack) -> Measured:
    port, client = free_port(), clients.browser()
    command = ["gunicorn", "--workers=1", "--threads=8", "--worker-class=gthread", "--no-control-socket"]
    address = [f"--bind=127.0.0.1:{port}", "--log-level=warning", "bench.floor:application"]
    env = {"FLOOR_DATABASE": str(database), "DJANGO_SETTINGS_MODULE": ""}
    server = stack.enter_context(running([*command, *address], port, env))

    def write() -> None:
        clients.send(client, f"{server.url}/", {"text": clients.ANSWERS["less"]})

    def stored() -> int:
        with closing(sqlite3.connect(database)) as reader:
            return int(reader.execute("SELECT count(*) FROM floor_line").fetchone()[0])

    return Measured("bare floor: one view, one row", server, write, stored, ROWS)


def _check_in(product: Server, furnished: house.House) -> Measured:
    tokens = iter(furnished.tokens)
    return Measured(
        "check-in: page, eight lines, both questions, a note, receipt",
        product,
        lambda: clients.complete_checkin(product.url, next(tokens)),
        house.count_responses,
        CHECK_INS,
    )


def _pages(product: Server, furnished: house.House) -> list[Measured]:
    desk = clients.sign_in(product.url)

    def page(name: str, address: str, verb: str) -> Measured:
        return Measured(
            name,
            product,
            lambda: clients.look_at(desk, f"{product.url}{address}"),
            lambda: house.count_events(verb),
            PAGES,
        )

    return [
        page("empty signed-in page, one event", "/bench/empty/", EMPTY),
        page("brief, after seven sessions", f"/desk/episodes/{furnished.amara}/brief/", "brief.read"),
        page(f"Today, {furnished.clients} clients", "/desk/", "today.read"),
        page(f"caseload, {furnished.clients} clients", "/desk/caseload/", "caseload.read"),
        page(
            "timeline, after seven sessions", f"/desk/participants/{furnished.amara_herself}/timeline/", "timeline.read"
        ),
    ]
