"""The trap for words that have become a part of a page: what runs says so, and what should not be there is seen."""

from conftest import DESK, OpenPage
from journeys_cast import sign_in
from playwright.sync_api import Page

#: Told to the console, which the watch hears: the number of what ran.
TRAP = "window.ran = n => { console.error(`ran ${n}`); (window.all ??= []).push(n) }"
#: What no page of this house holds: a part that runs or fetches by itself, an attribute that listens, another address.
STRANGE = """() => [...document.querySelectorAll("*")].flatMap(part => {
    const own = address => ["http:", "https:", "tel:"].includes(new URL(address, location).protocol)
        && (new URL(address, location).protocol === "tel:" || new URL(address, location).origin === location.origin)
    const ADDRESSES = ["href", "src", "action", "formaction", "data", "xlink:href"]
    const parts = ["IFRAME", "OBJECT", "EMBED", "BASE", "STYLE", "MARQUEE", "VIDEO", "AUDIO", "IMG", "MATH", "NOSCRIPT"]
    const found = parts.includes(part.tagName.toUpperCase()) ? [part.tagName] : []
    if (part.tagName.toUpperCase() === "SCRIPT" && !String(part.src ?? "").startsWith(`${location.origin}/static/`))
        found.push("SCRIPT")
    if (part instanceof HTMLUnknownElement) found.push(part.tagName)
    if (part.tagName === "META" && part.httpEquiv) found.push("META")
    for (const { name, value } of part.attributes) {
        if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(name)
        if (ADDRESSES.includes(name) && !own(value)) found.push(value)
    }
    return found
})"""
#: Every sign of a page: its text, what stands in its fields, and its attributes.
SIGNS = """() => [document.documentElement.textContent, ...[...document.querySelectorAll("*")].flatMap(
    part => [part.value ?? "", ...[...part.attributes].map(one => one.value)])].join(" ")"""


def signs(text: str) -> str:
    """Without what differs only in white space."""
    return " ".join(text.split())


class Opener:
    """Opens pages as somebody, and looks whether words stayed words."""

    def __init__(self, open_page: OpenPage, *, without_policy: bool) -> None:
        self.open_page, self.wishes = open_page, {"bypass_csp": without_policy}
        self.pages: dict[str, Page] = {}
        self.looked = 0

    def page(self, name: str) -> Page:
        """The page of this member of staff; of somebody without a name, one that nobody has signed in at."""
        if name not in self.pages:
            page = self.open_page(DESK, **self.wishes)
            page.add_init_script(TRAP)
            self.pages[name] = page
            if not name.startswith(" ") and name:
                sign_in(page, name)
        return self.pages[name]

    def look(self, page: Page, text: str) -> None:
        """Nothing of it has become a part of the page; where there is a text, all of it stands there."""
        self.looked += 1
        assert page.evaluate(STRANGE) == [], page.url
        if text:
            assert signs(text) in signs(page.evaluate(SIGNS)), f"not all of it stands on {page.url}"
