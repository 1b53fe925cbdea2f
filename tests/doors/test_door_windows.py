"""Windows are shut whatever goes wrong: every kind of refusal, every fault, what is fetched beside a page; and cookies.

Every address by the access table: `tests/rules/test_rule_windows.py`.
"""

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client
from doors_cast import held, link, phq9, signed_in
from pytest_django import Settings
from support.both_factors import code_of_app, give_app
from support.cast import NOW, PASSWORD, Cast
from support.public_address import BY_PROXY, live_at
from support.windows import HEADERS, faults_of
from test_door_faults import down

from attune.base.clock import fixed
from attune.base.errors import Conflict, Refused
from attune.doors.desk import today as today_page
from attune.people.limits import WRONG_LINKS, Limit

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(params=[True, False], ids=["https", "http"])
def https(request: pytest.FixtureRequest, settings: Settings, cast: Cast) -> bool:
    """A clinic behind its proxy; and a house on this machine alone."""
    if request.param:
        live_at(settings)
    return bool(request.param)


@pytest.fixture
def how(https: bool) -> dict[str, Any]:
    """What comes with each request."""
    return BY_PROXY if https else {"HTTP_HOST": "localhost"}


def test_the_policy_lets_in_nothing_inline_and_nothing_foreign() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert {rules.pop(name) for name in ("default-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert set(rules.values()) == {"'self'"}, "no unsafe-inline, no unsafe-eval, no other place, no data:"


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (Conflict("It has moved on."), 409),
        (Refused("It cannot be taken."), 422),
        (SuspiciousOperation("x"), 400),
        (ValueError("x"), 500),
    ],
)
def test_what_the_house_raises(
    cast: Cast, https: bool, how: dict[str, Any], monkeypatch: pytest.MonkeyPatch, problem: Exception, status: int
) -> None:
    def raising(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(today_page, "get_today", raising)
    desk = signed_in(cast)
    desk.raise_request_exception = False
    page = desk.get("/desk/", **how)
    assert (page.status_code, faults_of(page, https=https)) == (status, [])


@pytest.mark.parametrize("address", ["/desk/", "/sign-in/", "/help-now/", "/health/"])
def test_a_database_that_does_not_answer(cast: Cast, https: bool, how: dict[str, Any], address: str) -> None:
    desk = signed_in(cast)
    desk.raise_request_exception = False
    with down():
        page = desk.get(address, **how)
    assert page.status_code == (200 if address == "/help-now/" else 503)
    assert faults_of(page, https=https) == []


def test_a_form_from_elsewhere(cast: Cast, https: bool, how: dict[str, Any]) -> None:
    page = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "ben@example.org"}, **how)
    assert (page.status_code, faults_of(page, https=https)) == (403, [])


def test_a_form_that_came_too_late(cast: Cast, https: bool, how: dict[str, Any]) -> None:
    desk = signed_in(cast)
    desk.get("/desk/", **how)
    with fixed(NOW + timedelta(minutes=16)):
        page = desk.post("/desk/episodes/new/", "name_1=Hana", FORM, **how)
    assert (page.status_code, faults_of(page, https=https)) == (403, [])


def test_a_host_that_is_not_this_house(cast: Cast, https: bool) -> None:
    page = Client().get("/sign-in/", HTTP_HOST="elsewhere.example")
    assert (page.status_code, faults_of(page, https=False)) == (400, [])


def test_too_often(cast: Cast, https: bool, how: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("attune.doors.gates.WRONG_LINKS", Limit(WRONG_LINKS.name, 1, 60))
    pages = [Client().get(f"/c/wrong-{n}/", **how) for n in range(2)]
    assert [(page.status_code, faults_of(page, https=https)) for page in pages] == [(404, []), (429, [])]
    for _ in range(10):
        Client().post("/sign-in/", {"login": "ben@example.org", "password": "something else"}, **how)
    page = Client().post("/sign-in/", {"login": "ben@example.org", "password": PASSWORD}, **how)
    assert (page.status_code, faults_of(page, https=https)) == (429, [])


def test_what_is_fetched_beside_a_page(settings: Settings, https: bool, how: dict[str, Any], tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "one.js").write_text("1", encoding="ascii")
    page = Client().get("/static/one.js", **how)
    assert (page.status_code, faults_of(page, https=https, static=True)) == (200, [])
    assert page.headers["Content-Type"].startswith("text/javascript")
    page.close()


def test_the_cookies_of_a_sign_in_a_draft_and_a_tablet(cast: Cast, https: bool, how: dict[str, Any]) -> None:
    """By the forms themselves, as a browser is given them."""
    give_app(cast.accounts["Ben"])
    session, token = held(cast.amara, cast.ben, 2), link(cast.dana, cast.ben, phq9())
    desk, phone = Client(), Client()
    pages = [
        desk.get("/sign-in/", **how),
        desk.post("/sign-in/", {"login": "ben@example.org", "password": PASSWORD}, **how),
        desk.post("/sign-in/second/", {"code": code_of_app()}, **how),
        phone.post(f"/c/{token}/draft/", {"phq-9.item-1": "1", "quiet": "1"}, **how),
        desk.post(f"/desk/participants/{cast.amara.id}/hand-over/", {"kind": "after", "about": session.id}, **how),
    ]
    assert [page.status_code for page in pages[:3]] == [200, 302, 302]
    assert [fault for page in pages for fault in faults_of(page, https=https)] == []
    given = dict(_given(pages))
    before = "__Host-" if https else ""
    assert set(given) == {f"{before}{name}" for name in ("sessionid", "csrftoken", "attune_browser", "attune_tablet")}


def _given(pages: list[Any]) -> Iterator[tuple[str, "Morsel[str]"]]:
    return (pair for page in pages for pair in page.cookies.items() if pair[1].value)


def test_only_the_proxys_word_makes_a_request_secure_and_only_at_an_https_address(
    cast: Cast, https: bool, how: dict[str, Any]
) -> None:
    """HSTS from a house on this machine would shut the machine's other servers out."""
    page = Client().get("/sign-in/", HTTP_HOST="localhost", HTTP_X_FORWARDED_PROTO="https")
    assert page.headers.get("Strict-Transport-Security") == ("max-age=31536000" if https else None)
    page = Client().get("/sign-in/", HTTP_HOST="localhost")
    assert "Strict-Transport-Security" not in page.headers
