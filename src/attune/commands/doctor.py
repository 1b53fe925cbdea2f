"""`attune doctor`: what is unsafe about this set-up, each with what to do. `serve` refuses what it finds."""

from argparse import Namespace
from collections.abc import Callable, Iterator

from attune.commands.checks import clock, databases, files, keys, postgres, releases
from attune.people.models import Installation

Check = Callable[[], Iterator[str]]


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
    pending = list(databases.pending())
    return pending or [fault for check in _checks() for fault in check()]


def _checks() -> tuple[Check, ...]:
    """A demo holds nobody's record: it may stand on whatever a machine has."""
    is_demo = Installation.objects.filter(kind="demo").exists()
    return _ALWAYS if is_demo else _ALWAYS + _OF_A_CLINIC


_ALWAYS: tuple[Check, ...] = (
    databases.journal,
    keys.master,
    files.readable_by_others,
    postgres.elsewhere,
    databases.guards,
    databases.release,
)
_OF_A_CLINIC: tuple[Check, ...] = (
    postgres.superuser,
    postgres.open_to_anybody,
    keys.beside_a_backup,
    keys.copied_home,
    clock.before_the_release,
    clock.behind_the_audit,
    clock.beside_postgres,
    releases.django_without_fixes,
)
