"""What every story does: sign in, mark a line, hand over a link; and the watch over what the browser says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect
from support.both_factors import key_of, signed_in, with_both

from attune.people.models import Account

#: What the browser says of a request that it gave up itself: the page was left, became a download, or is an answer to
#: a form, of which it has kept nothing to go back to.
_LEFT = ("net::ERR_ABORTED", "net::ERR_CACHE_MISS")
_PARTS = frozenset({"stylesheet", "script", "image", "font", "media", "manifest"})
_REFUSED = re.compile(r"status of (\d+)")


#: Told to the console, so that it is heard like everything else that a page complains of.
_POLICY = (
    "addEventListener('securitypolicyviolation', told =>"
    " console.error(`policy: ${told.effectiveDirective} refused ${told.blockedURI} ${told.sample}`))"
)


@dataclass
class Watch:
    """Notes what no page may do: ask another host for anything, complain, miss a part, or break its own policy."""

    house: str
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    unmoved: tuple[str, ...] = ()
    """What a browser may say of what somebody typed, where a story types that on purpose."""

    def over(self, page: Page) -> None:
        page.add_init_script(_POLICY)
        page.on("request", lambda request: self._asked(request.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda problem: self.faults.append(f"error: {problem}"))

    def expects(self, *statuses: int) -> None:
        """From here on a page may be answered with one of these: the browser calls that an error."""
        self.expected.update(statuses)

    def _asked(self, address: str) -> None:
        if urlsplit(address).netloc != urlsplit(self.house).netloc:
            self.faults.append(f"asked elsewhere: {address}")

    def _failed(self, request: Request) -> None:
        if request.failure not in _LEFT:
            self.faults.append(f"{request.failure}: {request.url}")

    def _answered(self, response: Response) -> None:
        """A style, a script, a picture is there, whatever the page itself may be answered with."""
        if response.status >= 400 and response.request.resource_type in _PARTS:
            self.faults.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        status = _REFUSED.search(message.text)
        if any(words in message.text for words in self.unmoved):
            return
        if message.type in ("error", "warning") and not (status and int(status[1]) in self.expected):
            self.faults.append(f"console: {message.text}")


def sign_in(page: Page, name: str = "Ben", *, to: str = "/") -> None:
    """As the sign-in would have left it, with both factors of staff: a code counts once, and stories begin often."""
    account = Account.objects.get(email=f"{name.lower()}@example.org")
    browser = signed_in(account) if account.is_clients else with_both(account)
    page.goto("/help-now/")  # the house's address
    house = f"{urlsplit(page.url).scheme}://{urlsplit(page.url).netloc}"
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key_of(browser), "url": house}])
    page.goto(to)


def open_brief(page: Page, name: str) -> None:
    """From today, by the button beside the name: among what waits, or in the day's order."""
    page.get_by_role("listitem").filter(has_text=name).get_by_role("button", name="Brief").last.click()


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
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    return page.locator(".link").inner_text().strip()


KEPT_HERE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def can_keep_passkeys(page: Page) -> None:
    """Give this browser a device that keeps passkeys and knows its owner."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": KEPT_HERE})
