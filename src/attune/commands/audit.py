"""`attune audit verify` and `attune audit head`."""

from argparse import Namespace

from attune.audit.commands import run_head, run_verify


def run(words: Namespace) -> int:
    """Say whether the chain is whole (0) or which row is not (1); or print its head."""
    code, sentence = run_head() if words.what == "head" else run_verify(words.head)
    print(sentence)
    return code
