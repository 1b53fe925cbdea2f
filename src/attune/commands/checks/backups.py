"""What looks like a database or a backup of one, by how it begins or what it is called."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

#: Nothing of Attune's fits into less; a key, a setting or a script does.
_LEAST = 4096
_BEGINNINGS = (
    b"SQLite format 3\x00",
    b"PGDMP",
    b"--\n-- PostgreSQL database",  # pg_dump and pg_dumpall, as text
    b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;",  # .dump of the sqlite3 shell
    b"age-encryption.org/v1",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
)
#: Packed or sealed, its beginning tells nothing; its name may.
_CALLED = re.compile(r"\.(sql|dump|sqlite3?|bak)(\.\w{2,4})*", re.IGNORECASE)
#: In a folder: pg_dump's own list, or what pg_basebackup and a server's data begin with.
_IN_A_FOLDER = ("toc.dat", "PG_VERSION")


def list_backups(folder: Path) -> list[Path]:
    """What lies in this folder and looks so."""
    folders = [path for path in _listed(folder) if os.access(path, os.R_OK) and path.is_dir()]
    whole = [path for path in folders if any(part.name in _IN_A_FOLDER for part in _listed(path))]
    return whole + [path for path in list_files(folder) if _is_backup(path)]


def list_files(folder: Path) -> list[Path]:
    """The files of a folder that can be looked at."""
    return [path for path in _listed(folder) if os.access(path, os.R_OK) and path.is_file()]


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if os.access(folder, os.R_OK | os.X_OK) else []


def _is_backup(path: Path) -> bool:
    if path.stat().st_size < _LEAST:
        return False
    if any(_CALLED.fullmatch(ending) for ending in _endings(path.name)):
        return True
    with path.open("rb") as file:
        return file.read(max(map(len, _BEGINNINGS))).startswith(_BEGINNINGS)


def _endings(name: str) -> Iterator[str]:
    """`attune.2026.sql.gz`: `.2026.sql.gz`, `.sql.gz`, `.gz`."""
    for place, letter in enumerate(name):
        if letter == ".":
            yield name[place:]
