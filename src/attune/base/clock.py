"""The one clock. Only doors, commands and sweeps read it; everything below is told the time as `at=`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_read: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced as a whole by `fixed`


def now() -> datetime:
    """This instant, in UTC."""
    return _read()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Stop the clock at `at`, in every thread (journeys, the brief's fixtures)."""
    global _read  # noqa: PLW0603 - a clock is one for the whole process
    before, _read = _read, lambda: at
    try:
        yield
    finally:
        _read = before
