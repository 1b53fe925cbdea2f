"""S6: ten thousand guesses in an hour open nothing, are slowed, are told of; and who has the right thing comes in."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from secrets import token_urlsafe
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from support.askings import ask
from support.both_factors import code_of_app, give_app
from support.cast import NOW, PASSWORD, Cast, make_cast
from support.figures import keep

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.checkins.actions import invite
from attune.people.links import make_link
from attune.people.viewers import MACHINE
from attune.vault.keys import keyring

pytestmark = pytest.mark.deep

GUESSES, HOUR = 10_000, 3600.0
HERE = "10.0.0.9"
SECOND = "/sign-in/second/"


class Hour:
    """An hour that passes as fast as the guesses are answered: limits and codes go by it, the house's clock too."""

    def __init__(self) -> None:
        self.begins = self.now = NOW.timestamp()

    def time(self) -> float:
        return self.now

    def guesses(self, guess: Callable[[int], Any]) -> Counter[int]:
        """Evenly over the hour; how often each status came, and never a 429 that does not say for how long."""
        came = Counter[int]()
        for number in range(GUESSES):
            self.now = self.begins + number * HOUR / GUESSES
            with fixed(datetime.fromtimestamp(self.now, UTC)):
                answer = guess(number)
            assert answer.status_code != 429 or answer.headers["Retry-After"] == "60"
            came[answer.status_code] += 1
        return came


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Hour:
    passing = Hour()
    monkeypatch.setattr(time, "time", passing.time)
    return passing


@pytest.fixture
def cast(db: None, hour: Hour, caplog: pytest.LogCaptureFixture) -> Iterator[Cast]:
    caplog.set_level(logging.ERROR, "django.request")  # ten thousand lines of it else
    caplog.handler.setLevel(logging.WARNING)  # what the line above also raises
    with fixed(NOW):
        yield make_cast()


def told(verb: str, caplog: pytest.LogCaptureFixture) -> int:
    """How often the alarm was raised: as often in the log as in the audit."""
    events = Event.objects.filter(verb=verb).count()
    lines = [line for line in caplog.messages if line.startswith("Somebody is trying")]
    assert len(lines) == events
    assert not [line for line in lines if HERE in line or "example.org" in line]
    return events


def test_links_of_clients(cast: Cast, hour: Hour, caplog: pytest.LogCaptureFixture) -> None:
    with keyring():
        token = invite(cast.amara, asking=ask("questionnaire", "phq-9", "full"), by=cast.ben, at=NOW)[1]
    browser = Client(REMOTE_ADDR=HERE)
    came = hour.guesses(lambda _: browser.get(f"/c/{token_urlsafe(32)}/"))
    assert set(came) == {404, 429}
    assert browser.get(f"/c/{token}/").status_code == 200, "in the same second, from the same address"
    assert browser.post(f"/c/{token}/", {"phq-9.item-1": "1"}).status_code != 429
    _kept("S6b", "a client’s link", came, told("alarm.links-tried", caplog), "the right link opens at once")


def test_links_of_staff(cast: Cast, hour: Hour, caplog: pytest.LogCaptureFixture) -> None:
    token = make_link(cast.accounts["Eli"], by=MACHINE, at=NOW)
    browser = Client(REMOTE_ADDR=HERE)
    sent = {"password": "a row of words nobody knows"}
    came = hour.guesses(lambda _: browser.post(f"/welcome/{token_urlsafe(32)}/", sent))
    assert set(came) == {404, 429}
    assert browser.post(f"/welcome/{token}/", sent).status_code == 302
    _kept("S6c", "the link of a new colleague", came, told("alarm.links-tried", caplog), "the right link opens at once")


def test_passwords(cast: Cast, hour: Hour, caplog: pytest.LogCaptureFixture) -> None:
    """One account, from 250 addresses in turn: it is the account that is held."""
    drawn = Random(20261117)

    def guess(number: int) -> Any:
        form = {"login": "ben@example.org", "password": f"{drawn.getrandbits(64):x}"}
        return Client(REMOTE_ADDR=f"10.0.1.{number % 250}").post("/sign-in/", form)

    came = hour.guesses(guess)
    assert set(came) == {422, 429}
    give_app(cast.accounts["Eli"])
    eli = {"login": "eli@example.org", "password": PASSWORD}
    assert Client(REMOTE_ADDR="10.0.1.1").post("/sign-in/", eli).headers["Location"] == SECOND
    hour.now += 300
    ben = {"login": "ben@example.org", "password": PASSWORD}
    give_app(cast.accounts["Ben"])
    assert Client(REMOTE_ADDR="10.0.1.1").post("/sign-in/", ben).headers["Location"] == SECOND
    _kept(
        "S6d",
        "an account’s password, from 250 addresses",
        came,
        told("alarm.sign-ins-tried", caplog),
        "a colleague signs in from there at once, the one whose account it is five minutes later",
    )


def test_codes_of_an_app(cast: Cast, hour: Hour, caplog: pytest.LogCaptureFixture) -> None:
    """By somebody who has the password."""
    give_app(cast.accounts["Ben"])
    drawn, thief = Random(20261117), Client(REMOTE_ADDR=HERE)
    password = {"login": "ben@example.org", "password": PASSWORD}

    def guess(_: int) -> Any:
        answer = thief.post(SECOND, {"code": f"{drawn.randrange(10**6):06d}"})
        if answer.status_code != 302:
            return answer
        assert "_auth_user_id" not in thief.session, "a guess was right"
        first = thief.post("/sign-in/", password)  # its time is over after a quarter of an hour
        if first.status_code == 429:  # the address is being held as well
            return first
        return thief.post(SECOND, {"code": f"{drawn.randrange(10**6):06d}"})

    came = hour.guesses(guess)
    assert set(came) == {422, 429}
    hour.now += 300
    ben = Client(REMOTE_ADDR=HERE)
    ben.post("/sign-in/", password)
    assert ben.post(SECOND, {"code": code_of_app()}).headers["Location"] == "/"
    _kept(
        "S6e",
        "the code of an app, the password being known",
        came,
        told("alarm.sign-ins-tried", caplog),
        "the one whose account it is signs in five minutes later",
    )


def _kept(goal: str, what: str, came: Counter[int], alarms: int, after: str) -> None:
    assert came.total() == GUESSES
    assert alarms == 1, "once in the hour"
    keep(
        goal,
        connection.vendor,
        f"{GUESSES} guesses at {what}, evenly over an hour (the hour’s clock was moved); default limits",
        f"0 hits; {GUESSES - came[429]} were looked at, {came[429]} told to wait; {alarms} alarm; {after}",
    )
