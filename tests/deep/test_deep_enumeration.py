"""S5: how long an answer takes does not tell whether somebody has an account here, nor how near a guess came."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings
from support.askings import ask
from support.cast import NOW, Cast, make_cast
from support.figures import how_often, keep

from attune.base.clock import fixed
from attune.care.checkins.actions import invite
from attune.care.checkins.tokens import new_token
from attune.people import letters
from attune.people.models import Remembered
from attune.vault.keys import keyring

pytestmark = pytest.mark.deep

#: The area under the curve by which a guess from the time alone would be right: 0.5 is none (trust.md S5).
NO_BETTER_THAN = 0.55
#: The first ones load what is loaded once.
WARMING = 20


@pytest.fixture
def cast(db: None, settings: Settings) -> Iterator[Cast]:
    """With the product's own hashing of passwords: it is most of what a sign-in costs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    with fixed(NOW):
        yield make_cast()


def area(one: list[float], other: list[float]) -> float:
    """How often a value of the one is greater than one of the other, halves for ties; never below a half."""
    beside = sorted(other)
    greater = sum(bisect_left(beside, value) + bisect_right(beside, value) for value in one)
    found = greater / (2 * len(one) * len(beside))
    return max(found, 1 - found)


def test_the_area_is_what_it_should_be() -> None:
    drawn = Random(7)
    noise = [drawn.random() for _ in range(2000)]
    assert area([1.0, 2.0], [3.0, 4.0]) == area([3.0, 4.0], [1.0, 2.0]) == 1.0
    assert area([1.0, 1.0], [1.0, 1.0]) == 0.5
    assert area([1.0, 3.0], [2.0, 2.0]) == 0.5
    assert area(noise[:1000], noise[1000:]) < NO_BETTER_THAN
    assert area(noise[:1000], [value + 0.1 for value in noise[1000:]]) > NO_BETTER_THAN


@dataclass(frozen=True)
class Step:
    """What somebody does who wants to know whether there is an account: how they come to it, and the press itself."""

    press: Callable[[Client, str], Any]
    comes: Callable[[str], Client] = lambda email: Client()


def sign_in(browser: Client, email: str) -> None:
    browser.post("/sign-in/", {"login": email, "password": "something else"})


def ask_for_a_code(browser: Client, email: str) -> None:
    browser.post("/sign-in/code/", {"email": email})


def asked_for_a_code(email: str) -> Client:
    browser = Client()
    ask_for_a_code(browser, email)
    letters.wait()
    return browser


STEPS = {
    "a wrong password": Step(sign_in),
    "a code is asked for": Step(ask_for_a_code),
    "where it is typed": Step(lambda browser, _: browser.get("/sign-in/code/enter/"), asked_for_a_code),
    "a wrong code": Step(
        lambda browser, _: browser.post("/sign-in/code/enter/", {"code": "WRONG-CODE"}), asked_for_a_code
    ),
}


def seconds_of(step: Step, email: str) -> float:
    """The processor's time on the thread that answers: what others do on this machine does not come into it."""
    Remembered.objects.all().delete()  # as if nothing had been tried before
    browser = step.comes(email)
    begun = time.thread_time()
    step.press(browser, email)
    took = time.thread_time() - begun
    letters.wait()
    return took


def compare(step: Step, known: str, unknown: str) -> float:
    """In turn, the first of the two by lot."""
    times: dict[str, list[float]] = {known: [], unknown: []}
    drawn = Random(20261117)
    for number in range(how_often("ATTUNE_TIMINGS", 2000) + WARMING):
        for email in drawn.sample([known, unknown], 2):
            took = seconds_of(step, email)
            if number >= WARMING:
                times[email].append(took)
        mail.outbox.clear()
    return area(times[known], times[unknown])


def test_known_and_unknown_take_as_long(cast: Cast) -> None:
    found = {name: compare(step, "ben@example.org", "bob@example.org") for name, step in STEPS.items()}
    told = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
    assert max(found.values()) < NO_BETTER_THAN, told
    each = how_often("ATTUNE_TIMINGS", 2000)
    keep(
        "S5b",
        connection.vendor,
        f"{each} times each, in turn, an address that somebody has and one that nobody has; processor’s time",
        f"area under the curve: {told}",
    )


def test_a_guess_that_comes_near_takes_as_long(cast: Cast) -> None:
    """Tokens are looked up by a hash: how much of one was right does not show."""
    with keyring():
        token = invite(cast.amara, asking=ask("questionnaire", "phq-9", "full"), by=cast.ben, at=NOW)[1]
    numbers = count()
    step = Step(lambda browser, guess: browser.get(f"/c/{guess}{next(numbers):05d}/"))
    found = compare(step, token[:-5], new_token()[:-5])
    each = how_often("ATTUNE_TIMINGS", 2000)
    assert found < NO_BETTER_THAN, found
    keep(
        "S5c",
        connection.vendor,
        f"{each} times each, in turn, a link that is right but for its last five characters and one that is wrong; "
        "processor’s time",
        f"area under the curve: {found:.3f}",
    )
