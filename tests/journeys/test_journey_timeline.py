"""Ben looks at the whole of the work with Amara, walks it by keyboard, and narrows it to one practice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK, PHONE
from journeys_cast import open_brief, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, ZONE, Cast
from support.many_sessions import many_sessions, questionnaires

from attune.base.clock import fixed
from attune.care.checkins.models import Response
from attune.care.schedule.actions import When, cancel_appointment, plan_appointment
from attune.commands.demo.courses import AMARA
from attune.commands.demo.telling import Teller
from attune.vault.keys import keyring

Check = Callable[[Page], None]
Picture = Callable[..., None]
EIGHTH = datetime(2026, 11, 17, 16, 0, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def amara(cast: Cast) -> str:
    """The address of her timeline: seven sessions, one not opened, a meeting cancelled, three questionnaires."""
    who = cast.amara
    with keyring():
        Teller(who.episode, cast.ben, EIGHTH, NOW).tell({who: AMARA})
        questionnaires(who, [(NOW - timedelta(days=days), value) for days, value in ((47, 16), (30, 12), (3, 8))])
        gone = When((NOW - timedelta(days=18)).date(), NOW.time().replace(tzinfo=None), ZONE)
        appointment = plan_appointment(who.episode, when=gone, by=cast.ben, at=NOW - timedelta(days=22))
        cancel_appointment(appointment, by=cast.ben, at=NOW - timedelta(days=20))
    Response.objects.filter(participant=who, read_at=None).update(read_at=NOW)
    Response.objects.filter(invitation__session__number=4).update(read_at=None)
    return f"/desk/participants/{who.id}/timeline/"


def by_keyboard_to(page: Page, name: str) -> None:
    """Tab until this mark has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == name:
            return
    raise AssertionError(f"no mark of this name is reached: {name}")


def he_walks_the_drawing(desk: Page) -> None:
    """From the past to the present; a mark opens what is behind it, and what is unread is only offered."""
    by_keyboard_to(desk, "Session 4, 20 October: not opened yet")
    by_keyboard_to(desk, "Session 7, 10 November: Amara 5.0 of 10, mean of the three lines")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("On “easy to say so” you saw 8, Amara 3.")).to_be_visible()
    desk.go_back()
    desk.locator(".chart-wide").get_by_role("link", name="Session 4, 20 October: not opened yet").click()
    expect(desk.get_by_role("heading", name="This has not been opened yet")).to_be_visible()
    desk.go_back()


def he_goes_past_it(desk: Page) -> None:
    """The table is one press away, without a walk over every mark."""
    past = desk.get_by_role("link", name="Past the drawing, to the same as a table")
    past.focus()
    expect(past).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Timeline as a table")).to_be_in_viewport()
    row = desk.get_by_role("row").filter(has_text="Session 7, 10 November")
    expect(row).to_contain_text("5.0")
    expect(row).to_contain_text("worth a conversation")


def test_the_whole_of_the_work_on_one_page(amara: str, desk: Page, check_page: Check, picture: Picture) -> None:
    with fixed(NOW):
        sign_in(desk)
        open_brief(desk, "Amara")
        desk.get_by_role("link", name="Timeline").click()
        expect(desk.get_by_role("heading", name="Amara’s marks lie between 5.0 and 8.3")).to_be_visible()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "timeline.png", full_page=True)
        he_walks_the_drawing(desk)
        he_goes_past_it(desk)
        desk.get_by_text("Eight practices: all").click()
        desk.get_by_role("link", name="Repair", exact=True).click()
        expect(desk.get_by_role("heading", name="Amara’s marks lie between 3 and 8")).to_be_visible()
        check_page(desk)


def test_on_a_phone_it_is_drawn_narrow_and_on_paper_wide(amara: str, desk: Page) -> None:
    with fixed(NOW):
        sign_in(desk)
        desk.goto(amara)
        for size, seen, hidden in ((DESK, "wide", "narrow"), (PHONE, "narrow", "wide")):
            desk.set_viewport_size(size)
            expect(desk.locator(f".chart-{seen}")).to_be_visible()
            expect(desk.locator(f".chart-{hidden}")).to_be_hidden()
        desk.set_viewport_size({"width": 688, "height": 1000})  # an A4 page between its margins
        desk.emulate_media(media="print")
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(desk.locator(".chart-wide")).to_be_visible()


def test_a_hundred_sessions_and_none_are_pages_for_everybody(cast: Cast, desk: Page, check_page: Check) -> None:
    many_sessions(cast.farah, cast.ben, [7, 8, 6, 9, 7, 8, 8, 5, 9, 10] * 10)
    with fixed(NOW):
        sign_in(desk)
        for who, told in ((cast.farah, "F’s marks lie between 5.0 and 10.0"), (cast.gil, "Nothing has come in yet.")):
            desk.goto(f"/desk/participants/{who.id}/timeline/")
            expect(desk.get_by_text(told)).to_be_visible()
            check_page(desk)
