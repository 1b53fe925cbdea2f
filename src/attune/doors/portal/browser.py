"""This browser, told from others by a random value that it keeps: so that what was typed in it comes back in it alone.

It names nobody, is set only when somebody saves or sends something, and goes to the addresses of links alone.
"""

import re
from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "attune_browser"
LASTS = timedelta(hours=72)
#: 128 random bits, in letters that a cookie can hold.
_BYTES = 16
_VALUE = re.compile(r"[\w-]{22}", re.ASCII)


def browser_of(request: HttpRequest) -> str:
    """The value that this browser keeps; empty where it keeps none, or something that was not set here."""
    value = request.COOKIES.get(COOKIE, "")
    return value if _VALUE.fullmatch(value) else ""


def new_browser() -> str:
    """A value that no other browser has."""
    return token_urlsafe(_BYTES)


def remember(response: HttpResponse, browser: str) -> HttpResponse:
    """Let the browser keep its value for three days."""
    response.set_cookie(
        COOKIE,
        browser,
        max_age=LASTS,
        path="/c/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
