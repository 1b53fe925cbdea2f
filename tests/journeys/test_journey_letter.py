"""Amara tells Ben where to write to her. The evening before they meet a letter comes, and opens her check-in.

And between sessions: he writes, a letter says that there is something, she comes in and answers, and he is told alike.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK, PHONE, OpenPage
from django.core import mail
from journeys_cast import Watch, answer, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, ZONE, Cast
from support.mail_server import MailServer, mail_server

from attune.base.clock import fixed
from attune.care.schedule.actions import plan_appointment
from attune.care.schedule.times import When
from attune.care.workflows.own_pages import open_own_pages
from attune.commands import worker
from attune.people import letters
from attune.vault.keys import keyring

#: She comes tomorrow at five; it is Tuesday, 15:40.
TOMORROW = (NOW + timedelta(days=1)).replace(hour=17, minute=0)
EVENING = NOW.replace(hour=18, minute=2)
HER_WORDS = "My father called."
HIS_WORDS = "I shall have it with me on Thursday."


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
    desk.get_by_role("button", name="Keep this").click()
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


def he_writes(desk: Page, cast: Cast) -> None:
    sign_in(desk, to=f"/desk/participants/{cast.amara.id}/messages/")
    desk.get_by_label("To Amara").fill(HIS_WORDS)
    desk.get_by_role("button", name="Send it").click()
    expect(desk.locator(".said").filter(has_text=HIS_WORDS)).to_be_visible()


def she_comes_in(phone: Page, link: str) -> None:
    """From the letter, by a code that is mailed to the same address."""
    phone.goto(link)
    phone.get_by_role("link", name="Send me a code by e-mail").click()
    phone.get_by_label("E-mail address").fill("amara@example.net")
    phone.get_by_role("button", name="Send the code").click()
    letters.wait()
    code = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    phone.get_by_label("Code").fill(code[1])
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Hello, Amara")).to_be_visible()


def switches(page: Page, check_page: Callable[[Page], None], told: str, none: str) -> None:
    """Off, on, and off again."""
    expect(page.get_by_text(told)).to_be_visible()
    check_page(page)
    for button, left in (("Send me none", none), ("Send me letters", told), ("Send me none", none)):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_text(left)).to_be_visible()
    check_page(page)


def test_a_letter_says_that_something_was_written(
    cast: Cast,
    server: MailServer,
    house: str,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
) -> None:
    phone = open_page(PHONE)
    with keyring():
        open_own_pages(cast.amara.id, email="amara@example.net", by=cast.ben, at=NOW - timedelta(days=7))
    with fixed(NOW):
        he_writes(desk, cast)
        assert worker.sweep(at=NOW) == []
        assert server.letters == [], "it can still be taken back"
        for minutes in (10, 15, 20):
            assert worker.sweep(at=NOW + timedelta(minutes=minutes)) == []
        (letter,) = server.read
        assert (letter["To"], letter["Subject"]) == ("amara@example.net", "There is something for you")
        (link,) = re.findall(r"https?://\S+", letter.get_content())
        assert link == f"{house}/"
        she_comes_in(phone, link)
        expect(phone.get_by_text("not opened")).to_be_visible()
        phone.get_by_role("link", name="Messages with Ben").click()
        phone.get_by_role("button", name="Open it").click()
        expect(phone.get_by_text(HIS_WORDS)).to_be_visible()
        phone.get_by_label("To Ben").fill(HER_WORDS)
        phone.get_by_role("button", name="Send it").click()
        expect(phone.get_by_text(HER_WORDS)).to_be_visible()
        assert worker.sweep(at=NOW + timedelta(minutes=30)) == []
        assert server.to == ["amara@example.net", "ben@example.org"]
        for _, data in server.letters:
            assert not [word for word in (HIS_WORDS, HER_WORDS, "Amara", "Ben") if word in data.decode()]
        phone.get_by_role("link", name="My record").click()
        none = "No letter tells you that something is here for you."
        switches(phone, check_page, "a letter goes to the address with which you sign in", none)
        desk.goto("/desk/")
        none = "No letter tells you that a client has written."
        switches(desk, check_page, "a letter says that there is something, and nothing else", none)
