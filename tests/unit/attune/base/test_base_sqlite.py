"""Write-ahead logging only where SQLite cannot corrupt itself with it."""

import pytest

from attune.base.sqlite import pragmas, wal_is_safe

RELEASES = [
    ((3, 7, 0), False),
    ((3, 40, 1), False),
    ((3, 44, 5), False),
    ((3, 44, 6), True),
    ((3, 45, 0), False),
    ((3, 49, 9), False),
    ((3, 50, 6), False),
    ((3, 50, 7), True),
    ((3, 51, 0), False),
    ((3, 51, 2), False),
    ((3, 51, 3), True),
    ((3, 52, 0), True),
    ((4, 0, 0), True),
]


@pytest.mark.parametrize(("release", "safe"), RELEASES)
def test_which_releases_may(release: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(release) is safe
    assert ("journal_mode=wal" in pragmas(release)) is safe
    assert ("journal_mode=delete" in pragmas(release)) is not safe


@pytest.mark.parametrize(("release", "safe"), RELEASES)
def test_nothing_else_depends_on_it(release: tuple[int, int, int], safe: bool) -> None:
    assert pragmas(release).endswith("PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA mmap_size=0;")
