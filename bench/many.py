"""The pages of a therapist in a house with a thousand stored responses, and in the same house with a million.

Both houses are open at once, and the same pages of the same therapist are asked of them in turn. How they are made,
and what they do not show: `years.py`. Alone: `PYTHONPATH=tests python -m bench.many`; with the rest: `--many`.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from support.doorman import ROLE
from support.servers import House, Postgres, house_on, serving

from attune.commands.home import prepare_home
from bench import clients
from bench.measure import Measured
from bench.server import Server, free_port

RESPONSES, ROUNDS, PAGES = 1_000_000, 9, 20
#: How many times longer a page may take in the house with a million.
MOST = 1.3
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Both:
    """One page: in the house with few responses, and in the one with many."""

    name: str
    few: Measured
    many: Measured

    @property
    def cost(self) -> float:
        """How many times more CPU time it takes."""
        return self.many.cost / self.few.cost

    @property
    def wait(self) -> float:
        """How many times longer it takes by the clock."""
        return self.many.wait / self.few.wait


@dataclass(frozen=True)
class Houses:
    """What came of it on one database: how many responses lie in each, how many clients the therapist has."""

    kind: str
    few: int
    many: int
    clients: int
    pages: list[Both]


@dataclass(frozen=True)
class Whole(Server):
    """A server and the database that works beside it: what a page costs is what both of them do for it."""

    database: Postgres | None

    def cpu_ms(self) -> float:
        """CPU time of all processes of both so far, in milliseconds."""
        beside = Server("", self.database.process.pid).cpu_ms() if self.database else 0.0
        return super().cpu_ms() + beside


def time_many(kind: str, responses: int = RESPONSES) -> Houses:
    """Furnish a house, copy it, let the copy grow; open both; ask for each page in turn."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attune-many-")))
        few, database = stack.enter_context(house_on(kind, folder / "few"))
        prepare_home(few.home, demo=True)
        told = _ask(few.env, "furnish")
        many = _copy(few, folder / "many", database)
        copies = -(-(responses - told["own"]) // told["others"])
        grown = _ask(_as_master(many, database), "grow", copies, told["since"])
        for house in (few, many):
            _ask(_as_master(house, database), "settle")
        asked = [_pages(house, database, told, stack) for house in (few, many)]
        pages = [Both(one.name, one, other) for one, other in zip(*asked, strict=True)]
        for _ in range(ROUNDS + 1):
            for page in pages:
                page.few.measure()
                page.many.measure()
    for page in pages:
        page.few.forget_first()
        page.many.forget_first()
    return Houses(kind, told["own"] + told["others"], grown["responses"], told["clients"], pages)


def _ask(env: dict[str, str], *words: object) -> Any:
    """Something done in a house, in a process of its own; what it printed."""
    command = [sys.executable, "-m", "bench.years", *map(str, words)]
    done = subprocess.run(command, env=env, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _as_master(house: House, database: Postgres | None) -> dict[str, str]:
    """The house's environment for whoever made its databases: on PostgreSQL nobody else may fill tables unchecked."""
    if database is None:
        return house.env
    return house.env | {setting: database.url(_name(url), "postgres") for setting, url in house.urls.items()}


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _copy(house: House, folder: Path, database: Postgres | None) -> House:
    """The same house once more: its folder, its databases, a port of its own."""
    import psycopg

    shutil.copytree(house.folder, folder)
    if database is None:
        return replace(house, folder=folder, port=free_port())
    with psycopg.connect(database.admin, autocommit=True) as admin:
        for name in map(_name, house.urls.values()):
            admin.execute(f"CREATE DATABASE {name}_many TEMPLATE {name} OWNER {ROLE}")
    return House(folder, free_port(), {setting: f"{url}_many" for setting, url in house.urls.items()})


def _pages(house: House, database: Postgres | None, told: dict[str, Any], stack: ExitStack) -> list[Measured]:
    url = f"http://localhost:{house.port}"
    served = Whole(url, stack.enter_context(serving(house)).pid, database)
    desk, stored = clients.sign_in(url), _counter(house, stack)
    listed = {
        "Today": "/desk/",
        "caseload": "/desk/caseload/",
        f"timeline, {told['sessions']} sessions": f"/desk/participants/{told['participant']}/timeline/",
        f"brief, {told['sessions']} sessions": f"/desk/episodes/{told['episode']}/brief/",
    }

    def page(name: str, address: str) -> Measured:
        return Measured(name, served, lambda: clients.look_at(desk, f"{url}{address}"), stored, PAGES)

    return [page(name, address) for name, address in listed.items()]


def _counter(house: House, stack: ExitStack) -> Callable[[], int]:
    """The place of the last event: every page that was shown has left one. To count them all would take too long."""
    import psycopg

    opened: AbstractContextManager[Any]
    if house.urls:
        opened = psycopg.connect(house.urls["DATABASE_URL"].replace("postgres://", "postgresql://"), autocommit=True)
    else:
        opened = closing(sqlite3.connect(house.home / "attune.sqlite3"))
    database = stack.enter_context(opened)
    return lambda: int(database.execute("SELECT max(seq) FROM audit_event").fetchone()[0])


def section(measured: list[Houses]) -> Iterator[str]:
    """As Markdown."""
    few, many, theirs = measured[0].few, measured[0].many, measured[0].clients
    yield "## A thousand stored responses, and a million"
    yield ""
    yield f"The pages of one therapist with {theirs} clients in a house with {few:,} stored responses, and in the same"
    yield f"house with {many:,}: the others are of colleagues and their clients, with invitations, scores,"
    yield f"sessions, messages, letters, audit. {ROUNDS} rounds of {PAGES} of each page in turn, after one to warm up."
    yield "CPU is the server's, and PostgreSQL's with it. The others are copies, made in one go: what they do not show"
    yield "stands in `bench/years.py`."
    yield ""
    yield "| page | database | CPU-ms: few | many | times | ms by the clock: few | many | times |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one in measured:
        for page in one.pages:
            cpu = f"{page.few.cost:.1f} | {page.many.cost:.1f} | {page.cost:.2f}"
            clock = f"{page.few.wait:.1f} | {page.many.wait:.1f} | {page.wait:.2f}"
            yield f"| {page.name} | {one.kind} | {cpu} | {clock} |"
    yield ""
    yield f"- With a million, at most {MOST} times the CPU time that a page takes with a thousand:"
    for same in zip(*(one.pages for one in measured), strict=True):
        told = (f"{one.kind} {page.cost:.2f}, {_kept(page.cost)}" for one, page in zip(measured, same, strict=True))
        yield f"  - {same[0].name}: {'; '.join(told)}."


def _kept(times: float) -> str:
    return "kept" if times <= MOST else "**missed**"


if __name__ == "__main__":
    os.umask(0o077)
    kinds = sys.argv[1:] or ["postgresql", "sqlite"]
    print("\n".join(section([time_many(kind) for kind in kinds])))
