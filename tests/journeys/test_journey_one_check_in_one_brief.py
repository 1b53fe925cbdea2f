"""The main job: Amara answers after a session on her phone; Ben reads the brief before the next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK, OpenPage
from journeys_cast import Watch, answer, handed_link, open_brief, sign_in
from playwright.sync_api import Page, expect
from support.askings import ask
from support.cast import NOW, ZONE, Cast

from attune.base.clock import fixed
from attune.care.checkins.actions import invite
from attune.commands.demo.courses import AMARA
from attune.commands.demo.telling import Course, Teller
from attune.people.viewers import get_viewer
from attune.vault.keys import keyring

Check = Callable[[Page], None]
Picture = Callable[..., None]
#: The seventh session begins a week before the eighth; it is over when this story starts.
SEVENTH = datetime(2026, 11, 10, 16, 0, tzinfo=ZoneInfo(ZONE))
AFTERWARDS = SEVENTH + timedelta(minutes=55)
THAT_EVENING = SEVENTH + timedelta(hours=2)
HER_ANSWERS = {
    "presence": "8",
    "collaboration": "4",
    "acceptance": "6",
    "culture": "9",
    "frame": "9",
    "autonomy": "8",
    "feedback": "5",
    "repair": "3",
    "relative": "much_harder",
    "hurt": "yes",
    "how": "bring_it_up",
    "less": "The sheet, right when I was telling you about my father.",
}
HIS_LINES = 9  # eight as the client sees them, and one about himself
HER_WORDS = HER_ANSWERS["less"]


@pytest.fixture
def amara(cast: Cast) -> str:
    """The address of her episode: six sessions are told, the seventh has just ended, the eighth is planned."""
    six = Course(AMARA.weeks[:6])
    with keyring():
        Teller(cast.amara.episode, cast.ben, SEVENTH, AFTERWARDS).tell({cast.amara: six})
    return f"/desk/episodes/{cast.amara.episode_id}/"


@pytest.fixture
def danas_link(cast: Cast) -> str:
    ola = get_viewer(cast.accounts["Ola"].person_id, at=AFTERWARDS)
    with keyring():
        token = invite(cast.dana, asking=ask("questionnaire", "phq-9", "full"), by=ola, at=AFTERWARDS)[1]
    return f"/c/{token}/"


def predict_by_keyboard(desk: Page) -> None:
    """One key press after another, and no mouse: each line is one stop, its marks are reached by the arrows."""
    marked = "document.activeElement.name + '=' + document.activeElement.value"
    order = desk.locator("fieldset.line").evaluate_all("lines => lines.map(line => line.querySelector('input').name)")
    assert len(order) == HIS_LINES
    desk.locator("#main input[type=radio]").first.focus()
    for name in order:
        for _ in range(8):
            desk.keyboard.press("ArrowRight")
        assert desk.evaluate(marked) == f"{name}=8"
        desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Keep it"
    desk.keyboard.press("Enter")


def after_the_session(desk: Page, check_page: Check) -> str:
    """Ben says that it took place and how he thinks it was, then hands over the link."""
    sign_in(desk, to="/desk/caseload/")
    expect(desk.get_by_role("heading", name="Who you work with")).to_be_visible()
    desk.get_by_role("link", name="Amara").click()
    check_page(desk)
    desk.get_by_role("button", name="It took place").click()
    desk.get_by_role("region", name="Session 7").get_by_role("link", name="Say first how you think it was").click()
    check_page(desk)
    predict_by_keyboard(desk)
    seventh = desk.get_by_role("region", name="Session 7")
    expect(seventh.get_by_role("link", name="Say first")).to_have_count(0)
    seventh.get_by_role("button", name="Check-in after: link and code").click()
    check_page(desk)
    return handed_link(desk)


def she_answers(phone: Page, link: str, picture: Picture) -> None:
    """Every line, that something hurt and how to go about it, and a note; then the link tells nothing."""
    phone.goto(link)
    how = phone.locator("input[name=how]").first
    expect(how).not_to_be_visible()
    answer(phone, HER_ANSWERS)
    expect(how).to_be_visible()
    phone.evaluate("scrollTo(0, 0)")
    picture(phone, "check-in-phone.png")
    phone.get_by_role("button", name="Send to Ben").click()
    for _ in range(2):
        expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()
        shown = phone.content()
        assert HER_WORDS not in shown
        assert "Amara" not in shown
        phone.goto(link)


def she_says_what_she_wants(desk: Page, phone: Page, amara: str) -> None:
    """Before the eighth: Ben hands over a link, and Amara says what today is for."""
    sign_in(desk, to="/desk/caseload/")  # the session of the week before has run out
    desk.goto(amara)
    desk.get_by_role("button", name="Check-in before, for Amara").click()
    phone.goto(handed_link(desk))
    answer(phone, AMARA.ahead or {})
    phone.get_by_role("button", name="Send to Ben").click()
    expect(phone.get_by_role("heading", name="Thank you. It has been received.")).to_be_visible()


def he_reads(desk: Page, check_page: Check, picture: Picture) -> None:
    """The brief asks for a conversation, and shows both views behind it."""
    sign_in(desk, to="/desk/caseload/")
    desk.goto("/desk/caseload/")
    check_page(desk)
    picture(desk, "caseload.png", clip={"x": 0, "y": 0, **DESK, "height": 360})
    open_brief(desk, "Amara")
    expect(desk.get_by_role("heading", name="Worth a conversation")).to_be_visible()
    expect(desk.get_by_text(HER_WORDS)).to_be_visible()
    check_page(desk)
    picture(desk, "brief-desk.png", full_page=True)
    desk.emulate_media(color_scheme="dark")
    picture(desk, "brief-dark.png", full_page=True)
    desk.emulate_media(color_scheme="light")
    desk.get_by_role("link", name="Show me").first.click()
    expect(desk.get_by_role("columnheader", name="You thought")).to_be_visible()
    expect(desk.get_by_text("On “easy to say so” you saw 8, Amara 3.")).to_be_visible()
    check_page(desk)


def test_one_check_in_one_brief(
    amara: str, danas_link: str, desk: Page, phone: Page, check_page: Check, picture: Picture
) -> None:
    with fixed(AFTERWARDS):
        link = after_the_session(desk, check_page)
    with fixed(THAT_EVENING):
        she_answers(phone, link, picture)
        phone.goto(danas_link)
        assert "Amara" not in phone.content()
        assert HER_WORDS not in phone.content()
    with fixed(NOW - timedelta(hours=2)):
        she_says_what_she_wants(desk, phone, amara)
    with fixed(NOW):
        he_reads(desk, check_page, picture)
        desk.goto(amara)
        expect(desk.get_by_role("link", name="Say first")).to_have_count(0)


def test_her_pages_are_accessible(amara: str, open_page: OpenPage, desk: Page, check_page: Check) -> None:
    """The same form and receipt in a browser that runs the checks."""
    with fixed(AFTERWARDS):
        sign_in(desk, to="/desk/caseload/")
        desk.goto(amara)
        desk.get_by_role("button", name="It took place").click()
        desk.get_by_role("button", name="Check-in after: link and code").click()
        page = open_page(DESK)
        page.goto(handed_link(desk))
        check_page(page)
        answer(page, HER_ANSWERS)
        check_page(page)
        page.get_by_role("button", name="Send to Ben").click()
        check_page(page)


def test_a_colleague_finds_no_page(amara: str, desk: Page, watch: Watch, check_page: Check) -> None:
    """Ola worked with her once, and not any more."""
    with fixed(NOW):
        sign_in(desk, "Ola", to="/desk/caseload/")
        expect(desk.get_by_role("link", name="Dana")).to_be_visible()
        expect(desk.get_by_role("link", name="Amara")).to_have_count(0)
        watch.expects(404)
        shown = [desk.goto(address) for address in (amara, f"{amara}brief/", "/desk/episodes/nobody/")]
        assert [page.status for page in shown if page] == [404, 404, 404]
        check_page(desk)
