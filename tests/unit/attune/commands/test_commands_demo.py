"""The standing six episodes of the demo, and how `attune demo` keeps away from a clinic's home.

The command itself makes everything; that takes half a minute, and is told in `test_journey_demo.py`.
"""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from support.cast import NOW

from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode
from attune.care.safety.models import Concern
from attune.care.workflows.open_brief import open_brief
from attune.commands.demo.make import make_demo
from attune.insight.brief import get_brief
from attune.insight.caseload import list_caseload
from attune.insight.cast import get_demo_staff, list_cast
from attune.people.readers import get_installation
from attune.people.viewers import get_viewer
from attune.vault.keys import keyring


@pytest.fixture
def _demo(db: None) -> None:
    get_installation.cache_clear()
    with keyring():
        make_demo(at=NOW, whole=False)


@pytest.mark.usefixtures("_demo")
def test_six_episodes_and_every_brief_opens() -> None:
    assert get_installation().kind == "demo"
    assert Episode.objects.count() == 6
    with keyring():
        assert [who.person.name for who in list_cast()] == ["Amara", "Dana", "Farah", "Gil", "Hana", "Ines", "Jomo"]
        ben = get_viewer(get_demo_staff()["therapist"].person_id, at=NOW)
        rows = list_caseload(ben, at=NOW)
        assert rows[0].names == "Jomo", "an open concern stands first"
        for row in rows:
            assert row.appointment is not None
            open_brief(row.episode.id, by=ben, at=NOW)
            made = get_brief(ben, row.episode.id, at=NOW)
            assert made is not None
            assert made.page.blocks
    assert Concern.objects.filter(answered_at=None).count() == 1
    assert not Response.objects.filter(given_at__gt=NOW).exists(), "nothing comes from tomorrow"
    get_installation.cache_clear()


def attune(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process and a home of its own."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("ATTUNE_", "DATABASE_", "VAULT_"))}
    env |= {"ATTUNE_HOME": str(home)}
    if words[0] != "demo":
        env["ATTUNE_MASTER_KEY"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    command = [sys.executable, "-m", "attune.cli", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)


def kinds_in(home: Path) -> list[tuple[str, int]]:
    """What the home's database says that it is, and how many episodes it has."""
    with sqlite3.connect(home / "attune.sqlite3") as file:
        found = file.execute("SELECT kind, (SELECT count(*) FROM care_episode) FROM people_installation").fetchall()
    file.close()
    return found


@pytest.mark.parametrize("words", [["demo", "--no-serve"], ["demo", "--no-serve", "--fresh"]])
def test_a_clinics_home_is_refused(tmp_path: Path, words: list[str]) -> None:
    home = tmp_path / "clinic"
    assert attune(home, "clinic", "create", "--name", "A practice", "--zone", "Europe/London").returncode == 0
    refused = attune(home, *words)
    assert refused.returncode == 2
    assert "belongs to a clinic" in refused.stderr
    assert kinds_in(home) == [("clinic", 0)]


def test_a_demo_is_refused_beside_a_clinics_master_key(tmp_path: Path) -> None:
    env = os.environ | {
        "ATTUNE_HOME": str(tmp_path),
        "ATTUNE_MASTER_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    }
    command = [sys.executable, "-m", "attune.cli", "demo", "--no-serve"]
    refused = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert refused.returncode == 2
    assert "a home of its own" in refused.stderr
    assert not (tmp_path / "demo-master.key").exists(), "no demo's key is left in a clinic's home"
