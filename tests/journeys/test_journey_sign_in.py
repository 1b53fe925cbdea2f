"""Ben signs in by hand: his password, then the code that his app shows; and out again, for good."""

from collections.abc import Callable

from journeys_cast import Watch
from playwright.sync_api import Page, expect
from support.both_factors import code_of_app, give_app
from support.cast import NOW, PASSWORD, Cast

from attune.base.clock import fixed


def test_password_then_code_and_out_again(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None]
) -> None:
    give_app(cast.accounts["Ben"])
    with fixed(NOW):
        desk.goto("/desk/")
        expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
        check_page(desk)
        desk.get_by_label("E-mail address").fill("ben@example.org")
        desk.get_by_label("Password").fill(PASSWORD)
        desk.get_by_role("button", name="Sign in", exact=True).click()
        expect(desk.get_by_label("Code")).to_be_visible()
        check_page(desk)
        watch.expects(422)
        desk.get_by_label("Code").fill("000000")
        desk.get_by_role("button", name="Go on").click()
        expect(desk.get_by_label("Code")).to_be_visible()
        desk.get_by_label("Code").fill(code_of_app())
        desk.get_by_role("button", name="Go on").click()
        expect(desk.get_by_text("Waits for you")).to_be_visible()
        desk.get_by_role("button", name="Sign out").click()
        desk.goto("/desk/")
        expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
