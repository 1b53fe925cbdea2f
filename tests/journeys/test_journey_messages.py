"""Between sessions: Amara writes, it stands first on Ben's Today, he answers; nobody is told what was opened."""

from collections.abc import Callable
from datetime import timedelta

from conftest import DESK
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast
from support.sessions_told import yesterdays_session
from test_journey_today import a_day

from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.messages.actions import open_from_therapist, send_to_therapist
from attune.people.viewers import Viewer
from attune.vault.keys import keyring

HERS = "I rang him. It was short, and I hung up first.\n\nNothing to answer. I wanted somebody to know."
HIS = "Thank you for letting me know. I have read it, and I shall have it with me on Thursday."
TOLD = "You told how the call with your father went. We looked at what made you hang up, and left it open."


def amara_writes(cast: Cast) -> None:
    with keyring():
        hers = Viewer(cast.amara.person_id)
        send_to_therapist(cast.amara.id, text=HERS, submission=new_id(), by=hers, at=NOW - timedelta(hours=18))


def test_messages(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    with fixed(NOW):
        amara_writes(cast)
        a_day(cast)
        sign_in(desk)
        first = desk.get_by_role("listitem").filter(has_text="Something was written to you")
        expect(first).to_contain_text("Amara")
        expect(desk.locator(".agenda li").first).to_contain_text("Something was written to you")
        check_page(desk)
        first.get_by_role("button", name="Open it").click()
        expect(desk.get_by_text("I wanted somebody to know.")).to_be_visible()
        check_page(desk)
        watch.expects(422)
        desk.get_by_role("button", name="Send it").click()
        expect(desk.get_by_text("Write something first.").last).to_be_visible()
        check_page(desk)
        desk.get_by_label("To Amara").fill(HIS)
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(desk.locator(".said").filter(has_text=HIS)).to_be_visible()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "messages.png")
        sent = desk.locator("#main").inner_text()
        with keyring():
            open_from_therapist(cast.amara.id, by=Viewer(cast.amara.person_id), at=NOW)
        desk.reload()
        assert desk.locator("#main").inner_text() == sent, "nobody is told that it was opened"
        desk.get_by_role("button", name="Take it back").click()
        expect(desk.get_by_text("Ben took something back")).to_be_visible()
        expect(desk.get_by_text(HIS)).to_have_count(0)
        check_page(desk)
        desk.goto("/desk/")
        expect(desk.get_by_text("Something was written to you")).to_have_count(0)


def test_a_page_with_unsent_words_is_not_left_by_mistake(cast: Cast, desk: Page, watch: Watch) -> None:
    asked: list[str] = []
    with fixed(NOW):
        sign_in(desk, to=f"/desk/participants/{cast.amara.id}/messages/")
        desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        desk.get_by_label("To Amara").fill("Half a sent")
        desk.get_by_role("link", name="Today").click()
        expect(desk.get_by_role("heading", name="Good afternoon, Ben.")).to_be_visible()
        assert asked == ["beforeunload"]
        desk.goto(f"/desk/participants/{cast.amara.id}/messages/")
        desk.get_by_label("To Amara").fill("A whole sentence.")
        desk.get_by_role("button", name="Send it").click()
        expect(desk.locator(".said").filter(has_text="A whole sentence.")).to_be_visible()
        assert asked == ["beforeunload"]


def test_a_summary(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    with fixed(NOW):
        with keyring():
            yesterdays_session(cast.amara, by=cast.ben)
        sign_in(desk, to=f"/desk/episodes/{cast.amara.episode_id}/")
        check_page(desk)
        desk.get_by_role("link", name="Summary").click()
        desk.get_by_label("What we did").fill(TOLD)
        desk.get_by_role("button", name="Keep as a draft").click()
        expect(desk.get_by_role("heading", name="Your draft")).to_be_visible()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "summary.png")
        desk.get_by_role("button", name="Show it to Amara").click()
        expect(desk.get_by_role("heading", name="Shown")).to_be_visible()
        desk.get_by_label("What we did").fill(f"{TOLD} You want to write to him first.")
        desk.get_by_role("button", name="Show it to Amara").click()
        desk.get_by_text("As it was told before").click()
        expect(desk.locator(".said").filter(has_text=TOLD)).to_have_count(2)
        check_page(desk)
        desk.get_by_role("button", name="Take it back").click()
        desk.get_by_text("Delete the draft").last.click()
        check_page(desk)
        desk.get_by_role("button", name="Delete this draft").click()
        expect(desk.locator(".said").filter(has_text=TOLD)).to_have_count(1)
