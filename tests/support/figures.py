"""What the deep tests measured goes into the tables of `docs/explanation/trust.md`, when `ATTUNE_FIGURES=write`."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "trust.md"


def keep(goal: str, database: str, done: str, seen: str) -> None:
    """Print a row, and write it over the row of this goal and database. Its first two cells stay."""
    _over(f"| {goal} | {database} |", f" {done} | {seen} | {_today()} |")


def keep_input(goal: str, done: str, seen: str, *, asked: str = "[^|]+") -> None:
    """The same in the table of bad input, whose second cell says what is asked (a pattern of it) and stays."""
    found = re.search(rf"^\| {goal} \| {asked} \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found, f"the page has no row for {goal}"
    _over(found[0], f" {done} | {seen} ({_today()}) |")


def _over(head: str, rest: str) -> None:
    print(f"\n{head}{rest}")
    if os.environ.get("ATTUNE_FIGURES") != "write":
        return
    row = re.compile(rf"^{re.escape(head)}.*$", re.MULTILINE)
    text = PAGE.read_text("utf-8")
    assert row.search(text), f"the page has no row that begins {head}"
    PAGE.write_text(row.sub(lambda _: head + rest, text), "utf-8")


def _today() -> str:
    return datetime.now(tz=UTC).date().isoformat()


def how_often(setting: str, full: int) -> int:
    """The goal's own number, or a smaller one from the environment while somebody works on it."""
    return int(os.environ.get(setting, full))
