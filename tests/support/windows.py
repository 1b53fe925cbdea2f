"""What every answer of the house carries, whoever asked and whatever came of it; and what no page of it holds."""

from collections.abc import Iterator
from html.parser import HTMLParser
from http.cookies import Morsel
from typing import Any

_POLICY = "Content-Security-Policy"
#: On every answer; one page may not even connect.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
A_YEAR = "max-age=31536000"
#: Every cookie that there is.
COOKIES = {"sessionid", "csrftoken", "attune_browser", "attune_tablet"}
_GONE_WITH_THE_BROWSER = {"sessionid", "csrftoken"}


def faults_of(page: Any, *, https: bool, static: bool = False) -> list[str]:
    """What is missing or too much, each in a few words."""
    said = dict(page.headers)
    wanted = HEADERS | ({} if static else {"Cache-Control": "no-store"})
    if said.get(_POLICY, "").replace("connect-src 'none'", "connect-src 'self'") == HEADERS[_POLICY]:
        wanted[_POLICY] = said[_POLICY]
    faults = [f"{name}: {said.get(name)}" for name, value in wanted.items() if said.get(name) != value]
    if said.get("Strict-Transport-Security") != (A_YEAR if https else None):
        faults.append(f"Strict-Transport-Security: {said.get('Strict-Transport-Security')}")
    for cookie in page.cookies.values():
        faults += _faults_of_cookie(cookie, https=https)
    if said.get("Content-Type", "").startswith("text/html"):
        faults += _Inline.in_page(page.content.decode())
    return faults


def _faults_of_cookie(cookie: "Morsel[str]", *, https: bool) -> Iterator[str]:
    name = cookie.key.removeprefix("__Host-")
    if name not in COOKIES or cookie.key.startswith("__Host-") is not https:
        yield f"a cookie named {cookie.key}"
    if bool(cookie["secure"]) is not https:
        yield f"{cookie.key}: Secure"
    if cookie["path"] != "/" or cookie["domain"]:
        yield f"{cookie.key}: path {cookie['path']}, domain {cookie['domain']}"
    if cookie["samesite"] not in ("Lax", "Strict"):
        yield f"{cookie.key}: SameSite {cookie['samesite']}"
    if name in _GONE_WITH_THE_BROWSER and cookie.value and cookie["max-age"]:
        yield f"{cookie.key}: kept for {cookie['max-age']} seconds"
    if not cookie["httponly"] and cookie.value:  # one that is taken away holds nothing
        yield f"{cookie.key}: HttpOnly"


class _Inline(HTMLParser):
    """Script and style that stand in the page itself, and whatever would be fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def in_page(cls, text: str) -> list[str]:
        """Each, with its line."""
        parser = cls()
        parser.feed(text)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type") != "application/json"):
            self.found.append(f"<{tag}> in line {self.getpos()[0]}")
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").startswith("javascript:"):
                self.found.append(f"{name}= in line {self.getpos()[0]}")
            fetched = name in ("src", "srcset", "action", "data", "poster") or (name == "href" and tag == "link")
            if fetched and "//" in (value or ""):
                self.found.append(f"{name}={value} in line {self.getpos()[0]}")
