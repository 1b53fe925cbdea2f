"""Amara asks for pages of her own: Ben opens them, she comes in by the code on his screen, and decides what is seen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from conftest import PHONE, OpenPage
from journeys_cast import Watch, can_keep_passkeys, handed_link, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast

from attune.base.clock import fixed
from attune.commands.demo.courses import AMARA
from attune.commands.demo.telling import Teller
from attune.people.models import Account
from attune.vault.keys import keyring


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Eight sessions, all of which Ben has read."""
    with keyring():
        Teller(cast.amara.episode, cast.ben, NOW + timedelta(minutes=20), NOW).tell({cast.amara: AMARA})
    return cast


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_pages_of_her_own(
    told: Cast,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    phone = open_page(PHONE)
    can_keep_passkeys(phone)
    with fixed(NOW):
        sign_in(desk, to=f"/desk/episodes/{told.amara.episode_id}/")
        desk.get_by_role("link", name="The own pages of Amara").click()
        check_page(desk)
        desk.get_by_label("Their e-mail address").fill("amara@example.org")
        press(desk, "Open them: Amara asks for it")
        check_page(desk)
        press(desk, "Make a way in")
        link = handed_link(desk)
        check_page(desk)

        phone.goto(link)
        press(phone, "Come in")
        expect(phone.get_by_role("heading", name="Hello, Amara")).to_be_visible()
        picture(phone, "own-home-phone.png")
        check_page(phone)

        # She reads what she said, and sees that it is Ben who can read it.
        phone.get_by_role("link", name="What I said").click()
        check_page(phone)
        phone.locator("main li a").first.click()
        expect(phone.get_by_text("You can read it, and so can Ben.")).to_be_visible()
        check_page(phone)

        # Ola, who had worked with her before, is to see nothing of hers; who looked stands by day.
        phone.get_by_role("link", name="My record").click()
        check_page(phone)
        phone.get_by_role("link", name="Not these people").click()
        phone.get_by_label("Who").select_option(label="Ola")
        press(phone, "Not this person")
        expect(phone.get_by_role("button", name="Take it back")).to_be_visible()
        check_page(phone)
        phone.goto("/my/looked/")
        check_page(phone)

        # A passkey of her own, and two PINs for when somebody may be looking.
        phone.goto("/my/ways/")
        check_page(phone)
        phone.get_by_role("link", name="Add a passkey").click()
        phone.get_by_label("What to call it").fill("My phone")
        press(phone, "Set up a passkey")
        expect(phone.get_by_text("My phone")).to_be_visible()
        phone.get_by_role("link", name="Set two PINs").click()
        phone.get_by_label("The first").fill("1234")
        phone.get_by_label("The second").fill("9753")
        check_page(phone)
        press(phone, "Set them")
        press(phone, "Sign out")

        # The next day, by the passkey alone; somebody stands beside her, so she types the first PIN.
        phone.goto("/sign-in/")
        press(phone, "Sign in with a passkey")
        expect(phone.get_by_role("heading", name="Your PIN")).to_be_visible()
        check_page(phone)
        phone.get_by_label("PIN").fill("1234")
        press(phone, "Open")
        expect(phone.get_by_role("heading", name="Appointments")).to_be_visible()
        expect(phone.get_by_text("Ben")).to_have_count(0)
        picture(phone, "own-dates-phone.png")
        check_page(phone)

        # Alone again: the second opens everything.
        press(phone, "Lock")
        phone.get_by_label("PIN").fill("9753")
        press(phone, "Open")
        expect(phone.get_by_role("heading", name="Hello, Amara")).to_be_visible()

        press_back(desk)
    assert not Account.objects.get(person=told.amara.person_id).is_active


def press_back(desk: Page) -> None:
    """At her wish they are closed again."""
    desk.get_by_role("link", name="Back").click()
    press(desk, "Close them: Amara asks for it")
    expect(desk.get_by_text("Amara has no account.")).to_be_visible()
