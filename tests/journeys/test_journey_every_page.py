"""Every page that there is, opened in a real browser, which keeps a log: nothing is asked of anybody but this house.

Which pages there are is read from the routes and from the templates, so that a new one which nobody opens here fails.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from access_table import DEMO_ROUTES, ROLES, ROUTES, TABLE, address_of, expected, relations
from access_world import ONE_FACTOR, World, make_world
from conftest import DESK, PHONE, OpenPage
from django.http import Http404
from django.urls import resolve
from journeys_cast import Watch
from other_pages import SCENES, Stage
from page_list import drawn, page_templates
from playwright.sync_api import Browser, BrowserType, Error, Page, Response
from support.cast import NOW, make_cast

from attune.base.clock import fixed
from attune.people.readers import get_installation

#: What stands on every answer, whatever it holds.
HEADERS = {
    "content-security-policy": "default-src 'none'; ",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), ",
}
#: Answered with a file, which the browser saves instead of showing it.
FILES = ("office:wording-form",)


@pytest.fixture
def net_log(tmp_path: Path) -> Path:
    return tmp_path / "net-log.json"


@pytest.fixture
def browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], house: str, net_log: Path
) -> Iterator[Browser]:
    """A browser of this story's own, which writes down itself what it asks of the network: pages cannot hide it."""
    args = [*browser_type_launch_args["args"], f"--log-net-log={net_log}"]
    with browser_type.launch(**browser_type_launch_args | {"args": args}) as launched:
        yield launched
    asked = asked_by_pages(json.loads(net_log.read_text("utf-8")))
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(house).netloc}, sorted(set(asked))


_NO_PAGE = "not an origin"


def asked_by_pages(log: dict[str, Any]) -> list[str]:
    """Every address that a page asked for, icons too. What the browser asks of its maker by itself has no page."""
    start = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    told = [event["params"] for event in log["events"] if event["type"] == start and "params" in event]
    return [one["url"] for one in told if one.get("initiator", _NO_PAGE) != _NO_PAGE]


@dataclass
class Book:
    """What was shown: by route, with the status; and every template that was drawn."""

    drawn: set[str]
    shown: dict[str, set[int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    pages: int = 0

    def over(self, page: Page) -> None:
        page.on("response", self.note)

    def note(self, response: Response) -> None:
        """An answer of ours that is a page, and that it carries what every page carries."""
        if response.request.resource_type != "document" or response.status in range(300, 400):
            return
        self.pages += 1
        with suppress(Http404):
            match = resolve(urlsplit(response.url).path)
            self.shown.setdefault(match.view_name, set()).add(response.status)
        for name, value in HEADERS.items():
            if not response.headers.get(name, "").startswith(value):
                self.faults.append(f"{name} is missing: {response.url}")


@pytest.fixture
def book() -> Iterator[Book]:
    with drawn() as names:
        yield Book(names)


def lookers(route: str) -> tuple[str, ...]:
    """Who opens a page. A link's know nothing of who holds it, and one's own sign-in is one page for all roles."""
    if "token" in ROUTES[route]:
        return ("client",)
    return ("therapist", ONE_FACTOR) if "staff" in TABLE[route]["may"] else ROLES


def visits(world: World) -> Iterator[tuple[str, str, str]]:
    """Role, route and address of every page that the table lets somebody see, and of every closed door."""
    for route in ROUTES:
        for relation, ids in relations(world, route).items():
            for role in lookers(route):
                if expected(route, "GET", role, relation) in ("may", "closed"):
                    yield role, route, address_of(route, ids)


#: Whatever a page draws from, opens a way to, or sends to, but for links that somebody follows.
ELSEWHERE = """() => [...document.querySelectorAll("link, script, img, image, use, source, iframe, object, form")]
    .map(part => part.href?.baseVal ?? part.href ?? part.src ?? part.data ?? part.action ?? "")
    .filter(address => address && new URL(address, location).origin !== location.origin)"""


def look(page: Page, address: str, *, file: bool = False) -> None:
    """Open it as wide as a phone: nothing runs off the side there, nor at a desk, and no part comes from elsewhere."""
    page.set_viewport_size(PHONE)
    if file:
        with page.expect_download(), suppress(Error):
            page.goto(address)
        return
    page.goto(address)
    assert page.evaluate(ELSEWHERE) == [], address
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} at {size}: too wide"


def shown_by_get() -> set[str]:
    return {route for route in ROUTES if "GET" in TABLE[route]["methods"]}


@pytest.fixture
def world(house: str, transactional_db: None) -> Iterator[World]:
    get_installation.cache_clear()
    with fixed(NOW):
        yield make_world()
    get_installation.cache_clear()


def test_every_page(
    world: World, open_page: OpenPage, watch: Watch, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.expects(400, 403, 404, 409, 410, 422, 429, 500, 503)
    stage = Stage(world, open_page, book.over, monkeypatch)
    for role, route, address in visits(world):
        look(stage.page(role), address, file=route in FILES)
    for role in ROLES:
        look(stage.page(role), "/nothing/here/")
    for scene in SCENES:
        scene(stage)
    unseen = {route for route in shown_by_get() if 200 not in book.shown.get(route, ())}
    assert not unseen, "pages that nobody has opened here: a scene of `other_pages` may show them"
    undrawn = page_templates() - book.drawn - OF_A_DEMO
    assert not undrawn, "pages of these templates have never been shown here: a scene of `other_pages` may do it"
    assert not book.faults, "\n".join(sorted(set(book.faults)))
    assert book.pages > 150


OF_A_DEMO = {"entrance/cast.html", "gallery.html"}


def test_the_pages_of_a_demo(house: str, transactional_db: None, open_page: OpenPage, watch: Watch, book: Book) -> None:
    with fixed(NOW):
        make_cast(kind="demo")
        page = open_page(PHONE)
        book.over(page)
        for route in DEMO_ROUTES:
            if "GET" in TABLE[route]["methods"]:
                look(page, address_of(route, {}))
    get_installation.cache_clear()
    assert book.drawn >= OF_A_DEMO
    assert not book.faults
