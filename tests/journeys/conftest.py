"""A real browser before a real server: nothing leaves the house, nothing complains, all can use every page."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it carries no types
from django.conf import settings as house_settings
from journeys_cast import Watch
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from support.cast import Cast, make_cast

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}

OpenPage = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="take the pictures of the manual anew (ATTUNE_PICTURES=1)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and not item.get_closest_marker("deep"):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"  # it would look for updates of itself
    quiet = "--disable-quic --disable-background-networking --disable-component-update --disable-sync --no-first-run"
    return {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", alone, *quiet.split()]}


@pytest.fixture(scope="session", autouse=True)
def _beside_a_loop() -> None:
    """The browser is driven from a loop in this thread, beside which Django would refuse to ask its database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    house_settings.STATIC_ROOT.mkdir(exist_ok=True)


@pytest.fixture
def house(live_server: Any, settings: Any) -> str:
    """Where the product is open; links that it writes lead there."""
    settings.ROOT_URLCONF = "journey_addresses"
    settings.ATTUNE = replace(settings.ATTUNE, url=live_server.url)
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


@pytest.fixture
def cast(house: str, transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def watch(house: str) -> Iterator[Watch]:
    """Looks over every page's shoulder; at the end of the story it must have seen nothing wrong."""
    watching = Watch(house)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


@pytest.fixture
def open_page(house: str, browser: Browser, watch: Watch) -> Iterator[OpenPage]:
    """Makes a browser of somebody's own, with an empty page in it."""
    contexts: list[BrowserContext] = []

    def opened(viewport: ViewportSize, **wishes: Any) -> Page:
        context = browser.new_context(
            base_url=house, viewport=viewport, reduced_motion="reduce", locale="en-GB", **wishes
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A client's phone, without script."""
    return open_page(PHONE, java_script_enabled=False, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """The screen on a therapist's desk."""
    return open_page(DESK)


@pytest.fixture
def check_page() -> Callable[[Page], None]:
    """Axe finds nothing and nothing runs off the side: light and dark, as wide as a phone and as a desk."""
    axe = Axe()

    def check(page: Page) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.title()}: too wide"
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found = axe.run(page)
                assert found.violations_count == 0, f"{page.title()} at {size}, {scheme}:\n{found.generate_report()}"
        page.emulate_media(color_scheme="light")

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Takes a picture for the manual, when that was asked for."""
    wanted = request.config.getoption("--pictures", default=False) or os.environ.get("ATTUNE_PICTURES") == "1"

    def take(page: Page, name: str, **wishes: Any) -> None:
        if wanted:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / name, **wishes)

    return take
