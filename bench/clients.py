"""What is measured, as a browser does it: open, fill in, send, and follow where the answer leads."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

EIGHT = ("presence", "collaboration", "acceptance", "culture", "frame", "autonomy", "feedback", "repair")
#: All eight lines, beside the usual, both questions, and a note.
ANSWERS = dict.fromkeys(EIGHT, "8") | {
    "relative": "a_little_harder",
    "hurt": "yes",
    "how": "bring_it_up",
    "less": "The sheet, right when I was telling you about my father.",
}
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submission)" value="([^"]+)"')


def browser() -> OpenerDirector:
    """Somebody's own browser, with cookies of its own."""
    return build_opener(HTTPCookieProcessor(CookieJar()))


def complete_checkin(url: str, token: str) -> None:
    """The page is opened, everything answered, and the receipt read."""
    page = browser()
    address = f"{url}/c/{token}/"
    if not send(page, address, ANSWERS | hidden_fields(page, address)).endswith("/received/"):
        raise SystemExit("A check-in was not taken.")


def sign_in(url: str) -> OpenerDirector:
    """The demo's one click."""
    desk = browser()
    send(desk, f"{url}/demo/desk/", hidden_fields(desk, f"{url}/demo/"))
    return desk


def look_at(page: OpenerDirector, address: str) -> None:
    """Read a page."""
    hidden_fields(page, address)


def send(page: OpenerDirector, address: str, fields: dict[str, str]) -> str:
    """Post a form; where it led."""
    with page.open(address, urlencode(fields).encode()) as answer:
        answer.read()
        return str(answer.url)


def hidden_fields(page: OpenerDirector, address: str) -> dict[str, str]:
    """Open a page: what its form sends without being asked."""
    with page.open(address) as answer:
        return dict(_HIDDEN.findall(answer.read().decode()))
