"""Every door is tried at the same hour, on the same cast."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from support.cast import NOW, Cast, make_cast

from attune.base.clock import fixed


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with fixed(NOW):
        yield make_cast()


@pytest.fixture(scope="session", autouse=True)
def _place_for_static_files() -> None:
    """`serve` makes it at its start; here nothing is served from it."""
    settings.STATIC_ROOT.mkdir(exist_ok=True)
