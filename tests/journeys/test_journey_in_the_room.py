"""Without a phone of their own: Amara answers on the tablet in the room, Farah on paper; and nothing lies behind it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from conftest import DESK, OpenPage
from journeys_cast import Watch, answer, sign_in
from playwright.sync_api import Error, Page, expect
from support.cast import NOW, ZONE, Cast

from attune.base.clock import fixed
from attune.care.checkins.models import Response
from attune.care.episodes.models import Participant
from attune.care.schedule.actions import When, hold_session, plan_appointment

Check = Callable[[Page], None]
Picture = Callable[..., None]
MARKS = {"presence": "8", "collaboration": "7", "repair": "4"}


def held_just_now(cast: Cast, who: Participant) -> None:
    """A session that began an hour ago."""
    starts = (NOW - timedelta(hours=1)).astimezone(ZoneInfo(ZONE))
    when = When(starts.date(), starts.time().replace(tzinfo=None), ZONE)
    planned = plan_appointment(who.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))
    hold_session(planned, by=cast.ben, at=NOW)


@pytest.fixture(autouse=True)
def _sessions(cast: Cast) -> None:
    for who in (cast.amara, cast.farah):
        held_just_now(cast, who)


def other_ways(desk: Page, name: str, check_page: Check) -> None:
    """From the episode to the page on which the ways to answer stand."""
    desk.goto("/desk/caseload/")
    desk.get_by_role("link", name=name).first.click()
    desk.get_by_role("button", name="Check-in after: link and code").first.click()
    expect(desk.get_by_role("heading", name="Or in the room")).to_be_visible()
    check_page(desk)


def back(page: Page) -> None:
    """The way back; where what lies behind was the answer to a form, the browser kept none and has nothing to show."""
    with suppress(Error):
        page.go_back(timeout=5000)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_on_the_tablet(
    cast: Cast, open_page: OpenPage, watch: Watch, check_page: Check, picture: Picture, script: bool
) -> None:
    look: Check = check_page if script else lambda page: None  # axe is a script itself
    with fixed(NOW):
        tablet = open_page({"width": 820, "height": 1180}, java_script_enabled=script)
        sign_in(tablet)
        other_ways(tablet, "Amara", look)
        old_link = tablet.locator(".link").inner_text().strip()
        picture(tablet, "hand-over.png", full_page=True)
        tablet.get_by_role("button", name="Hand over to Amara").click()
        expect(tablet.get_by_role("heading", name="How was today, between the two of you?")).to_be_visible()
        expect(tablet.get_by_text("Signed in")).to_have_count(0)
        look(tablet)
        form = tablet.url
        watch.expects(404, 409)
        back(tablet)
        expect(tablet.get_by_text("Waits for you")).to_have_count(0)
        expect(tablet.get_by_role("button", name="Hand over to Amara")).to_have_count(0)
        for address in ("/desk/", f"/desk/episodes/{cast.amara.episode_id}/"):
            tablet.goto(address)
            expect(tablet.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        tablet.goto(old_link)
        expect(tablet.get_by_text("Each answers on their own phone.")).to_be_visible()
        look(tablet)
        tablet.goto(form)
        answer(tablet, MARKS | {"more": "Slower, please."})
        tablet.get_by_role("button", name="Send to Ben").click()
        lock = tablet.get_by_role("heading", name="Please give it back")
        expect(lock).to_be_visible()
        look(tablet)
        tablet.set_viewport_size({"width": 820, "height": 1180})
        picture(tablet, "give-it-back.png")
        back(tablet)
        expect(lock).to_be_visible()
        assert "Slower, please." not in tablet.content()
        assert Response.objects.get().channel == "tablet"


def test_on_paper(cast: Cast, desk: Page, watch: Watch, check_page: Check, picture: Picture) -> None:
    with fixed(NOW):
        sign_in(desk, to="/desk/caseload/")
        other_ways(desk, "Farah", check_page)
        desk.get_by_role("link", name="Print the form").click()
        check_page(desk)
        assert "Farah" not in desk.locator("article").inner_text()
        desk.emulate_media(media="print")
        assert desk.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, "one page"
        picture(desk, "sheet.png", full_page=True)
        desk.emulate_media(media="screen")
        desk.get_by_role("link", name="Enter it").click()
        expect(desk.get_by_role("heading", name="Before you look at it")).to_be_visible()
        check_page(desk)
        desk.get_by_role("link", name="Say first how you think it was").click()
        foretold = MARKS | {key: "8" for key in ("acceptance", "culture", "frame", "autonomy", "feedback", "open")}
        answer(desk, foretold)
        desk.get_by_role("button", name="Keep it").click()
        expect(desk.get_by_role("heading", name="What Farah wrote or said")).to_be_visible()
        check_page(desk)
        watch.expects(422)
        answer(desk, MARKS | {"more": "More time for me."})
        desk.get_by_role("button", name="Keep it").click()
        expect(desk.get_by_text("How did it come?").first).to_be_visible()
        expect(desk.get_by_label("More of")).to_have_value("More time for me.")
        desk.get_by_text("written on paper").click()
        desk.set_viewport_size(DESK)
        picture(desk, "enter.png", full_page=True)
        desk.get_by_role("button", name="Keep it").click()
        expect(desk.get_by_text("Written on paper, and entered at the desk.")).to_be_visible()
        expect(desk.get_by_text("More time for me.")).to_be_visible()
        check_page(desk)


def test_a_questionnaire_by_itself_on_paper(cast: Cast, desk: Page, check_page: Check) -> None:
    with fixed(NOW):
        sign_in(desk, to="/desk/caseload/")
        desk.get_by_role("link", name="Amara").first.click()
        desk.get_by_role("link", name="Questionnaires of Amara").click()
        once = desk.locator("section", has=desk.get_by_role("heading", name="Ask once"))
        once.get_by_label("Questionnaire").select_option("phq-9")
        once.get_by_role("button", name="Link and code").click()
        check_page(desk)
        desk.get_by_role("link", name="Print the form").click()
        check_page(desk)
        desk.emulate_media(media="print")
        assert desk.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, "one page"
        desk.emulate_media(media="screen")
        desk.get_by_role("link", name="Enter it").click()
        check_page(desk)
        answer(desk, {f"item-{n}": "1" for n in range(1, 9)} | {"item-9": "0"})
        desk.get_by_text("said aloud").click()
        desk.get_by_role("button", name="Keep it").click()
        expect(desk.get_by_text("Said aloud, and entered at the desk.")).to_be_visible()
        check_page(desk)
