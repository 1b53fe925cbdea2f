"""Amara tells Ben where to write to her. The evening before they meet a letter comes, and opens her check-in."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK
from journeys_cast import Watch, answer, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, ZONE, Cast
from support.mail_server import MailServer, mail_server

from attune.base.clock import fixed
from attune.care.schedule.actions import plan_appointment
from attune.care.schedule.times import When
from attune.commands import worker
from attune.vault.keys import keyring

#: She comes tomorrow at five; it is Tuesday, 15:40.
TOMORROW = (NOW + timedelta(days=1)).replace(hour=17, minute=0)
EVENING = NOW.replace(hour=18, minute=2)
HER_WORDS = "My father called."


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def tomorrow(cast: Cast) -> None:
    wall = TOMORROW.astimezone(ZoneInfo(ZONE))
    with keyring():
        when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
        plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))


def he_enters_it(desk: Page, check_page: Callable[[Page], None]) -> None:
    """With a slip first; then where to, and when, and he sees the whole letter and what comes next."""
    sign_in(desk, to="/desk/caseload/")
    desk.get_by_role("link", name="Amara").first.click()
    desk.get_by_role("link", name="Letters to Amara").click()
    expect(desk.get_by_text("No address: no letter goes out.")).to_be_visible()
    check_page(desk)
    desk.get_by_label("E-mail address").fill("amara at home")
    desk.get_by_role("button", name="Enter it: Amara says so").click()
    expect(desk.get_by_text("Write an e-mail address")).to_have_count(2)
    expect(desk.get_by_label("E-mail address")).to_have_value("amara at home")
    check_page(desk)
    desk.get_by_label("E-mail address").fill("amara@example.net")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("entered by Ben, 17 November 2026")).to_be_visible()
    desk.get_by_label("the day before, at 18:00").check()
    desk.get_by_role("button", name="Send it so").click()
    expect(desk.get_by_text("Tuesday 17 November, 18:00")).to_be_visible()
    expect(desk.get_by_text("Nobody reads what is sent back to this address.")).to_be_visible()
    check_page(desk)


def test_a_letter_comes_and_opens_her_check_in(
    cast: Cast,
    tomorrow: None,
    server: MailServer,
    house: str,
    desk: Page,
    phone: Page,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    watch.expects(422)
    with fixed(NOW):
        he_enters_it(desk, check_page)
        assert worker.sweep(at=NOW) == []
        assert server.letters == []
    with fixed(EVENING):
        for minutes in (0, 5):
            assert worker.sweep(at=EVENING + timedelta(minutes=minutes)) == []
        (letter,) = server.read
        assert (letter["To"], letter["Subject"]) == ("amara@example.net", "There is something for you")
        (link,) = re.findall(r"https?://\S+", letter.get_content())
        assert link.startswith(f"{house}/c/")
        phone.goto(link)
        expect(phone.get_by_role("heading", name="Before we meet")).to_be_visible()
        answer(phone, {"today": HER_WORDS})
        phone.get_by_role("button", name="Send to Ben").click()
        expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
        sign_in(desk, to=desk.url)  # the session of the afternoon has run out
        expect(desk.get_by_text("· sent")).to_be_visible()
        assert HER_WORDS not in desk.content()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "letters.png", full_page=True)
