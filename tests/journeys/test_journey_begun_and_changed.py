"""A call comes in between, and the bus is there; later Amara thinks of more. Nothing that she typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import PHONE, OpenPage
from journeys_cast import answer, sign_in
from playwright.sync_api import Page, expect
from support.askings import ask
from support.cast import NOW, ZONE, Cast

from attune.base.clock import fixed
from attune.care.checkins.actions import invite
from attune.care.schedule.actions import When, plan_appointment
from attune.care.schedule.models import Appointment
from attune.vault.keys import keyring


@pytest.fixture
def appointment(cast: Cast) -> Appointment:
    """In twenty minutes."""
    starts = (NOW + timedelta(minutes=20)).astimezone(ZoneInfo(ZONE))
    when = When(starts.date(), starts.time().replace(tzinfo=None), ZONE)
    return plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))


def link(cast: Cast, appointment: Appointment) -> str:
    """Amara's link for the check-in before."""
    with keyring():
        asking = ask("before", "attune-before", "full", appointment_id=appointment.id)
        return f"/c/{invite(cast.amara, asking=asking, by=cast.ben, at=NOW)[1]}/"


def test_enter_on_a_mark_sends_nothing(cast: Cast, appointment: Appointment, open_page: OpenPage) -> None:
    with fixed(NOW):
        phone = open_page(PHONE)
        phone.goto(link(cast, appointment))
        phone.locator("input[name=wellbeing][value='4']").focus()
        phone.keyboard.press("Space")
        phone.keyboard.press("Enter")
        answer(phone, {"today": "My father."})
        expect(phone.locator("textarea[name=today]")).to_have_value("My father.")
        expect(phone.locator("input[name=wellbeing][value='4']")).to_be_checked()
        phone.get_by_role("button", name="Send to Ben").focus()
        phone.keyboard.press("Enter")
        expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()


def test_with_a_script(
    cast: Cast,
    appointment: Appointment,
    open_page: OpenPage,
    desk: Page,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    with fixed(NOW):
        address, phone, other = link(cast, appointment), open_page(PHONE), open_page(PHONE)
        phone.goto(address)
        answer(phone, {"today": "My father."})
        with phone.expect_response("**/draft/") as saved:
            phone.locator("label:has(input[name='wellbeing'][value='4'])").click()
        assert saved.value.status == 204
        phone.goto("about:blank")
        phone.goto(address)
        expect(phone.locator("textarea[name=today]")).to_have_value("My father.")
        expect(phone.locator("input[name=wellbeing][value='4']")).to_be_checked()
        check_page(phone)
        phone.set_viewport_size(PHONE)
        phone.get_by_role("button", name="Keep it for later").click()
        expect(phone.get_by_role("heading", name="Kept for later")).to_be_visible()
        check_page(phone)
        phone.set_viewport_size(PHONE)
        phone.get_by_role("link", name="Go on now").click()
        other.goto(address)
        expect(other.locator("textarea[name=today]")).to_have_value("")
        phone.get_by_role("button", name="Send to Ben").click()
        expect(phone.get_by_role("link", name="Change something")).to_be_visible()
        check_page(phone)
        phone.set_viewport_size(PHONE)
        picture(phone, "received-phone.png")
        phone.get_by_role("link", name="Change something").click()
        expect(phone.locator("textarea[name=today]")).to_have_value("My father.")
        check_page(phone)
        answer(phone, {"today": "My father, and Sunday."})
        phone.get_by_role("button", name="Send the change").click()
        expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
        sign_in(desk, to="/desk/caseload/")
        desk.get_by_role("link", name="Amara").click()
        desk.locator("form[action^='/desk/responses/']").get_by_role("button").click()
        expect(desk.get_by_text("My father, and Sunday.")).to_be_visible()
        expect(desk.get_by_text("First sent at")).to_be_visible()
        check_page(desk)
        phone.reload()
        expect(phone.get_by_role("link", name="Change something")).to_have_count(0)


def test_leaving_the_page_keeps_the_last_word(cast: Cast, appointment: Appointment, open_page: OpenPage) -> None:
    with fixed(NOW):
        address, phone = link(cast, appointment), open_page(PHONE)
        phone.goto(address)
        phone.locator("textarea[name=today]").press_sequentially("My fa")
        phone.goto("/help-now/")
        for _ in range(20):  # what a page sends while it is being left arrives when it likes, and no event tells
            phone.goto(address)
            if phone.locator("textarea[name=today]").input_value():
                break
            phone.wait_for_timeout(100)
        expect(phone.locator("textarea[name=today]")).to_have_value("My fa")


def test_without_a_script(cast: Cast, appointment: Appointment, phone: Page) -> None:
    with fixed(NOW):
        address = link(cast, appointment)
        phone.goto(address)
        answer(phone, {"today": "My father.", "wellbeing": "4"})
        phone.get_by_role("button", name="Keep it for later").click()
        expect(phone.get_by_role("heading", name="Kept for later")).to_be_visible()
        phone.goto(address)
        expect(phone.locator("textarea[name=today]")).to_have_value("My father.")
        phone.get_by_role("button", name="Send to Ben").click()
        phone.get_by_role("link", name="Change something").click()
        expect(phone.locator("input[name=wellbeing][value='4']")).to_be_checked()
        answer(phone, {"wellbeing": "5"})
        phone.get_by_role("button", name="Send the change").click()
        expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
