"""A browser's way in as a server has it: through what stands before Django, too."""

from typing import Any

from django.http import HttpResponseBase
from django.test.client import ClientHandler

from attune.doors.alphabet import unnamed


class AsServed(ClientHandler):
    """Put it in the place of a test browser's `handler`."""

    def __call__(self, environ: dict[str, Any]) -> HttpResponseBase:
        return super().__call__(unnamed(environ))
