"""`attune worker`: what has had its time is deleted, what has not stays; a fault of one piece stops no other."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import OperationalError
from support.cast import NOW, Cast, make_cast
from support.mail_server import mail_server
from support.servers import house_on, serving

from attune.audit.models import Event
from attune.care.notes.actions import Hour, write_note
from attune.care.notes.models import PrivateNote
from attune.care.schedule.actions import plan_appointment
from attune.care.schedule.times import When
from attune.commands import worker
from attune.vault.keys import keyring


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def _session(cast: Cast, ends: timedelta) -> str:
    store = SessionStore()
    store.create()
    key = str(store.session_key)
    Session.objects.filter(pk=key).update(expire_date=NOW + ends)
    account, began = cast.accounts["Ben"], NOW - timedelta(hours=13)
    UserSession.objects.create(user=account, ip="127.0.0.1", session_key=key, user_agent="A browser", created_at=began)
    return key


def _note(cast: Cast) -> None:
    when = When(NOW.date(), NOW.replace(hour=16, minute=0).time(), "Europe/London", "")
    made = plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW)
    with keyring():
        write_note(Hour(made.id, made.episode_id), said={"words": "a", "days": "7"}, seen=0, by=cast.ben, at=NOW)


def test_sessions_that_ran_out_go_with_where_they_came_from(cast: Cast) -> None:
    over, lives = _session(cast, timedelta(0)), _session(cast, timedelta(minutes=1))
    worker.sweep(at=NOW)
    assert list(Session.objects.values_list("pk", flat=True)) == [lives]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [lives] != [over]


def test_a_session_that_is_just_being_written_down_stays(cast: Cast) -> None:
    account = cast.accounts["Ben"]
    UserSession.objects.create(user=account, ip="127.0.0.1", session_key="k", user_agent="A browser", created_at=NOW)
    worker.sweep(at=NOW)
    assert UserSession.objects.filter(session_key="k").exists()


def test_notes_fold_away_and_the_audit_says_so(cast: Cast) -> None:
    _note(cast)
    worker.sweep(at=NOW + timedelta(days=6))
    assert PrivateNote.objects.exists()
    for _ in range(2):
        worker.sweep(at=NOW + timedelta(days=7))
    assert not PrivateNote.objects.exists()
    event = Event.objects.get(verb="note.folded")
    assert event.actor_kind == "machine"


def test_what_fails_is_told_by_its_kind_and_the_rest_is_done(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _note(cast)

    def forget_drafts(**_: object) -> None:
        raise OperationalError("Amara, locked")

    monkeypatch.setattr(worker, "SWEEPS", (forget_drafts, *worker.SWEEPS))
    assert worker.sweep(at=NOW + timedelta(days=8)) == ["forget_drafts"]
    assert capsys.readouterr().err == "attune worker: forget_drafts: OperationalError\n"
    assert not PrivateNote.objects.exists()


def _within(seconds: float, so: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not so():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_serve_minds_one(tmp_path: Path) -> None:
    """It begins with the server, begins anew when it was killed, and goes with the server however that goes."""
    with house_on("sqlite", tmp_path) as (house, _):
        house.ask("links", 1)
        with serving(house, sweeps=True) as server:
            assert _within(20, lambda: len(server.sweepers()) == 1)
            (first,) = server.sweepers()
            os.kill(first, signal.SIGKILL)
            assert _within(30, lambda: server.sweepers() not in ([], [first]))
            (second,) = server.sweepers()
        assert not Path(f"/proc/{second}").exists(), "it goes before the server has gone"
        with serving(house, sweeps=True) as server:
            assert _within(20, lambda: len(server.sweepers()) == 1)
            (third,) = server.sweepers()
            time.sleep(3)  # it has begun, and looks after its minder
            os.kill(server.pid, signal.SIGKILL)
            assert _within(30, lambda: not Path(f"/proc/{third}").exists() or _is_dead(third))


def test_two_carry_letters_to_a_mail_server_each_once(tmp_path: Path) -> None:
    """Processes of their own, by the setting that an operator sets."""
    with house_on("sqlite", tmp_path) as (house, _), mail_server() as server:
        house.ask("letter")
        with_mail = replace(house, urls=house.urls | {"ATTUNE_MAIL_URL": f"smtp://127.0.0.1:{server.port}"})
        command = [sys.executable, "-m", "attune.cli", "worker"]
        workers = [subprocess.Popen(command, env=with_mail.env, cwd=house.folder) for _ in range(2)]
        try:
            assert _within(30, lambda: bool(server.letters))
            time.sleep(3)  # whatever the other one would do, it has done
        finally:
            for worker_process in workers:
                worker_process.terminate()
            assert [one.wait(20) for one in workers] == [0, 0]
        assert server.to == ["amara@example.net"]
        assert f"http://localhost:{house.port}/c/" in server.read[0].get_content()


def _is_dead(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] == "Z"
