"""`attune doctor`: what is unsafe about this set-up, each with what to do. `serve` refuses what it finds."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from attune.commands.checks import databases, files, keys, postgres


def run(words: Namespace) -> int:
    """Print what was found; 1 when something is wrong."""
    faults = list_faults()
    for fault in faults:
        print(f"✗ {fault}")
    if not faults:
        print("Nothing is wrong that this command can see.")
    return 1 if faults else 0


def list_faults() -> list[str]:
    """Every fault as a sentence: what is wrong, and what to do."""
    return list(databases.pending()) or [fault for check in _CHECKS for fault in check()]


_CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    databases.journal,
    keys.master,
    files.readable_by_others,
    postgres.elsewhere,
    databases.guards,
    databases.release,
)
