"""SQLite can corrupt itself in write-ahead mode with two writers, before certain releases.

Fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older lines (sqlite.org, changes). Anything else gets the
rollback journal: slower, and whole.
"""

import sqlite3


def wal_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> bool:
    """Whether this release of SQLite may use write-ahead logging."""
    if version >= (3, 51, 3):
        return True
    line = version[:2]
    return (line == (3, 50) and version >= (3, 50, 7)) or (line == (3, 44) and version >= (3, 44, 6))


def pragmas(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> str:
    """What every connection says first: the safe journal, full sync, deleted pages overwritten, no mmap."""
    journal = "wal" if wal_is_safe(version) else "delete"
    return f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA mmap_size=0;"
