"""Pages to which no address alone leads: somebody presses something, or something goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from access_world import World
from conftest import PHONE, OpenPage
from django.conf import settings
from django.db import OperationalError
from journeys_cast import answer, can_keep_passkeys, handed_link
from playwright.sync_api import Page, expect
from support.cast import NOW, PASSWORD

from attune.base.clock import fixed
from attune.people.limits import WRONG_LINKS

_FORM = "attune.doors.portal.checkins.get_checkin_form"


@dataclass
class Stage:
    """The world, and a browser for each role in it, each page of which is looked over by `over`."""

    world: World
    open_page: OpenPage
    over: Callable[[Page], None]
    patch: pytest.MonkeyPatch
    _pages: dict[str, Page] = field(default_factory=dict)

    def page(self, role: str) -> Page:
        """The one page of somebody in this role, signed in as the world has them."""
        if role not in self._pages:
            self._pages[role] = self.new_page()
            for cookie in self.world.browsers[role].cookies.values():
                self._pages[role].context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.house}])
        return self._pages[role]

    def new_page(self) -> Page:
        """A browser in which nobody has been yet."""
        page = self.open_page(PHONE)
        self.over(page)
        return page

    @property
    def house(self) -> str:
        return str(settings.ATTUNE.url)

    def episode(self, relation: str = "own") -> str:
        return f"/desk/episodes/{self.world.episodes[relation]['episode_id']}/"

    def link(self, state: str = "open") -> str:
        return f"/c/{self.world.links[state]['token']}/"


def press(page: Page, name: str) -> None:
    """The first button of this name."""
    page.get_by_role("button", name=name).first.click()


def read(stage: Stage) -> None:
    """What came in is opened: the brief, each response with both views, and a concern that is answered."""
    desk = stage.page("therapist")
    desk.goto(stage.episode())
    press(desk, "Open the brief")
    expect(desk.get_by_role("heading", name="Hana")).to_be_visible()
    desk.goto(stage.episode())
    desk.get_by_role("link", name="PHQ-9").first.click()
    desk.goto(stage.episode())
    desk.get_by_role("link", name="Read it and answer").click()
    answer(desk, {"words": "We spoke."})
    press(desk, "This is answered")
    expect(desk.get_by_text("We spoke.")).to_be_visible()


def one_link_from_first_to_last(stage: Stage) -> None:
    """Begun, kept for later, sent and changed in one browser; what the other one sends afterwards is not kept."""
    desk, phone, other = stage.page("therapist"), stage.new_page(), stage.new_page()
    desk.goto(stage.episode())
    press(desk, "Check-in before, for Hana")
    link = handed_link(desk)
    other.goto(link)
    phone.goto(link)
    answer(phone, {"today": "My father."})
    press(phone, "Keep it for later")
    phone.get_by_role("link", name="Go on now").click()
    press(phone, "Send to Ben")
    phone.get_by_role("link", name="Change something").click()
    expect(phone.get_by_role("heading", name="Change what you sent")).to_be_visible()
    answer(other, {"today": "Something else."})
    press(other, "Send to Ben")
    expect(other.get_by_text("Something else.")).to_be_visible()


def entered_at_the_desk(stage: Stage) -> None:
    """A session takes place; its sheet, and what stood on it: entered once, and not a second time."""
    desk = stage.page("therapist")
    desk.goto(stage.episode())
    press(desk, "It took place")
    desk.get_by_role("link", name="Enter it from paper").click()
    desk.get_by_role("link", name="Enter it without").click()
    desk.goto(desk.url.split("?")[0].replace("/enter/", "/sheet/"))
    with desk.context.expect_page() as opened:
        desk.evaluate("address => { open(address) }", desk.url.replace("/sheet/", "/enter/") + "?now=1")
    again = opened.value
    stage.over(again)
    desk.get_by_role("link", name="Enter it", exact=True).click()
    desk.get_by_role("link", name="Enter it without").click()
    for page in (desk, again):
        page.get_by_label("written on paper").check()
        press(page, "Keep it")
    expect(again.get_by_role("heading", name="This was not entered")).to_be_visible()


def signed_in_by_hand(stage: Stage) -> None:
    """Up to the second factor by the password; and up to the code from the mail."""
    page = stage.new_page()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("therapist@example.org")
    for password, heading in (("wrong", "Sign in"), ("x" * 20, "Your second factor")):
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in/code/")
    page.get_by_label("E-mail address").fill("therapist@example.org")
    press(page, "Send the code")
    expect(page.get_by_role("heading", name="The code from the e-mail")).to_be_visible()


def a_passkey_of_ones_own(stage: Stage) -> None:
    """Set up in this browser, asked for again, and offered to be removed; and the app that could be beside it."""
    page = stage.new_page()
    can_keep_passkeys(page)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("ben@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Go on")
    page.get_by_label("What to call it").fill("This machine")
    press(page, "Set up a passkey")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    for address in ("/account/app/", "/account/again/passkey/", "/account/"):
        page.goto(address)
    page.get_by_text("This machine").get_by_role("link", name="Remove it").click()
    expect(page.get_by_role("heading", name="Remove This machine")).to_be_visible()


def refused(stage: Stage) -> None:
    """A form that is too old, a press that says what no page offers, an address that is no address, too many tries."""
    page, desk = stage.new_page(), stage.page("therapist")
    page.goto("/sign-in/")
    page.context.clear_cookies()
    page.get_by_label("E-mail address").fill("ben@example.org")
    page.get_by_label("Password").fill("x")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="This page had been open for too long")).to_be_visible()
    desk.goto(f"/desk/transcripts/{stage.world.episodes['own']['transcript_id']}/")
    desk.get_by_text("This is not so").first.click()
    desk.get_by_role("button", name="Mine").first.evaluate("button => { button.value = 'nobody' }")
    press(desk, "Mine")
    expect(desk.get_by_role("heading", name="This could not be taken as it is")).to_be_visible()
    page.goto("/sign-in/?" + "&".join(f"a{n}=1" for n in range(300)))
    expect(page.get_by_role("heading", name="This could not be read")).to_be_visible()
    with stage.patch.context() as patch:
        patch.setattr(type(WRONG_LINKS), "is_reached", lambda *_: True)
        page.goto(stage.link("missing"))
    expect(page.get_by_role("heading", name="A short pause, please")).to_be_visible()


def out_of_order(stage: Stage) -> None:
    """The database does not answer: to somebody who looks, and to somebody who sends; and a fault of ours."""
    page = stage.new_page()
    page.goto(stage.link())
    with stage.patch.context() as patch:
        patch.setattr("attune.doors.portal.checkins.receive_checkin", _fails(OperationalError))
        press(page, "Send to Ben")
        expect(page.get_by_role("button", name="Send it again")).to_be_visible()
        for problem, heading in (
            (OperationalError, "For a moment nothing can be kept"),
            (ValueError, "Something went wrong here"),
        ):
            patch.setattr(_FORM, _fails(problem))
            page.goto(stage.link())
            expect(page.get_by_role("heading", name=heading)).to_be_visible()


def _fails(problem: type[Exception]) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise problem

    return fail


def too_late(stage: Stage) -> None:
    """What was written when the session had run out."""
    office = stage.page("operator")
    office.goto("/office/instruments/wai-b3/")
    with fixed(NOW + timedelta(minutes=20)):
        press(office, "Withdraw it")
    expect(office.get_by_role("heading", name="You had been signed out")).to_be_visible()


def handed_over(stage: Stage) -> None:
    """The tablet in the room opens what it was handed over for, and nothing else. It ends the therapist's session."""
    tablet = stage.page("therapist")
    tablet.goto(stage.episode("deputy"))
    press(tablet, "Check-in before, for Hana")
    press(tablet, "Hand over to Hana")
    press(tablet, "Send to Ben")
    expect(tablet.get_by_role("heading", name="Please give it back")).to_be_visible()
    tablet.goto(stage.link())
    expect(tablet.get_by_role("heading", name="Please give it back")).to_be_visible()


