"""`attune invite-operator`: the first way into a new clinic. There is no default account and no default password."""

from argparse import Namespace

from attune.commands.staff import invite


def run(words: Namespace) -> int:
    """Enter somebody who runs Attune here, and print the link by which they set their password."""
    words.role = "operator"
    invite(words)
    return 0
