"""Words that try to be script stay words: on every page that shows them nothing runs, and the policy is never needed.

The pages are opened under the policy that every answer carries, where a single refusal fails, and once more in a
browser that takes no notice of it, where a single one that ran would. Each page shows every sign of what was written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest
import script_forms
from conftest import OpenPage
from django.http import HttpRequest, HttpResponse
from django.urls import path
from journey_addresses import handler400, handler404, handler500, urlpatterns
from journeys_cast import Watch
from page_list import drawn, page_templates
from playwright.sync_api import Page
from script_trap import STRANGE, Opener
from script_world import Told, tell, views
from support.cast import NOW, Cast
from support.figures import keep_input
from support.scripts_tried import VECTORS, every, few, texts

from attune.base.clock import fixed

#: What forms come back with.
REFUSED = (403, 409, 422, 503)
#: Said by the browser of a day and an hour that are none.
NO_DAY = "does not conform to the required format"
#: Pages on which nothing stands that anybody wrote.
WORDLESS = frozenset(
    [f"{status}.html" for status in (400, 403, 404, 409, 410, 422, 429, 500)]
    + ["gallery.html", "portal/give_back.html"]
    + [f"entrance/{name}.html" for name in ("again", "app_add", "app_remove", "codes", "codes_new")]
    + [f"entrance/{name}.html" for name in ("passkey_add", "password", "second", "who_is_there")]
    + ["portal/dates.html", "portal/pin.html"]
)
(FEW,) = texts(few())
ALL = texts(every())


def open_all(told: Told, opener: Opener) -> None:
    for name, address, text in views(told):
        page = opener.page(name)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, (address, answer.status)
        opener.look(page, text)


@pytest.fixture(autouse=True)
def _hour() -> Iterator[None]:
    with fixed(NOW):
        yield


def every_form(told: Told, opener: Opener, patch: pytest.MonkeyPatch) -> None:
    def stranger(name: str) -> Page:
        return opener.page(f" {name}")

    script_forms.a_clients(told, stranger, opener.look, patch)
    script_forms.at_the_entrance(told, stranger, opener.page("Ben"), opener.look)
    script_forms.an_operators(told, opener.page("Eli"), opener.look)
    script_forms.not_looked_at_yet(told, opener.page("Ben"), opener.look)
    script_forms.a_therapists(told, opener.page("Ben"), opener.look)


def try_it(text: str, cast: Cast, opener: Opener, watch: Watch, patch: pytest.MonkeyPatch) -> None:
    """Told, opened on every page that shows it, and sent by every form that gives it back."""
    watch.expects(*REFUSED)
    watch.unmoved = (NO_DAY,)
    told = tell(cast, text)
    open_all(told, opener)
    every_form(told, opener, patch)


def test_a_few_of_each_kind(cast: Cast, open_page: OpenPage, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    with drawn() as names:
        try_it(FEW, cast, Opener(open_page, without_policy=False), watch, monkeypatch)
    untried = page_templates() - names - WORDLESS
    assert not untried, "pages that have not shown anybody's words here: `script_world.views` may open them"


@dataclass
class Tally:
    """What the whole of it came to."""

    pages: dict[tuple[int, bool], int] = field(default_factory=dict)
    run_if_careless: int = 0


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    kept = Tally()
    yield kept
    if len(kept.pages) == 2 * len(ALL) and kept.run_if_careless:
        keep_input(
            "I3",
            f"{len(every())} texts in each field that clients and staff write in (an e-mail address and the names of a "
            "file and of a browser hold only one of them, or the first), opened on every page of a template "
            f"that shows any: {sum(kept.pages.values())} looks in Chromium, half of them with the policy switched off "
            "(`tests/journeys/test_journey_script_like_text.py`); a few of each kind on every run",
            f"nothing ran, no refusal by the policy, nothing became a part of a page, every sign shown. On a page made "
            f"careless for the purpose {kept.run_if_careless} of the same texts run. There is no PDF, no mail with "
            "words of anybody, no FHIR yet",
        )


@pytest.mark.deep
@pytest.mark.parametrize("without_policy", [False, True], ids=["policy", "no policy"])
@pytest.mark.parametrize("n", range(len(ALL)))
def test_all_of_them(
    n: int,
    without_policy: bool,
    cast: Cast,
    open_page: OpenPage,
    watch: Watch,
    monkeypatch: pytest.MonkeyPatch,
    tally: Tally,
) -> None:
    opener = Opener(open_page, without_policy=without_policy)
    try_it(ALL[n], cast, opener, watch, monkeypatch)
    tally.pages[n, without_policy] = opener.looked


def careless(request: HttpRequest, n: int) -> HttpResponse:
    """A page that escapes nothing."""
    text = every()[n]
    return HttpResponse(
        f'<!doctype html><title>A</title><p>{text}</p><input value="{text}"><textarea>{text}</textarea>'
    )


@pytest.fixture
def careless_pages(house: str, settings: Any) -> None:
    addresses = ModuleType("careless_addresses")
    addresses.__dict__.update(
        urlpatterns=[*urlpatterns, path("careless/<int:n>/", careless)],
        handler400=handler400,
        handler404=handler404,
        handler500=handler500,
    )
    settings.ROOT_URLCONF = addresses


def tried(numbers: range, opener: Opener, watch: Watch) -> tuple[set[int], set[int], set[int]]:
    """Which of them ran on the careless page, which the policy refused, and which became a part of it."""
    page = opener.page("")
    ran, refused, strange = set(), set(), set()
    for n in numbers:
        watch.faults.clear()
        page.goto(f"/careless/{n}/")
        page.wait_for_timeout(40)  # some wait for the first frame
        found = {n} if page.evaluate(STRANGE) else set()
        strange |= found
        ran |= {n} if any(f"ran {n}" in fault for fault in watch.faults) else set()
        refused |= {n} if any("policy: " in fault for fault in watch.faults) else set()
    watch.faults.clear()
    return ran, refused, strange


@pytest.mark.usefixtures("cast", "careless_pages")
def test_a_careless_page_is_caught(open_page: OpenPage, watch: Watch) -> None:
    """The vectors alone: each becomes a part of the page, the policy stops what it can, and without it they run."""
    numbers = range(len(VECTORS))
    ran, refused, strange = tried(numbers, Opener(open_page, without_policy=False), watch)
    assert not ran
    assert len(refused) > 15
    assert len(strange) == len(VECTORS)
    ran, refused, strange = tried(numbers, Opener(open_page, without_policy=True), watch)
    assert len(ran) > 15
    assert not refused
    assert len(strange) == len(VECTORS)


@pytest.mark.deep
@pytest.mark.usefixtures("cast", "careless_pages")
def test_how_many_of_them_a_careless_page_would_run(open_page: OpenPage, watch: Watch, tally: Tally) -> None:
    ran, *_ = tried(range(len(every())), Opener(open_page, without_policy=True), watch)
    assert len(ran) > 150
    tally.run_if_careless = len(ran)
