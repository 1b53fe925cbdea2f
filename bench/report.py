"""The figures as a page, with the marks that they are held to."""

import platform
import sqlite3
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from operator import attrgetter

from attune.base.sqlite import wal_is_safe
from bench.measure import Measured

#: CPU-milliseconds for a completed check-in, and how many empty pages another may cost.
MOST, AIM, PAGE_MOST = 15.0, 10.0, 3.0

_INTRO = """# What it costs

Written by `python -m bench --write`; `make bench` measures without writing, and without a million stored responses,
which `make bench BENCH=--many` adds.

## Check-ins and pages

CPU time of the server alone (gunicorn, one worker, eight threads, embedded databases), one browser at a time, all in
one run: {rounds} rounds of each in turn after one that warms up, each round divided by the rows it stored. The floor
has no sign-in, no forms to protect, no keys and no audit: it says what the machine and the framework cost, not what a
product could.
"""


def report(things: Sequence[Measured], others: Sequence[str]) -> str:
    """The whole page, as Markdown; `others` are the sections about crowds, many rows, files of answers, transcripts."""
    floor, check_in, empty, *pages = (thing.cost for thing in things)
    marks = [
        f"- A completed check-in: **{check_in:.1f} CPU-ms**, {check_in / floor:.1f} times the floor.",
        f"  Mark: at most {MOST:.0f}, {_kept(check_in <= MOST)}; aim: {AIM:.0f}, {_kept(check_in <= AIM)}.",
        f"- Pages: at most {PAGE_MOST:.0f} times the empty one.",
        *(
            f"  - {thing.name}: **{cost:.1f} CPU-ms**, {cost / empty:.1f} times, {_kept(cost <= PAGE_MOST * empty)}."
            for thing, cost in zip(things[3:], pages, strict=True)
        ),
    ]
    intro = _INTRO.format(rounds=len(things[0].rounds))
    return "\n".join([intro, *_table(things), "", *marks, "", *others, "", _where()])


def _table(things: Sequence[Measured]) -> Iterator[str]:
    yield "| CPU-ms each | median | lowest | highest | done a round |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for thing in sorted(things, key=attrgetter("cost")):
        low, high = min(thing.rounds), max(thing.rounds)
        yield f"| {thing.name} | {thing.cost:.1f} | {low:.1f} | {high:.1f} | {thing.times} |"


def _kept(kept: bool) -> str:
    return "kept" if kept else "**missed**"


def _where() -> str:
    journal = "write-ahead log" if wal_is_safe() else "rollback journal"
    return (
        f"Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite3.sqlite_version} ({journal}, "
        f"full sync), {platform.machine()}. Compare within this page: another machine gives other figures.\n"
    )
