"""What no request can do, on every route there is: be sent by another site, be framed, lead away, be kept (G-SES S7).

The routes come from the access table: a new one is tried by being there.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from access_table import ROUTES, TABLE, relations, undone
from access_world import World, make_world
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from support.cast import NOW

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.doors.middleware import CONTENT_SECURITY_POLICY, NOTHING_COMES
from attune.people.readers import get_installation

FORM = "application/x-www-form-urlencoded"
SECRET = "a" * 32
UNSAFE = [route for route, line in TABLE.items() if route in ROUTES and "POST" in line["methods"]]
#: Where a browser would take these to: not to us.
AWAY = ["//evil.example/", "https:evil.example", "/\\evil.example"]


@pytest.fixture
def world(db: None) -> Iterator[World]:
    get_installation.cache_clear()
    with fixed(NOW):
        yield make_world()
    get_installation.cache_clear()


def address_of(world: World, route: str) -> str:
    """The route, filled with something that is there."""
    ids = next(iter(relations(world, route).values()))
    return reverse(route, kwargs={key: ids[key] for key in ROUTES[route]})


def press(browser: Client, method: str, address: str, data: str = "", **more: Any) -> tuple[HttpResponse, bool]:
    """What came, and whether an event was written; whatever was done is undone."""
    before, cookies = Event.objects.count(), dict(browser.cookies)
    with undone():
        page = browser.generic(method, address, data, FORM, **more)
        wrote = Event.objects.count() != before
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return page, wrote  # type: ignore[return-value]  # the test client's own kind


@pytest.fixture
def strict(world: World) -> Client:
    """A therapist's browser, and a server that looks where a form comes from, as it does outside of tests."""
    browser = world.browsers["therapist"]
    browser.handler.enforce_csrf_checks = True
    browser.cookies["csrftoken"] = SECRET
    return browser


def test_there_is_something_to_try() -> None:
    assert len(UNSAFE) > 30


def test_no_form_of_another_site_is_taken(world: World, strict: Client) -> None:
    """A token is asked of every form, those of a one-time link too."""
    ours, foreign = {"headers": {"X-CSRFToken": SECRET}}, {"headers": {"X-CSRFToken": "b" * 32}}
    for route in UNSAFE:
        address = address_of(world, route)
        for sent in ({}, foreign):
            page, wrote = press(strict, "POST", address, **sent)
            assert (page.status_code, wrote) == (403, False), route
        assert press(strict, "POST", address, **ours)[0].status_code != 403, f"{route}: our own is let through"


def test_no_form_with_a_foreign_origin_is_taken(world: World, strict: Client) -> None:
    """The right token does not help: a browser says where the form stood."""
    for route in UNSAFE:
        address = address_of(world, route)
        for origin in ("https://evil.example", "http://testserver.evil.example", "null"):
            page, wrote = press(strict, "POST", address, headers={"X-CSRFToken": SECRET, "Origin": origin})
            assert (page.status_code, wrote) == (403, False), (route, origin)
    right = {"X-CSRFToken": SECRET, "Origin": "http://testserver"}
    assert press(strict, "POST", "/sign-out/", headers=right)[0].status_code == 302


def test_over_tls_a_form_says_where_it_stood(strict: Client) -> None:
    """A browser that sends no Origin sends a Referer: without either, or from elsewhere, nothing is taken."""
    came = {}
    for referer in ("", "https://evil.example/", "http://testserver/", "https://testserver/desk/"):
        headers = {"X-CSRFToken": SECRET} | ({"Referer": referer} if referer else {})
        came[referer] = press(strict, "POST", "/sign-out/", headers=headers, secure=True)[0].status_code
    assert list(came.values()) == [403, 403, 403, 302]


def test_no_page_can_be_framed_or_kept(world: World) -> None:
    """Whatever is answered, to whom, by which method, found or not."""
    odd = ["/nowhere/", "/desk/nothing/", "/desk", "/c/x/y/", "/%ff/", "/static/nothing.css"]
    for role in ("anonymous", "therapist", "operator"):
        for address in [*(address_of(world, route) for route in ROUTES), *odd]:
            for method in ("GET", "POST", "PUT"):
                headers = press(world.browsers[role], method, address)[0].headers
                assert headers["X-Frame-Options"] == "DENY", (method, address)
                assert headers["Content-Security-Policy"] in (CONTENT_SECURITY_POLICY, NOTHING_COMES), (method, address)
                assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
                assert headers["X-Content-Type-Options"] == "nosniff", (method, address)
                assert headers["Referrer-Policy"] == "same-origin", (method, address)
                assert headers.get("Cache-Control") == "no-store" or address.startswith("/static/"), (method, address)


def leads_away(page: HttpResponse) -> bool:
    """Whether a browser would follow this to another house; it forgives backslashes and what cannot be seen."""
    told = re.sub(r"[\x00-\x20]", "", page.headers.get("Location", "")).replace("\\", "/")
    return told.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", told, re.IGNORECASE) is not None


def test_no_route_leads_to_another_house(world: World) -> None:
    for role in ("anonymous", "therapist"):
        for route in ROUTES:
            address = address_of(world, route)
            for there in AWAY:
                for method in ("GET", "POST"):
                    page = press(world.browsers[role], method, f"{address}?next={there}", f"next={there}")[0]
                    assert not leads_away(page), (role, route, method, page.headers["Location"])


def test_what_leads_away_would_be_seen() -> None:
    for there in (*AWAY, "https://evil.example/", "/ /evil.example", " //evil.example", "///evil.example"):
        assert leads_away(HttpResponse(headers={"Location": there})), there
    for here in ("/desk/", "/sign-in/?next=//evil.example", "", "?next=x"):
        assert not leads_away(HttpResponse(headers={"Location": here})), here
