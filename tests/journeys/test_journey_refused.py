"""What was typed survives a refusal: on a client's phone, and at the desk."""

import re
from collections.abc import Callable

from conftest import PHONE, OpenPage
from journeys_cast import Watch, answer, handed_link, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast

from attune.base.clock import fixed

WORDS = "Something from Sunday.\n\nتمهّل قليلًا"


def test_a_clients_words(
    cast: Cast, desk: Page, open_page: OpenPage, watch: Watch, check_page: Callable[[Page], None]
) -> None:
    watch.expects(422)
    with fixed(NOW):
        link = link_before(desk)
        page = open_page(PHONE)
        page.goto(link)
        answer(page, {"wellbeing": "4", "today": WORDS})
        # What a form never sends by itself, an old page or a foreign hand may.
        page.locator("input[name=wellbeing][value='4']").evaluate("radio => { radio.value = '44' }")
        page.get_by_role("button", name="Send to Ben").click()
        expect(page.get_by_role("heading", name="Please look at this again")).to_be_visible()
        expect(page.locator("textarea[name=today]")).to_have_value(WORDS)
        check_page(page)
        answer(page, {"wellbeing": "5"})
        page.get_by_role("button", name="Send to Ben").click()
        expect(page.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
        desk.get_by_role("link", name="Back").click()
        desk.get_by_role("button", name=re.compile(r"Check-in before, \d")).click()
        expect(desk.get_by_text("Something from Sunday.")).to_be_visible()


def link_before(desk: Page) -> str:
    """Ben plans an appointment, and first mistypes its hour: the day that he wrote stays."""
    sign_in(desk, to="/desk/caseload/")
    desk.get_by_role("link", name="Amara").click()
    desk.get_by_role("link", name="Plan an appointment").click()
    desk.get_by_label("Day").fill("2026-11-18")
    desk.get_by_role("button", name="Plan it").click()
    expect(desk.get_by_role("heading", name="Please look at this again")).to_be_visible()
    expect(desk.get_by_label("Day")).to_have_value("2026-11-18")
    desk.get_by_label("Time").fill("16:00")
    desk.get_by_role("button", name="Plan it").click()
    desk.get_by_role("button", name="Check-in before, for Amara").click()
    return handed_link(desk)
