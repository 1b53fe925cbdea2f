"""`attune audit verify`, `attune audit head`, `attune audit clock-is-right`."""

from argparse import Namespace

from attune.audit.commands import run_head, run_verify
from attune.audit.journal import note
from attune.base import clock
from attune.people.viewers import MACHINE


def run(words: Namespace) -> int:
    """Say whether the chain is whole (0) or which row is not (1); print its head; or note that the clock is right."""
    if words.what == "clock-is-right":
        code, sentence = _clock_is_right()
    else:
        code, sentence = run_head() if words.what == "head" else run_verify(words.head)
    print(sentence)
    return code


def _clock_is_right() -> tuple[int, str]:
    """An event of now, after those of a clock that ran ahead. They stay as they are, and so can be found."""
    now = clock.now()
    note("clock.looked-at", by=MACHINE, at=now)
    return 0, f"Noted in the audit: the clock was looked at, and {now:%Y-%m-%d %H:%M:%S} UTC is right."
