"""What leaves the house by mail: that there is something, a code or a link, and no word about anybody.

Sent beside the page and not before it: how long a mail takes must not tell whether somebody has an account here.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

from django.core.mail import EmailMessage

log = logging.getLogger("attune")


def post(*, to: str, subject: str, text: str) -> "Future[None]":
    """Hand a letter to the one who carries them; what becomes of it is logged by kind only. To nobody, none is sent."""
    return _carrier().submit(_send, EmailMessage(subject, text, to=[to] if to else []))


@cache
def _carrier() -> ThreadPoolExecutor:
    # Made when it is first needed: a thread from before the server's fork would not be there after it.
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


def _send(letter: EmailMessage) -> None:
    try:
        letter.send()
    except Exception as problem:
        log.error("A letter could not be sent: %s.", type(problem).__name__)


def wait() -> None:
    """Until every letter handed over so far has been carried."""
    _carrier().submit(int).result()
