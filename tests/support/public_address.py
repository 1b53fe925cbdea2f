"""The settings of a house that people reach at another address: read again, as a start reads them."""

import os
import runpy
from typing import Any

from pytest_django import Settings

import attune.settings

HTTPS = "https://attune.example.org"
#: What a proxy with TLS says beside each request.
BY_PROXY = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_HOST": "attune.example.org"}


def live_at(settings: Settings, url: str = HTTPS) -> None:
    """Every setting that hangs on the address, and no other: the rest stays as the tests have it."""
    there, here = _read(url), _read("http://localhost:8000")
    for name, value in there.items():
        if value != here[name]:
            setattr(settings, name, value)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def _read(url: str) -> dict[str, Any]:
    before = os.environ.get("ATTUNE_URL")
    os.environ["ATTUNE_URL"] = url
    try:
        return {name: value for name, value in runpy.run_path(attune.settings.__file__).items() if name.isupper()}
    finally:
        del os.environ["ATTUNE_URL"]
        if before is not None:
            os.environ["ATTUNE_URL"] = before
