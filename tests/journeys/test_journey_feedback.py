"""A loop, in two windows: Amara says what is not working, Ben answers, she says what came of it, the brief says so."""

from collections.abc import Callable

from conftest import DESK, PHONE, OpenPage
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast
from support.sessions_told import yesterdays_session
from test_journey_messages import as_client

from attune.base.clock import fixed
from attune.vault.keys import keyring

HERS = "The sheets. I go home with sheets, and nobody has heard the story."
HIS = "They stay in the drawer, and I bring none unless you ask for one."


def test_a_loop(
    cast: Cast,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    phone = open_page(PHONE)
    with fixed(NOW):
        with keyring():
            for ago in (15, 8):
                yesterdays_session(cast.amara, by=cast.ben, ago=ago)
        as_client(phone, cast, cast.amara, to="/my/")
        phone.get_by_role("link", name="Is anything not working with Ben?").click()
        expect(phone.get_by_text("Nobody watches this live")).to_be_visible()
        check_page(phone)
        phone.get_by_label("What is not working").fill(HERS)
        phone.get_by_role("button", name="Say it").click()
        expect(phone.get_by_text("Not answered yet.")).to_be_visible()
        _answer(desk, watch, check_page, picture)
        phone.goto("/my/")
        expect(phone.get_by_role("heading", name="Because of what you said")).to_be_visible()
        expect(phone.get_by_text(HIS)).to_be_visible()
        check_page(phone)
        phone.set_viewport_size(PHONE)
        picture(phone, "own-feedback.png", full_page=True)
        phone.get_by_role("button", name="Better").click()
        expect(phone.get_by_text("You said, 17 November 2026: better.")).to_be_visible()
        phone.get_by_role("button", name="Well", exact=True).click()
        expect(phone.get_by_text("How was it taken")).to_have_count(0)
        check_page(phone)
        desk.reload()
        expect(desk.get_by_text("Amara says, 17 November 2026: better.")).to_be_visible()
        expect(desk.get_by_text("How it was taken")).to_have_count(0)
        desk.goto(f"/desk/episodes/{cast.amara.episode_id}/")
        desk.get_by_role("button", name="Open the brief").click()
        expect(desk.get_by_text("What came of it")).to_be_visible()
        expect(desk.get_by_text("Changed from Tuesday 17 November; she says: better.")).to_be_visible()
        check_page(desk)


def _answer(desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]) -> None:
    """From Today: opened, refused while it is empty, answered by keyboard; then it waits no more."""
    sign_in(desk)
    expect(desk.get_by_text("Something was said to you that you have not opened.")).to_be_visible()
    desk.get_by_role("button", name="Open it").click()
    expect(desk.get_by_text(HERS)).to_be_visible()
    check_page(desk)
    desk.get_by_role("link", name="Answer it").click()
    check_page(desk)
    watch.expects(422)
    desk.get_by_text("We change something").click()
    desk.get_by_role("button", name="Answer it").click()
    expect(desk.get_by_text("Write something first.").last).to_be_visible()
    check_page(desk)
    desk.get_by_label("In your own words").fill(HIS)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Ben: we change it, from 17 November 2026")).to_be_visible()
    check_page(desk)
    desk.set_viewport_size(DESK)
    picture(desk, "feedback.png")
    address = desk.url
    desk.goto("/desk/")
    expect(desk.get_by_text("waits for your answer")).to_have_count(0)
    check_page(desk)
    desk.goto(address)
