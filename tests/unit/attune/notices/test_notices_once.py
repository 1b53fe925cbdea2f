"""Each letter once: whatever the mail server does, whoever else sweeps, and wherever a sweeper is killed."""

import logging
import os
import signal
import time
from collections import Counter
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection, connections
from django.test import override_settings
from support.at_once import together
from support.cast import NOW, Cast
from support.mail_server import MailServer

from attune.audit.models import Event
from attune.audit.verify import verify
from attune.base.ids import new_id
from attune.notices import lease, outbox
from attune.notices.letter import Letter, draw_up
from attune.notices.models import Lease, Notice
from attune.notices.outbox import Due
from attune.notices.sending import LEASE, one_at_a_time, send_waiting
from attune.people.contacts import enter_address
from attune.vault.keys import keyring

DAY = timedelta(days=1)


class Always:
    """What stands above, in its plainest: every letter is to go, at its hour."""

    def when(self, notice: Notice, *, at: datetime) -> Due | None:
        return Due(notice.person_id, notice.kind, notice.about, notice.due, notice.until)

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        return draw_up("http://localhost/c/x/", until=notice.until, zone="Europe/London")

    def unmake(self, notice: Notice, *, at: datetime) -> None:
        pass


class Fails(Always):
    """One letter cannot be drawn up."""

    def __init__(self, about: Notice) -> None:
        self.about = about.id

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        if notice.id == self.about:
            raise ValueError("Amara, who said that her father")
        return super().write(notice, at=at)


def letter_to(cast: Cast, name: str = "amara", *, due: datetime = NOW, lasts: timedelta = 2 * DAY) -> Notice:
    who = getattr(cast, name)
    enter_address(who.person_id, address=f"{name}@example.net", by=cast.ben, at=NOW - DAY)
    letter = Due(who.person_id, Notice.Kind.AFTER, new_id(), due, due + lasts)
    outbox.put_in(letter, at=due)
    return Notice.objects.get(about=letter.about)


def sweep(at: datetime, writer: Always | None = None) -> None:
    with one_at_a_time(at=at) as mine:
        if mine is not None:
            send_waiting(writer or Always(), mine)


def states() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("state", flat=True))


def test_a_letter_is_put_in_once(cast: Cast) -> None:
    letter = letter_to(cast)
    again = Due(letter.person_id, letter.kind, letter.about, NOW + DAY, NOW + 2 * DAY)
    outbox.put_in(again, at=NOW)
    assert Notice.objects.get().due == NOW


def test_away_for_a_day_and_then_each_once(cast: Cast, server: MailServer) -> None:
    """D11: nothing is lost and nothing comes twice, and the tries grow fewer."""
    for name in ("amara", "dana"):
        letter_to(cast, name)
    server.stop()
    at = NOW
    while at < NOW + DAY:
        sweep(at)
        at += timedelta(minutes=20)
    tries = set(Notice.objects.values_list("tries", flat=True))
    assert states() == ["waiting", "waiting"]
    assert max(tries) < 30, "once an hour in the end"
    server.start()
    for minutes in range(0, 120, 5):
        sweep(NOW + DAY + timedelta(minutes=minutes))
    assert Counter(server.to) == {"amara@example.net": 1, "dana@example.net": 1}
    assert states() == ["sent", "sent"]
    assert verify().fault is None


def test_away_for_too_long(cast: Cast, server: MailServer) -> None:
    letter_to(cast, lasts=timedelta(hours=3))
    server.stop()
    sweep(NOW)
    server.start()
    sweep(NOW + timedelta(hours=3))
    assert (states(), server.letters) == (["missed"], [])


def test_a_server_that_is_busy_is_asked_again(cast: Cast, server: MailServer) -> None:
    letter_to(cast)
    for says in (
        {"address": "451 4.3.0 Later"},
        {"letter": "452 4.3.1 No room"},
        {"letter": "554 5.6.0 Not like this"},
    ):
        server.says = says
        sweep(NOW)
        Notice.objects.update(next_at=NOW)
    assert (states(), server.letters) == (["waiting"], [])
    server.says = {}
    sweep(NOW)
    assert (states(), len(server.letters)) == (["sent"], 1)


def test_a_server_that_hangs_keeps_nobody_for_long(cast: Cast, server: MailServer) -> None:
    letter_to(cast)
    server.slow = 3
    with override_settings(EMAIL_TIMEOUT=0.3):
        began = time.monotonic()
        sweep(NOW)
        assert time.monotonic() - began < 2.5
    assert states() == ["waiting"]
    server.slow = 0
    sweep(NOW + timedelta(minutes=6))
    assert (states(), len(server.letters)) == (["sent"], 1)


def test_no_such_address_is_not_asked_again(cast: Cast, server: MailServer) -> None:
    letter_to(cast)
    letter_to(cast, "dana")
    server.says = {"address": "550 5.1.1 No such user"}
    sweep(NOW)
    server.says = {}
    sweep(NOW + DAY)
    assert states() == ["refused", "refused"]
    assert server.asked == ["amara@example.net", "dana@example.net"]


def test_hung_up_after_the_letter_was_taken(cast: Cast, server: MailServer) -> None:
    """It went out, but nobody here can know: it is not sent again, and the others go with the next round."""
    letter_to(cast)
    letter_to(cast, "dana")
    server.hangs_up = True
    sweep(NOW)
    server.hangs_up = False
    for minutes in (5, 30):
        sweep(NOW + timedelta(minutes=minutes))
    assert states() == ["unsure", "sent"]
    assert Counter(server.to) == {"amara@example.net": 1, "dana@example.net": 1}


