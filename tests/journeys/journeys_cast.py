"""What every story does: sign in, mark a line, hand over a link; and the watch over what the browser says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request
from support.both_factors import key_of, with_both

from attune.people.models import Account

_REFUSED = re.compile(r"status of (\d+)")


@dataclass
class Watch:
    """Notes what no page may do: ask another host for anything, complain, or break its own policy."""

    house: str
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def over(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda problem: self.faults.append(f"error: {problem}"))

    def expects(self, *statuses: int) -> None:
        """From here on a page may be answered with one of these: the browser calls that an error."""
        self.expected.update(statuses)

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.house).netloc:
            self.faults.append(f"asked elsewhere: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        status = _REFUSED.search(message.text)
        if message.type == "error" and not (status and int(status[1]) in self.expected):
            self.faults.append(f"console: {message.text}")


def sign_in(page: Page, name: str = "Ben", *, to: str = "/") -> None:
    """With both factors, as the sign-in would have left it: a code counts once, and stories begin more often."""
    browser = with_both(Account.objects.get(email=f"{name.lower()}@example.org"))
    page.goto("/help-now/")  # the house's address
    house = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}"
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key_of(browser), "url": house}])
    page.goto(to)


def open_brief(page: Page, name: str) -> None:
    """From the caseload, by the button beside the name."""
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Brief").click()


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """Mark lines, choose answers, write words: each by the name of its question."""
    for name, value in answers.items():
        words = page.locator(f"textarea[name='{name}']")
        if words.count():
            words.fill(value)
        else:
            page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def handed_link(page: Page) -> str:
    """The link that stands on the page of an invitation, beside its code."""
    assert page.get_by_role("img", name="QR code of the link").is_visible()
    return page.locator(".link").inner_text().strip()
