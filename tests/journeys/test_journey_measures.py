"""Ben asks Amara the PHQ-9 every fourth session: it comes with a check-in, and its score stands in the brief."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK, OpenPage
from journeys_cast import Watch, answer, handed_link, open_brief, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, ZONE, Cast

from attune.base.clock import fixed
from attune.commands.demo.courses import AMARA
from attune.commands.demo.telling import Course, Teller, items
from attune.vault.keys import keyring

Check = Callable[[Page], None]
Picture = Callable[..., None]
EIGHTH = datetime(2026, 11, 17, 16, 0, tzinfo=ZoneInfo(ZONE))
THAT_MORNING = NOW - timedelta(hours=6)
PHQ9 = items("phq-9", "222211200")


@pytest.fixture
def amara(cast: Cast) -> str:
    """The address of her episode: seven sessions are told, the eighth is planned."""
    with keyring():
        Teller(cast.amara.episode, cast.ben, EIGHTH, THAT_MORNING).tell({cast.amara: Course(AMARA.weeks)})
    return f"/desk/episodes/{cast.amara.episode_id}/"


def he_sets_a_rhythm(desk: Page, watch: Watch, check_page: Check, picture: Picture) -> None:
    """Every second session is refused with the reason; every fourth is taken, by the keyboard alone."""
    desk.get_by_role("link", name="Questionnaires of Amara").click()
    check_page(desk)
    form = desk.locator("form").filter(has=desk.get_by_role("button", name="Set this rhythm"))
    form.get_by_label("Questionnaire").select_option("phq-9")
    form.get_by_label("How often").select_option("2")
    watch.expects(422)
    form.get_by_role("button", name="Set this rhythm").click()
    told = desk.get_by_role("group", name="Not like this")
    expect(told).to_contain_text("a longer one comes at most every 4th session")
    expect(told).to_be_focused()
    expect(form.get_by_label("Questionnaire")).to_have_value("phq-9")
    expect(form.get_by_label("How often")).to_have_value("2")
    check_page(desk)
    picture(desk, "questionnaires-refused.png")
    told.focus()
    for expected in ("again", "every"):
        desk.keyboard.press("Tab")
        assert desk.evaluate("document.activeElement.id") == expected
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("PHQ-9, every 4th session")).to_be_visible()
    check_page(desk)


def she_answers_both(phone: Page, link: str) -> None:
    """The check-in before, and the questionnaire that was due with it, in one form."""
    phone.goto(link)
    expect(phone.get_by_role("heading", name="Patient Health Questionnaire (PHQ-9)")).to_be_visible()
    answer(phone, {"wellbeing": "4", "today": "My father."} | PHQ9)
    phone.get_by_role("button", name="Send to Ben").click()
    expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()


def he_reads(desk: Page, check_page: Check, picture: Picture) -> None:
    """The brief tells the score; the response tells what it means and what not; the page keeps the course."""
    desk.goto("/desk/caseload/")
    open_brief(desk, "Amara")
    measured = desk.locator(".brief > .ruled").filter(has=desk.get_by_role("heading", name="Questionnaire"))
    expect(measured).to_contain_text("PHQ-9")
    expect(measured).to_contain_text("12")
    expect(measured).to_contain_text("moderate")
    check_page(desk)
    desk.get_by_role("link", name="All check-ins").click()
    desk.get_by_role("link", name="PHQ-9, 17 November").click()
    expect(desk.get_by_text("12, on a scale from 0 to 27: moderate.")).to_be_visible()
    expect(desk.get_by_text("A band is no diagnosis")).to_be_visible()
    check_page(desk)
    picture(desk, "questionnaire-response.png", full_page=True)
    desk.get_by_role("link", name="Questionnaires").click()
    expect(desk.get_by_text("12, moderate")).to_be_visible()
    check_page(desk)
    picture(desk, "questionnaires.png", full_page=True)


def test_a_questionnaire_rides_on_a_check_in(
    amara: str, desk: Page, phone: Page, watch: Watch, check_page: Check, picture: Picture
) -> None:
    with fixed(THAT_MORNING):
        sign_in(desk, to="/desk/caseload/")
        desk.goto(amara)
        he_sets_a_rhythm(desk, watch, check_page, picture)
        desk.goto(amara)
        desk.get_by_role("button", name="Check-in before, for Amara").first.click()
        expect(desk.get_by_text("With it, as it is due: PHQ-9.")).to_be_visible()
        check_page(desk)
        link = handed_link(desk)
    with fixed(NOW - timedelta(hours=2)):
        she_answers_both(phone, link)
    with fixed(NOW):
        sign_in(desk, to="/desk/caseload/")  # the morning's session has run out
        he_reads(desk, check_page, picture)


def test_her_form_of_two_parts_is_accessible(
    amara: str, desk: Page, open_page: OpenPage, check_page: Check, watch: Watch, picture: Picture
) -> None:
    """The same form in a browser that runs the checks, also when an answer could not be taken; then it is refused."""
    with fixed(THAT_MORNING):
        sign_in(desk, to="/desk/caseload/")
        desk.goto(amara)
        desk.get_by_role("link", name="Questionnaires of Amara").click()
        desk.get_by_label("Questionnaire").first.select_option("phq-9")
        desk.get_by_role("button", name="Set this rhythm").click()
        desk.goto(amara)
        desk.get_by_role("button", name="Check-in before, for Amara").first.click()
        page = open_page(DESK)
        page.goto(handed_link(desk))
        check_page(page)
        heading = page.get_by_role("heading", name="Patient Health Questionnaire (PHQ-9)")
        heading.scroll_into_view_if_needed()
        picture(page, "check-in-two-parts.png")
        answer(page, PHQ9)
        page.get_by_text("How often this is asked").click()
        page.get_by_label("not any more").check()
        page.get_by_role("button", name="Send to Ben").click()
        expect(page.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
        desk.goto(amara)
        desk.get_by_role("link", name="Questionnaires of Amara").click()
        expect(desk.get_by_text("PHQ-9: Amara asked on 17 November 2026 not to be asked it any more.")).to_be_visible()
        desk.get_by_label("Questionnaire").first.select_option("phq-9")
        watch.expects(409)
        desk.get_by_role("button", name="Set this rhythm").click()
        expect(desk.get_by_text("They asked not to be asked this any more.")).to_be_visible()
        check_page(desk)
