"""`attune doctor` finds what is unsafe, on real files and real connections, and says what to do."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path
from pkgutil import iter_modules
from typing import get_type_hints

import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler
from support.cast import make_cast
from support.guard import lifted

from attune.base.clock import fixed
from attune.base.errors import Misconfigured
from attune.base.sqlite import wal_is_safe
from attune.commands import checks, doctor, serve
from attune.commands.checks import databases
from attune.environment import DEMO_MASTER_FILE
from attune.people.models import Installation


@pytest.fixture
def home(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clinic's home of the test's own, closed to others."""
    tmp_path.chmod(0o700)
    make_cast()
    monkeypatch.setattr(settings, "ATTUNE", replace(settings.ATTUNE, home=tmp_path))
    return tmp_path


def test_whatever_is_a_check_is_asked() -> None:
    """One that is written and not asked would be a promise only."""
    subjects = [import_module(f"{checks.__name__}.{found.name}") for found in iter_modules(checks.__path__)]
    written = {
        one
        for subject in subjects
        for one in vars(subject).values()
        if isfunction(one) and one.__module__ == subject.__name__ and not signature(one).parameters
        if get_type_hints(one)["return"] == Iterator[str] and not one.__name__.startswith("_")
    }
    assert written == {*doctor._ALWAYS, *doctor._OF_A_CLINIC, databases.pending}


def test_nothing_is_wrong(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.list_faults() == []
    assert doctor.run(Namespace()) == 0
    assert "Nothing is wrong" in capsys.readouterr().out


@pytest.mark.parametrize(("safe", "found"), [(False, ["write-ahead"]), (True, [])])
def test_write_ahead_mode_under_an_affected_sqlite(
    home: Path, monkeypatch: pytest.MonkeyPatch, safe: bool, found: list[str]
) -> None:
    config = settings.DATABASES["default"] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home / "other.sqlite3"),
        "OPTIONS": {"init_command": "PRAGMA journal_mode=wal"},
    }
    others = ConnectionHandler({"default": config})
    monkeypatch.setattr(databases, "connections", others)
    monkeypatch.setattr(databases, "wal_is_safe", lambda: safe)
    faults = list(databases.journal())
    others.close_all()
    assert [word in fault for word, fault in zip(found, faults, strict=True)] == [True] * len(found)


def test_our_own_connections_keep_a_safe_journal(home: Path) -> None:
    for alias in ("default", "vault"):
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("PRAGMA journal_mode")
                assert cursor.fetchone()[0] == ("wal" if wal_is_safe() else "delete")


@pytest.mark.parametrize("name", ["secret.key", "attune.sqlite3", "vault.sqlite3"])
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_can_read(home: Path, name: str, mode: int) -> None:
    (home / name).touch()
    (home / name).chmod(mode)
    assert [name in fault and "chmod" in fault for fault in doctor.list_faults()] == [True]
    (home / name).chmod(0o600)
    assert doctor.list_faults() == []


def test_a_home_that_others_can_enter(home: Path) -> None:
    home.chmod(0o755)
    assert len(doctor.list_faults()) == 1


def test_an_audit_without_its_guard(home: Path) -> None:
    with lifted():
        assert ["not guarded" in fault for fault in doctor.list_faults()] == [True]
    assert doctor.list_faults() == []


def test_a_demo_key_in_a_clinics_home(home: Path) -> None:
    (home / DEMO_MASTER_FILE).touch(mode=0o600)
    assert ["demo" in fault for fault in doctor.list_faults()] == [True]


def test_a_database_of_a_newer_release(home: Path) -> None:
    Installation.objects.update(version="99.0.0")
    assert ["99.0.0" in fault for fault in doctor.list_faults()] == [True]


def test_no_clinic_yet(home: Path) -> None:
    Installation.objects.all().delete()
    assert ["no clinic here" in fault for fault in doctor.list_faults()] == [True]


@pytest.mark.parametrize(("kind", "found"), [("clinic", ["before the day"]), ("demo", [])])
def test_a_demo_is_not_held_up_by_what_guards_a_clinic(home: Path, kind: str, found: list[str]) -> None:
    """Its people are made up: a clock that stands still does them no harm."""
    Installation.objects.update(kind=kind)
    with fixed(datetime(2026, 1, 1, tzinfo=UTC)):
        faults = doctor.list_faults()
    assert [words in fault for words, fault in zip(found, faults[:1], strict=True)] == [True] * len(found)


def test_serve_refuses_what_the_doctor_finds(home: Path) -> None:
    home.chmod(0o755)
    with pytest.raises(Misconfigured):
        serve.serve("127.0.0.1", 0)
