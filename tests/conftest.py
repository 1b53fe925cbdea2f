"""What every test finds: a folder and databases of its own, a closed network, the audit's guard in place."""

import os
from collections.abc import Iterator

import django
import pytest
from support import databases

HOME = databases.prepare()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attune.settings")

from django.conf import settings  # noqa: E402 - it reads the environment that was just prepared

databases.use_files(settings.DATABASES, HOME)
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one is for people
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()  # conftests below this one import models

_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_configure() -> None:
    databases.close_the_network()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may touch a database may touch both."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asked = _FIXTURES & set(getattr(item, "fixturenames", ()))
        if marker or asked:
            options = {"databases": databases.ALIASES, "transaction": bool(asked - {"db"})}
            item.add_marker(pytest.mark.django_db(**options | (marker.kwargs if marker else {})), append=False)


@pytest.fixture
def at_the_hour() -> Iterator[None]:
    """The hour of the cast, and no house remembered from before nor kept for later."""
    from support.cast import NOW

    from attune.base.clock import fixed
    from attune.people.readers import get_installation

    get_installation.cache_clear()
    with fixed(NOW):
        yield
    get_installation.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _flushes() -> None:
    from support import guard

    guard.let_flushes_through()
