"""Every door is tried at the same hour, on the same cast."""

from collections.abc import Iterator

import pytest
from support.cast import NOW, Cast, make_cast

from attune.base.clock import fixed


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with fixed(NOW):
        yield make_cast()
