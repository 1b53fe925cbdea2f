"""Ben's day: what waits comes first, the day has its order, and most of it goes by keyboard."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from conftest import DESK
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.askings import ask
from support.cast import NOW, ZONE, Cast

from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.checkins.actions import invite
from attune.care.episodes.models import Participant
from attune.care.schedule.actions import plan_appointment
from attune.care.schedule.models import Appointment
from attune.care.schedule.times import When
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.vault.keys import keyring

HER_WORDS = "Slower please. Something happened on Sunday with my father."


def plan(cast: Cast, who: Participant, starts: datetime) -> Appointment:
    wall = starts.astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    return plan_appointment(who.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))


def a_day(cast: Cast) -> None:
    """Amara soon, the couple later, and of yesterday nobody has said whether it took place."""
    with keyring():
        soon = plan(cast, cast.amara, NOW + timedelta(minutes=20))
        plan(cast, cast.farah, NOW + timedelta(hours=2))
        plan(cast, cast.farah, NOW - timedelta(days=1))
        asking = ask("before", "attune-before", "full", appointment_id=soon.id)
        _, token = invite(cast.amara, asking=asking, by=cast.ben, at=NOW)
        receive_checkin(token=token, sent=Sent({"today": HER_WORDS}, new_id()), at=NOW - timedelta(hours=1))


def test_today(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    with fixed(NOW):
        sign_in(desk)
        expect(desk.get_by_text("Nobody waits for an answer.")).to_be_visible()
        check_page(desk)
        a_day(cast)
        desk.reload()
        expect(desk.get_by_role("heading", name="Good afternoon, Ben. 2 meetings today.")).to_be_visible()
        expect(desk.get_by_text("Something came in that you have not opened.")).to_be_visible()
        assert HER_WORDS not in desk.content()
        check_page(desk)
        desk.get_by_role("listitem").filter(has_text="Amara").first.get_by_role("button", name="Brief").click()
        expect(desk.get_by_text(HER_WORDS)).to_be_visible()
        desk.keyboard.press("g")
        desk.keyboard.press("t")
        expect(desk.get_by_text(HER_WORDS)).to_be_visible()
        expect(desk.get_by_text("Something came in that you have not opened.")).to_have_count(0)
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "today.png")
        desk.get_by_role("button", name="It took place").click()
        expect(desk.get_by_role("heading", name="Farah, Gil")).to_be_visible()
        desk.keyboard.press("/")
        expect(desk.get_by_label("Name")).to_be_focused()
        desk.keyboard.type("gil")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("link", name="Amara")).to_have_count(0)
        expect(desk.get_by_role("link", name="Farah, Gil")).to_be_visible()
        assert "gil" not in desk.url
        check_page(desk)
        desk.get_by_label("Name").fill("nobody of that name")
        desk.get_by_role("button", name="Show", exact=True).click()
        expect(desk.get_by_text("Nobody fits this.")).to_be_visible()
        check_page(desk)
