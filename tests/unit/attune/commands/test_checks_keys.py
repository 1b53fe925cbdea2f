"""The master key beside a backup, or written down beside what it opens: found among real files, and among no others."""

import gzip
import sqlite3
import subprocess
from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from support.servers import Postgres

from attune.commands.checks.keys import beside_a_backup, copied_home

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the master key lies: neither the home, nor with anything else."""
    folder, home = tmp_path / "keys", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    key = folder / "attune-master"
    key.write_bytes(b64encode(KEY))
    chosen = replace(settings.ATTUNE, home=home, master_key=KEY, master_key_old=None, master_key_file=key)
    monkeypatch.setattr(settings, "ATTUNE", chosen)
    assert list(beside_a_backup()) == []
    return folder


def sqlite(path: Path) -> None:
    """A small database, as SQLite writes it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE one (words TEXT)")
        connection.commit()


def named(path: Path) -> None:
    """Something of any content."""
    path.write_bytes(bytes(range(256)) * 32)


@pytest.mark.parametrize("called", ["attune.sqlite3", "yesterday", "photo.png"])
def test_a_database_whatever_it_is_called(folder: Path, called: str) -> None:
    sqlite(folder / called)
    (fault,) = beside_a_backup()
    assert fault.startswith(f"{folder / called} looks like a database")
    assert "move one of the two" in fault


def test_the_sqlite_shells_own_dump(folder: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE one (words TEXT)")
        connection.executemany("INSERT INTO one VALUES (?)", [("words " * 10,)] * 100)
        text = "PRAGMA foreign_keys=OFF;\n" + "\n".join(connection.iterdump())
    (folder / "monday").write_text(text, encoding="utf-8")
    assert len(list(beside_a_backup())) == 1


@pytest.mark.parametrize("kind", ["plain", "custom", "directory", "everything"])
def test_what_postgresql_dumps(server: Postgres, folder: Path, kind: str) -> None:
    with psycopg.connect(server.admin.replace("/postgres?", "/attune?"), autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS one AS SELECT repeat(n::text, 99) FROM generate_series(1, 999) n"
        )
    programs, to = server.program.parent, folder / "monday"
    command = {
        "everything": [programs / "pg_dumpall", "-f", to, "-d", server.admin],
    }.get(kind, [programs / "pg_dump", "-F", kind, "-f", to, server.admin.replace("/postgres?", "/attune?")])
    subprocess.run(command, check=True, capture_output=True)
    assert [str(to) in fault for fault in beside_a_backup()] == [True]


def test_a_copy_of_a_servers_data(server: Postgres, folder: Path) -> None:
    (folder / "base").mkdir()
    (folder / "base" / "PG_VERSION").write_bytes((server.data / "PG_VERSION").read_bytes())
    assert len(list(beside_a_backup())) == 1


@pytest.mark.parametrize("begins", [b"age-encryption.org/v1\n-> ", b"-----BEGIN AGE ENCRYPTED FILE-----\n"])
def test_what_is_sealed_with_age(folder: Path, begins: bytes) -> None:
    (folder / "monday").write_bytes(begins + bytes(8192))
    assert len(list(beside_a_backup())) == 1


@pytest.mark.parametrize(
    "called", ["attune.sql.gz", "attune.2026-11-25.dump.zst", "vault.sqlite3.age", "A.SQL", "old.bak", "a.sqlite.gpg"]
)
def test_what_is_packed_is_known_by_its_name(folder: Path, called: str) -> None:
    named(folder / called)
    assert len(list(beside_a_backup())) == 1


def test_an_ordinary_folder(folder: Path) -> None:
    """Keys, settings, scripts, pictures, archives of anything, and a sealed copy of the key itself."""
    for name in ("photo.png", "backup.sh", "notes.txt", "sources.tar.gz", "sqlite3-manual.pdf", ".sqlite_history"):
        named(folder / name)
    (folder / "sources.zip").write_bytes(gzip.compress(bytes(65536)))
    (folder / "settings.env.bak").write_text("ATTUNE_URL=https://attune.example.org\n", encoding="utf-8")
    (folder / "attune-master.age").write_bytes(b"age-encryption.org/v1\n" + bytes(200))
    (folder / "empty.sqlite3").touch()
    (folder / "to-nowhere").symlink_to(folder / "nothing")
    (folder / "more").mkdir()
    sqlite(folder / "more" / "somebody.sqlite3")  # another folder may be closed to whoever takes this one
    assert list(beside_a_backup()) == []


def test_a_folder_that_may_not_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attune.commands.checks.backups.os.access", lambda *_: False)
    sqlite(folder / "attune.sqlite3")
    assert list(beside_a_backup()) == []


@pytest.mark.parametrize("text", ["{key}", "{key}\n", "ATTUNE_URL=http://localhost\nATTUNE_MASTER_KEY={key}\n"])
def test_the_key_written_down_at_home(folder: Path, text: str) -> None:
    home = settings.ATTUNE.home
    (home / "secret.key").write_text("another secret", encoding="ascii")
    assert list(copied_home()) == []
    (home / "attune.env").write_text(text.format(key=b64encode(KEY).decode()), encoding="ascii")
    (fault,) = copied_home()
    assert str(home / "attune.env") in fault
    assert b64encode(KEY).decode() not in fault


def test_the_key_before_this_one_opens_older_backups(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = bytes(32)
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, master_key_old=old))
    (settings.ATTUNE.home / "old-master").write_bytes(b64encode(old))
    assert len(list(copied_home())) == 1


def test_the_key_written_down_beside_a_database_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "data"
    elsewhere.mkdir()
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(elsewhere / "attune.sqlite3")}
    monkeypatch.setattr(settings, "DATABASES", {"default": config})
    assert list(copied_home()) == []
    (elsewhere / "master").write_bytes(b64encode(KEY))
    assert [str(elsewhere / "master") in fault for fault in copied_home()] == [True]
