"""Write-ahead logging only where SQLite cannot corrupt itself with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import attune
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


@pytest.mark.parametrize(("release", "journal"), [((3, 40, 1), "delete"), ((3, 51, 3), "wal")])
def test_a_file_that_another_release_left_in_write_ahead_mode(
    tmp_path: Path, release: tuple[int, int, int], journal: str
) -> None:
    """The mode stands in the file: an affected release takes it out again before it writes anything."""
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as before:
        before.executescript("PRAGMA journal_mode=wal; CREATE TABLE line (text); INSERT INTO line VALUES ('kept');")
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as connection:
        connection.executescript(pragmas(release))
        assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("SELECT text FROM line").fetchone() == ("kept",)
    assert not (tmp_path / "kept.sqlite3-wal").exists()


def test_nobody_else_chooses_a_journal() -> None:
    house = Path(attune.__file__).parent
    choosing = [path for path in house.rglob("*.py") if "journal_mode=" in path.read_text("utf-8")]
    assert choosing == [house / "base" / "sqlite.py"]