def test_one_that_cannot_be_drawn_up_stops_no_other_and_says_no_word(
    cast: Cast, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "attune")
    bad = letter_to(cast)
    letter_to(cast, "dana")
    sweep(NOW, Fails(bad))
    assert states() == ["waiting", "sent"]
    assert server.to == ["dana@example.net"]
    assert "A letter could not be drawn up: ValueError." in caplog.text
    assert "father" not in caplog.text


def test_without_an_address_it_is_stopped(cast: Cast, server: MailServer) -> None:
    letter = Due(cast.dana.person_id, Notice.Kind.AFTER, new_id(), NOW, NOW + DAY)
    outbox.put_in(letter, at=NOW)
    sweep(NOW)
    assert (states(), server.asked) == (["stopped"], [])


def test_two_sweepers_at_once(cast: Cast, server: MailServer) -> None:
    """D13: whoever comes second finds the lease taken, or the letter in hand."""
    for n in range(6):
        letter_to(cast, "amara", due=NOW - timedelta(minutes=n))
    came = together(*[lambda: sweep(NOW)] * 3)
    for one in came:
        assert one is None, one
    sweep(NOW + timedelta(minutes=5))
    assert states() == ["sent"] * 6
    assert len({one["Message-ID"] for one in server.read}) == len(server.letters) == 6


def test_two_who_both_think_that_it_is_theirs(cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lease ran out under a slow one: still each letter is taken in hand by one of them."""
    for n in range(6):
        letter_to(cast, "amara", due=NOW - timedelta(minutes=n))
    monkeypatch.setattr(lease, "take", lambda *_, **__: True)
    together(lambda: sweep(NOW), lambda: sweep(NOW))
    for minutes in (10, 60, 120):
        sweep(NOW + timedelta(minutes=minutes))
    assert states() == ["sent"] * 6
    assert len({one["Message-ID"] for one in server.read}) == len(server.letters) == 6


def test_the_lease(cast: Cast) -> None:
    mine, other = new_id(), new_id()
    assert lease.take(LEASE, holder=mine, at=NOW)
    assert not lease.take(LEASE, holder=other, at=NOW + timedelta(minutes=9))
    assert lease.take(LEASE, holder=mine, at=NOW + timedelta(minutes=9))
    assert not lease.take(LEASE, holder=other, at=NOW + timedelta(minutes=18))
    lease.give_back(LEASE, holder=other)
    assert not lease.take(LEASE, holder=other, at=NOW + timedelta(minutes=18))
    assert lease.take(LEASE, holder=other, at=NOW + timedelta(minutes=19)), "whoever died keeps nobody waiting for ever"
    lease.give_back(LEASE, holder=other)
    assert lease.take(LEASE, holder=mine, at=NOW)


def test_a_clock_that_ran_ahead_leaves_no_lease_for_days(cast: Cast) -> None:
    assert lease.take(LEASE, holder=new_id(), at=NOW + 3 * DAY)
    assert lease.take(LEASE, holder=new_id(), at=NOW)


def test_killed_while_the_server_takes_it(cast: Cast, server: MailServer) -> None:
    letter_to(cast)
    child: list[int] = []
    server.meanwhile = lambda: os.kill(child[0], signal.SIGKILL)
    child.append(_begun(lambda: sweep(NOW)))
    assert os.WIFSIGNALED(os.waitpid(child[0], 0)[1])
    server.meanwhile = lambda: None
    assert states() == ["sending"]
    sweep(NOW + timedelta(minutes=5))
    assert states() == ["sending"], "whoever was killed holds the lease for ten minutes"
    for minutes in (11, 30):
        sweep(NOW + timedelta(minutes=minutes))
    assert states() == ["unsure"]
    assert len(server.letters) == 1
    assert verify().fault is None


def test_killed_at_each_write(cast: Cast, server: MailServer) -> None:
    """Before and after every write and every commit of a sweep: never twice, and never lost without a word."""
    came = Counter[tuple[str, int]]()
    for n in count():
        Lease.objects.all().delete()
        letter, before = letter_to(cast), len(server.letters)
        connections.close_all()
        child = _begun(lambda n=n: _dies_at(n))  # type: ignore[misc]  # bound now
        died = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        for minutes in (11, 22, 40):
            sweep(NOW + timedelta(minutes=minutes))
        letter.refresh_from_db()
        came[letter.state, len(server.letters) - before] += 1
        if not died:
            break
    assert set(came) == {("sent", 1), ("unsure", 0), ("unsure", 1)}, came
    assert verify().fault is None
    assert n > 10


def _begun(work: Any) -> int:
    """In a process of its own, with connections of its own."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        with keyring():
            work()
    except BaseException:
        os._exit(3)
    os._exit(0)


def _dies_at(n: int) -> None:
    moments = count()

    def moment() -> None:
        if next(moments) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("INSERT", "UPDATE", "DELETE")):
            return execute(sql, *rest)
        moment()
        done = execute(sql, *rest)
        moment()
        return done

    commit = connection._commit  # type: ignore[attr-defined]  # Django's own, to count by

    def committed() -> None:
        moment()
        commit()
        moment()

    connection._commit = committed  # type: ignore[attr-defined]  # as above
    with connection.execute_wrapper(write):
        sweep(NOW)


def test_the_audit_names_no_address(cast: Cast, server: MailServer) -> None:
    letter_to(cast)
    sweep(NOW)
    stored = [str(row) for model in (Event, Notice) for row in model._default_manager.values_list()]
    assert not [row for row in stored if "example.net" in row]
