"""`attune new-key`."""

from argparse import Namespace

from attune.commands.home import new_key


def run(words: Namespace) -> int:
    """Print a new master key, to be kept outside ATTUNE_HOME."""
    print(new_key())
    return 0
