"""Presence, from the therapist's side: Ben arrives, closes the book, keeps a moment, looks back, takes a line along.

Nothing reaches the closed book: fifty minutes go by in the browser, and it asks nobody for anything.
"""

from collections.abc import Callable
from datetime import timedelta

from conftest import DESK
from journeys_cast import Watch, open_brief, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast
from test_journey_today import HER_WORDS, a_day

from attune.base.clock import fixed


def test_an_hour(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    begins = NOW + timedelta(minutes=21)
    desk.clock.install(time=begins)
    with fixed(NOW):
        sign_in(desk)
        a_day(cast)
        desk.reload()
        open_brief(desk, "Amara")
        expect(desk.get_by_text(HER_WORDS)).to_be_visible()
        desk.keyboard.press("g")
        desk.keyboard.press("t")
        desk.get_by_role("listitem").filter(has_text="Amara").get_by_role("link", name="Arrive").click()
        desk.get_by_role("group", name="Body").get_by_label("here").check()
        desk.get_by_role("group", name="Heart").get_by_label("on the way").check()
        desk.get_by_label("One intention for this hour").fill("Wait until she has finished.")
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "arrive.png")
        desk.get_by_role("button", name="Keep it and close the book").click()
    with fixed(NOW + timedelta(minutes=58)):  # nobody has touched anything else since
        expect(desk.get_by_role("heading", name="Amara")).to_be_visible()
        expect(desk.get_by_text(HER_WORDS)).to_be_visible()
        expect(desk.get_by_text("16:01", exact=True)).to_be_visible()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "closed-book.png")
        nothing_comes(desk)
        desk.keyboard.press("m")
        expect(desk.get_by_text("One is kept, at 16:38.")).to_be_visible()
    with fixed(NOW + timedelta(minutes=72)):
        sign_in(desk, to="/desk/")
        desk.get_by_role("listitem").filter(has_text="Amara").get_by_role("button", name="It took place").click()
        expect(desk.get_by_role("heading", name="Session 1, Tuesday 17 November")).to_be_visible()
        desk.keyboard.press("n")
        expect(desk.get_by_text("Moments that you kept: 16:38.")).to_be_visible()
        desk.get_by_role("group", name="What became of it").get_by_label("partly").check()
        desk.get_by_label("What stays with me").fill("I came in too early once.\nAmara stopped, and went on.")
        desk.get_by_label("What moved me").fill("hurry")
        desk.get_by_role("group", name="When somebody was unhappy with me").get_by_label("I listened").check()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "look-back.png", full_page=True)
        desk.get_by_role("button", name="Keep it").click()
        expect(desk.get_by_role("heading", name="My notes")).to_be_visible()
        check_page(desk)
        desk.get_by_label("take these lines").check()
        desk.get_by_role("button", name="Show the ticked lines").click()
        expect(desk.get_by_text("[client] stopped, and went on.")).to_be_visible()
        check_page(desk)
        desk.get_by_role("link", name="Back to my notes").click()
        desk.get_by_role("link", name="open this note").click()
        desk.get_by_text("Fold it away now").click()
        check_page(desk)
        desk.get_by_role("button", name="Delete this note").click()
        expect(desk.get_by_text("Nothing is written here.")).to_be_visible()


def nothing_comes(desk: Page) -> None:
    """It dims after a minute, wakes at a touch, and asks for nothing through the whole hour."""
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    dimmed = desk.locator("html.dim")
    expect(dimmed).to_have_count(0)
    desk.clock.fast_forward("01:01")
    expect(dimmed).to_have_count(1)
    desk.mouse.move(40, 40)
    expect(dimmed).to_have_count(0)
    desk.clock.fast_forward("50:00")
    expect(desk.get_by_text("16:52", exact=True)).to_be_visible()
    assert asked == []
    desk.mouse.move(50, 50)