def taken_to_supervision(stage: Stage) -> None:
    """Lines of one's own notes on a page of their own."""
    desk = stage.page("therapist")
    desk.goto("/desk/notes/")
    desk.get_by_label("take this line").first.check()
    press(desk, "Show the ticked lines")
    expect(desk.get_by_text("wait")).to_be_visible()


def own_pages(stage: Stage) -> None:
    """A way in is made at the desk; a client sets two PINs, opens dates alone, and comes too late to change it."""
    desk, phone = stage.page("therapist"), stage.page("account")
    desk.goto(f"/desk/participants/{stage.world.episodes['own']['participant_id']}/own-pages/")
    desk.get_by_label("Their e-mail address").fill("hana@example.org")
    press(desk, "Open them")
    press(desk, "Make a way in")
    expect(desk.get_by_role("heading", name="A way in for Hana")).to_be_visible()
    link, new = handed_link(desk), stage.new_page()
    new.goto(link)
    press(new, "Come in")
    expect(new.get_by_role("heading", name="Hello, Hana")).to_be_visible()
    phone.goto("/my/pins/")
    phone.get_by_label("The first").fill("1234")
    phone.get_by_label("The second").fill("9753")
    press(phone, "Set them")
    press(phone, "Lock")
    phone.get_by_label("PIN").fill("1234")
    press(phone, "Open")
    expect(phone.get_by_role("heading", name="Appointments")).to_be_visible()
    with fixed(NOW + timedelta(minutes=6)):
        new.goto("/my/ways/")
    expect(new.get_by_role("heading", name="Who is there?")).to_be_visible()


SCENES: tuple[Callable[[Stage], None], ...] = (
    read,
    taken_to_supervision,
    own_pages,
    one_link_from_first_to_last,
    entered_at_the_desk,
    signed_in_by_hand,
    a_passkey_of_ones_own,
    refused,
    out_of_order,
    too_late,
    handed_over,
)
