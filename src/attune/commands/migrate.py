"""`attune migrate`: both databases, the keys' first."""

from argparse import Namespace

from django.core.management import call_command


def run(words: Namespace) -> int:
    """Bring both databases up to this program; doing it twice does nothing."""
    migrate()
    return 0


def migrate() -> None:
    """The vault first: a key is always there before the first row that uses it."""
    for alias in ("vault", "default"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)
