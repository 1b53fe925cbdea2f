"""The cookies of our own: under https from this host alone, for the whole of it, over TLS, and never told to a script.

`__Host-` is a promise that the browser keeps: no neighbour under the same domain, and nobody on a line in clear, can
plant one. Without https there is no such promise to be had (a demo, on this machine).
"""

from datetime import timedelta
from typing import Any

from django.conf import settings


def name_of(cookie: str) -> str:
    """What it is called here."""
    return f"__Host-{cookie}" if settings.SESSION_COOKIE_SECURE else cookie


def how(lasts: timedelta) -> dict[str, Any]:
    """How a browser is to keep it, and for how long."""
    return {
        "max_age": lasts,
        "path": "/",
        "secure": settings.SESSION_COOKIE_SECURE,
        "httponly": True,
        "samesite": "Lax",
    }
