"""What the deep tests measured goes into the tables of `docs/explanation/trust.md`, when `ATTUNE_FIGURES=write`."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "trust.md"


def keep(goal: str, database: str, done: str, seen: str) -> None:
    """Print a row, and write it over the row of this goal and database. Its first two cells stay."""
    today = datetime.now(tz=UTC).date().isoformat()
    print(f"\n{goal} {database}: {done} → {seen}")
    if os.environ.get("ATTUNE_FIGURES") != "write":
        return
    row = re.compile(rf"^\| {goal} \| {database} \|.*$", re.MULTILINE)
    text = PAGE.read_text("utf-8")
    assert row.search(text), f"the page has no row for {goal} on {database}"
    PAGE.write_text(row.sub(f"| {goal} | {database} | {done} | {seen} | {today} |", text), "utf-8")


def how_often(setting: str, full: int) -> int:
    """The goal's own number, or a smaller one from the environment while somebody works on it."""
    return int(os.environ.get(setting, full))
