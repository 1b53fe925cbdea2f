"""`attune audit verify` and `attune audit head`."""

from argparse import Namespace

from attune.audit.verify import head, verify


def run(words: Namespace) -> int:
    """Say whether the chain is whole (0) or which row is not (1); or print its head."""
    if words.what == "head":
        print(head())
        return 0
    verdict = verify(words.head)
    print(verdict.sentence)
    return 0 if verdict.whole else 1
