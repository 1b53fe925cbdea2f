"""This browser, told from others by a random value that it keeps: so that what was typed in it comes back in it alone.

It names nobody, and is set only when somebody saves or sends something.
"""

import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from attune.doors.cookies import how, name_of

COOKIE = "attune_browser"
LASTS = timedelta(hours=72)
#: 128 bits, in letters that a cookie can hold.
_BYTES = 16
_VALUE = re.compile(r"[\w-]{22}", re.ASCII)


def browser_of(request: HttpRequest) -> str:
    """The value that this browser keeps; empty where it keeps none, or something that was not set here."""
    value = request.COOKIES.get(name_of(COOKIE), "")
    return value if _VALUE.fullmatch(value) else ""


def new_browser(submission: UUID) -> str:
    """A value that no other browser has: made from the key of its form, which it alone was given.

    Not at random: two that are on their way at once, before the first has been answered, come from one browser.
    """
    drawn = salted_hmac(COOKIE, submission.hex, algorithm="sha256").digest()[:_BYTES]
    return urlsafe_b64encode(drawn).decode().rstrip("=")


def remember(response: HttpResponse, browser: str) -> HttpResponse:
    """Let the browser keep its value for three days."""
    response.set_cookie(name_of(COOKIE), browser, **how(LASTS))
    return response
