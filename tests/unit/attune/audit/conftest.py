"""Those who act, and a few events to look at."""

from collections.abc import Callable

import pytest
from support.actors import NOON, Actor

from attune.audit import note
from attune.base.ids import new_id


@pytest.fixture
def ben() -> Actor:
    return Actor(new_id())


@pytest.fixture
def some_events(ben: Actor) -> Callable[[int], None]:
    """Write this many events; the third and every third after it showed two persons."""

    def write(count: int) -> None:
        for number in range(1, count + 1):
            shown = [new_id(), new_id()] if number % 3 == 0 else []
            note("brief.read", by=ben, at=NOON, subject=new_id(), subject_kind="brief", shown=shown)

    return write
