"""`attune worker`: what has to happen by itself, every few minutes: whatever's time is over is deleted, letters go out.

Each piece is a sweep over what the record itself says: done twice it is done once, and what was missed while nothing
ran is done at the next start. `attune serve` starts one of these and minds it.
"""

import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, connections

from attune.base import clock
from attune.care.checkins.actions import forget_drafts
from attune.care.notes.actions import fold_notes
from attune.care.workflows.send_letters import send_letters
from attune.doors.links import checkin_link
from attune.people.readers import get_installation
from attune.vault.keys import keyring

#: Seconds from one round to the next, and between two looks at whether somebody still minds this.
EVERY, LOOKS = 300.0, 1.0
#: A session begins a moment before it is written down: so long it is not taken for one that has ended.
_JUST_BEGUN = timedelta(hours=1)


def run(words: Namespace) -> int:
    """Sweep until stopped; with `--minded-by`, until that process is gone."""
    get_installation()
    told: list[int] = []  # the signals that came
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda number, _: told.append(number))
    while not told:
        sweep(at=clock.now())
        connections.close_all()  # none is kept from those who answer, and none outlives its database
        _wait(told, words.minded_by)
    return 0


def sweep(*, at: datetime) -> list[str]:
    """One round. What fails is told by its kind alone and tried again in the next; the others are done all the same."""
    failed = []
    for piece in SWEEPS:
        try:
            with keyring():
                piece(at=at)
        except (DatabaseError, InterfaceError) as problem:
            failed.append(piece.__name__)
            print(f"attune worker: {piece.__name__}: {type(problem).__name__}", file=sys.stderr, flush=True)
    return failed


def forget_sessions(*, at: datetime) -> None:
    """Sessions that ran out, and with each the address and the browser from which it came."""
    Session.objects.filter(expire_date__lte=at).delete()
    living = Session.objects.values("session_key")
    UserSession.objects.filter(created_at__lt=at - _JUST_BEGUN).exclude(session_key__in=living).delete()


def send_what_waits(*, at: datetime) -> None:
    """Letters: check-ins, and that something came. Last of all: a mail server may keep one waiting."""
    send_letters(link_of=checkin_link, at=at)


SWEEPS: tuple[Callable[..., Any], ...] = (forget_drafts, fold_notes, forget_sessions, send_what_waits)


def _wait(told: list[int], minder: int | None) -> None:
    until = time.monotonic() + EVERY
    while time.monotonic() < until and not told:
        time.sleep(LOOKS)
        if minder is not None and os.getppid() != minder:  # it was killed: whoever serves next starts another
            told.append(signal.SIGTERM)
