"""Between sessions: Amara writes, it stands first on Ben's Today, he answers, she reads; no side is told more."""

from collections.abc import Callable
from datetime import timedelta

from conftest import DESK, PHONE, OpenPage
from django.conf import settings
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.both_factors import key_of, signed_in
from support.cast import NOW, Cast
from support.sessions_told import yesterdays_session
from test_journey_today import a_day

from attune.base.clock import fixed
from attune.care.episodes.models import Participant
from attune.care.workflows.own_pages import open_own_pages
from attune.people.models import Account
from attune.vault.keys import keyring

HERS = "I rang him. It was short, and I hung up first.\n\nNothing to answer. I wanted somebody to know."
HIS = "Thank you for letting me know. I have read it, and I shall have it with me on Thursday."
TOLD = "You told how the call with your father went. We looked at what made you hang up, and left it open."
CORRECTED = "It was my brother whom I want to write to."


def as_client(page: Page, cast: Cast, who: Participant, *, to: str) -> None:
    """The phone of a client whose own pages are open to them, signed in."""
    if not Account.objects.filter(person=who.person_id).exists():
        with keyring():
            open_own_pages(who.id, email="client@example.org", by=cast.ben, at=NOW)
    browser = signed_in(Account.objects.get(person=who.person_id))
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key_of(browser), "url": str(settings.ATTUNE.url)}]
    )
    page.goto(to)


def test_messages(
    cast: Cast,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    phone = open_page(PHONE)
    with fixed(NOW - timedelta(hours=18)):
        as_client(phone, cast, cast.amara, to="/my/")
        check_page(phone)
        phone.get_by_role("link", name="Messages with Ben").click()
        expect(phone.get_by_text("Nobody watches this live")).to_be_visible()
        phone.get_by_label("To Ben").fill(HERS)
        check_page(phone)
        phone.get_by_role("button", name="Send it").click()
        expect(phone.get_by_text("I wanted somebody to know.")).to_be_visible()
    with fixed(NOW):
        a_day(cast)
        sign_in(desk)
        expect(desk.locator(".agenda li").first).to_contain_text("Something was written to you")
        first = desk.get_by_role("listitem").filter(has_text="Something was written to you")
        expect(first).to_contain_text("Amara")
        check_page(desk)
        as_client(phone, cast, cast.amara, to=f"/my/messages/{cast.amara.id}/")
        before = text_of(phone)
        first.get_by_role("button", name="Open it").click()
        expect(desk.get_by_text("I wanted somebody to know.")).to_be_visible()
        check_page(desk)
        phone.reload()
        assert text_of(phone) == before, "nobody is told that it was opened"
        _answer(desk, watch, check_page)
        desk.set_viewport_size(DESK)
        picture(desk, "messages.png")
        written = text_of(desk)
        _read(phone, check_page, picture)
        desk.reload()
        assert text_of(desk) == written, "nobody is told that it was opened"
        desk.get_by_role("button", name="Take it back").click()
        expect(desk.get_by_text("Ben took something back")).to_be_visible()
        check_page(desk)
        desk.goto("/desk/")
        expect(desk.get_by_text("Something was written to you")).to_have_count(0)
        phone.reload()
        expect(phone.get_by_text("Ben took something back")).to_be_visible()
        expect(phone.get_by_text(HIS)).to_have_count(0)
        check_page(phone)


def _answer(desk: Page, watch: Watch, check_page: Callable[[Page], None]) -> None:
    """Empty it is refused; then by keyboard."""
    watch.expects(422)
    desk.get_by_role("button", name="Send it").click()
    expect(desk.get_by_text("Write something first.").last).to_be_visible()
    check_page(desk)
    desk.get_by_label("To Amara").fill(HIS)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator(".said").filter(has_text=HIS)).to_be_visible()
    check_page(desk)


def _read(phone: Page, check_page: Callable[[Page], None], picture: Callable[..., None]) -> None:
    phone.goto("/my/")
    expect(phone.get_by_text("not opened")).to_be_visible()
    check_page(phone)
    phone.get_by_role("link", name="Messages with Ben").click()
    expect(phone.get_by_text(HIS)).to_have_count(0)
    check_page(phone)
    phone.get_by_role("button", name="Open it").click()
    expect(phone.get_by_text(HIS)).to_be_visible()
    check_page(phone)
    phone.set_viewport_size(PHONE)
    picture(phone, "own-messages.png", full_page=True)


def text_of(page: Page) -> str:
    """What stands on it."""
    return page.locator("#main").inner_text()


def test_a_page_with_unsent_words_is_not_left_by_mistake(cast: Cast, desk: Page, watch: Watch) -> None:
    asked: list[str] = []
    Participant.objects.update(own_pages_since=NOW)
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
    cast: Cast,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
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
        phone = open_page(PHONE)
        as_client(phone, cast, cast.amara, to="/my/")
        phone.get_by_role("link", name="Our sessions").click()
        expect(phone.get_by_text(TOLD)).to_be_visible()
        check_page(phone)
        phone.set_viewport_size(PHONE)
        picture(phone, "own-summaries.png", full_page=True)
        phone.get_by_role("link", name="Correct it, or add something").click()
        expect(phone.get_by_text("yours stands beside it")).to_be_visible()
        check_page(phone)
        phone.get_by_label("To Ben").fill(CORRECTED)
        phone.get_by_role("button", name="Send it").click()
        phone.goto("/my/summaries/")
        expect(phone.locator(".said").filter(has_text=CORRECTED)).to_be_visible()
        check_page(phone)
        desk.reload()
        summary = desk.url
        desk.get_by_role("link", name="Messages with Amara").click()
        desk.get_by_role("button", name="Open it").click()
        desk.goto(summary)
        expect(desk.locator(".said").filter(has_text=CORRECTED)).to_be_visible()
        expect(desk.locator(".said").filter(has_text=TOLD)).to_have_count(1)
        check_page(desk)
