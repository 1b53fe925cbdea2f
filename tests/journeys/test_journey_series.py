"""Ben plans Amara's Tuesdays by keyboard, moves one, and cancels for her; later, one of them was not what it seemed."""

import re
from collections.abc import Callable
from datetime import timedelta

from conftest import DESK
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast

from attune.base.clock import fixed
from attune.care.schedule.models import Appointment

Check = Callable[[Page], None]
Picture = Callable[..., None]


def press(page: Page, *keys: str) -> None:
    """One key after another, wherever the focus stands."""
    for key in keys:
        page.keyboard.press(key)


def choose(page: Page, name: str, value: str) -> None:
    """Reach the group with Tab, and its answer with the arrows."""
    page.locator(f"input[name={name}]").first.focus()
    for _ in range(page.locator(f"input[name={name}]").count()):
        if page.evaluate("document.activeElement.value") == value:
            break
        press(page, "ArrowDown")
    press(page, "Space")
    assert page.evaluate("document.activeElement.value") == value


def plan_his_tuesdays(desk: Page, check_page: Check, picture: Picture) -> None:
    """He forgets the end, is told that a series needs one, and writes it."""
    desk.get_by_role("link", name="Plan an appointment").focus()
    press(desk, "Enter")
    until = desk.get_by_label("Or how many in all")
    expect(until).not_to_be_visible()
    desk.get_by_label("Day").fill("2026-11-24")
    desk.get_by_label("Time").fill("16:00")
    choose(desk, "repeat", "1")
    expect(until).to_be_visible()
    desk.get_by_role("button", name="Plan it").focus()
    press(desk, "Enter")
    expect(desk.get_by_role("link", name="a series needs an end")).to_be_visible()
    check_page(desk)
    desk.get_by_label("Or how many in all").focus()
    desk.keyboard.type("12")
    desk.set_viewport_size(DESK)
    picture(desk, "series-planned.png", full_page=True)
    press(desk, "Enter")
    expect(desk.get_by_text("every week").first).to_be_visible()
    check_page(desk)


def move_one(desk: Page, check_page: Check) -> None:
    """The second does not suit him: he gives it another day, and says that it is he who asks."""
    desk.get_by_role("link", name=re.compile(r"Move it ?: 1 December, 16:00")).focus()
    press(desk, "Enter")
    expect(desk.get_by_text("Only this one of its series is moved.")).to_be_visible()
    check_page(desk)
    desk.get_by_text("If it is you: words to try").click()
    check_page(desk)
    desk.get_by_label("New day").fill("2026-12-03")
    choose(desk, "side", "therapist")
    desk.get_by_role("button", name="Move it").focus()
    press(desk, "Enter")
    expect(desk.get_by_text("Moved from Tuesday 1 December 2026, 16:00 at the wish of the therapist")).to_be_visible()


def she_cancels(desk: Page, check_page: Check) -> None:
    """One, for which she need not say why."""
    desk.get_by_role("link", name=re.compile(r"It will not take place ?: 24 November, 16:00")).focus()
    press(desk, "Enter")
    expect(desk.get_by_role("heading", name="It will not take place")).to_be_visible()
    check_page(desk)
    choose(desk, "side", "client")
    press(desk, "Tab")
    assert desk.evaluate("document.activeElement.value") == "one"
    desk.get_by_role("button", name="Cancel it").focus()
    press(desk, "Enter")
    expect(desk.get_by_text("Cancelled by the client, 7 days before.")).to_be_visible()


def by_a_misunderstanding(desk: Page, check_page: Check) -> None:
    """All that follow, which is taken back at once and as a whole."""
    desk.get_by_role("link", name=re.compile(r"It will not take place ?: 8 December, 16:00")).focus()
    press(desk, "Enter")
    choose(desk, "side", "client")
    choose(desk, "which", "following")
    desk.get_by_role("button", name="Cancel it").focus()
    press(desk, "Enter")
    expect(desk.get_by_role("button", name=re.compile("All 10 take place after all"))).to_be_visible()
    check_page(desk)
    assert Appointment.objects.filter(state="cancelled").count() == 11
    desk.get_by_role("button", name=re.compile(r"All 10 take place after all ?: 8 December, 16:00")).focus()
    press(desk, "Enter")
    expect(desk.get_by_text("7 more, until 9 February 2027")).to_be_visible()
    assert Appointment.objects.filter(state="cancelled").count() == 1


def two_weeks_later(desk: Page, check_page: Check) -> None:
    """He says that nobody came; it was a slip, and it took place, begun ten minutes late."""
    desk.get_by_role("button", name=re.compile(r"Not seen ?: 3 December, 16:00")).focus()
    press(desk, "Enter")
    expect(desk.get_by_text("Nobody came, and nobody had said. That may mean nothing.")).to_be_visible()
    check_page(desk)
    desk.get_by_role("button", name=re.compile(r"Take that back ?: 3 December, 16:00")).focus()
    press(desk, "Enter")
    desk.get_by_role("button", name="It took place").focus()
    press(desk, "Enter")
    desk.get_by_role("link", name="How its time was kept").focus()
    press(desk, "Enter")
    choose(desk, "kept", "late")
    check_page(desk)
    press(desk, "Tab")
    desk.keyboard.type("10")
    press(desk, "Enter")
    expect(desk.get_by_text("Time: started 10 minutes late.")).to_be_visible()
    check_page(desk)


def test_a_series(cast: Cast, desk: Page, watch: Watch, check_page: Check, picture: Picture) -> None:
    watch.expects(422)
    with fixed(NOW):
        sign_in(desk)
        desk.goto(f"/desk/episodes/{cast.amara.episode_id}/")
        plan_his_tuesdays(desk, check_page, picture)
        move_one(desk, check_page)
        she_cancels(desk, check_page)
    with fixed(NOW + timedelta(minutes=1)):
        by_a_misunderstanding(desk, check_page)
        desk.set_viewport_size(DESK)
        picture(desk, "series.png", full_page=True)
    with fixed(NOW + timedelta(days=16, hours=1)):
        sign_in(desk)
        desk.goto(f"/desk/episodes/{cast.amara.episode_id}/")
        two_weeks_later(desk, check_page)
