"""Eli's first day: a link, a password, a passkey in the browser; and the day on which the passkey is not at hand."""

import re
from collections.abc import Callable

from journeys_cast import Watch, can_keep_passkeys
from playwright.sync_api import Page, expect
from support.cast import Cast

from attune.base import clock
from attune.people.links import make_link
from attune.people.viewers import MACHINE

NEW = "a row of words nobody knows"
Check = Callable[[Page], None]


def first_day(cast: Cast, desk: Page, check_page: Check) -> list[str]:
    """From the link to the office: the recovery codes that were shown on the way."""
    token = make_link(cast.accounts["Eli"], by=MACHINE, at=clock.now())
    desk.goto(f"/welcome/{token}/")
    check_page(desk)
    desk.get_by_label("Password").fill(NEW)
    desk.get_by_role("button", name="Set it and go on").click()
    expect(desk.get_by_role("heading", name="One more thing: a second factor")).to_be_visible()
    check_page(desk)
    desk.get_by_role("link", name="Set up a passkey").click()
    check_page(desk)
    desk.get_by_label("What to call it").fill("The office's machine")
    desk.get_by_role("button", name="Set up a passkey").click()
    expect(desk.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check_page(desk)
    codes = desk.locator("code").all_inner_texts()
    desk.get_by_role("link", name="I have them, go on").click()
    expect(desk.get_by_role("heading", name="What can be asked here")).to_be_visible()
    return codes


def sign_out(desk: Page) -> None:
    desk.get_by_role("button", name="Sign out").click()
    desk.goto("/sign-in/")


def by_password(desk: Page) -> None:
    """The first step, up to the question for the second factor."""
    desk.get_by_label("E-mail address").fill("eli@example.org")
    desk.get_by_label("Password").fill(NEW)
    desk.get_by_role("button", name="Sign in", exact=True).click()
    expect(desk.get_by_role("heading", name="Your second factor")).to_be_visible()


def test_a_passkey_and_the_day_without_it(cast: Cast, desk: Page, watch: Watch, check_page: Check) -> None:
    watch.expects(422)
    can_keep_passkeys(desk)
    codes = first_day(cast, desk, check_page)
    assert len(codes) == 10

    sign_out(desk)
    desk.get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.get_by_role("heading", name="What can be asked here")).to_be_visible()

    sign_out(desk)
    by_password(desk)
    desk.get_by_role("button", name="Use a passkey").click()
    expect(desk.get_by_role("heading", name="What can be asked here")).to_be_visible()

    sign_out(desk)
    by_password(desk)
    for code, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        desk.get_by_label("Code").fill(code)
        desk.get_by_role("button", name="Go on").click()
        if opens:
            expect(desk.get_by_role("heading", name="What can be asked here")).to_be_visible()
            sign_out(desk)
            by_password(desk)
        else:
            expect(desk.get_by_text("does not open anything now")).to_be_visible()
            check_page(desk)


def test_ones_own_page(cast: Cast, desk: Page, check_page: Check) -> None:
    can_keep_passkeys(desk)
    first_day(cast, desk, check_page)
    desk.goto("/account/")
    check_page(desk)
    for page in ("Change the password", "Where you are signed in", "Set up an app"):
        desk.get_by_role("link", name=page).click()
        expect(desk.get_by_role("heading", name=re.compile(page))).to_be_visible()
        check_page(desk)
        desk.goto("/account/")
    desk.get_by_text("The office's machine").get_by_role("link", name="Remove it").click()
    check_page(desk)
