"""An answer tells of danger: help stands there at once, and the concern stands first until Ben has answered it."""

from collections.abc import Callable

from journeys_cast import Watch, answer, handed_link, open_brief, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast

from attune.base.clock import fixed

WHAT_HE_DID = "Rang at 15:50; we speak today at 17:00, and her sister is with her."
ANSWERS = {f"item-{n}": "0" for n in range(1, 9)} | {"item-9": "1"}


def test_danger(cast: Cast, desk: Page, phone: Page, watch: Watch, check_page: Callable[[Page], None]) -> None:
    with fixed(NOW):
        sign_in(desk, to="/desk/caseload/")
        desk.get_by_role("link", name="Amara").click()
        desk.get_by_role("link", name="Questionnaires of Amara").click()
        once = desk.locator("form").filter(has=desk.get_by_role("button", name="Link and code"))
        once.get_by_label("Questionnaire").select_option("phq-9")
        once.get_by_role("button", name="Link and code").click()
        phone.goto(handed_link(desk))
        answer(phone, ANSWERS)
        phone.get_by_role("button", name="Send to Ben").click()
        expect(phone.get_by_role("heading", name="Help that answers now")).to_be_visible()
        expect(phone.locator("a[href^='tel:']").first).to_be_visible()
        he_answers(desk, check_page)


def he_answers(desk: Page, check_page: Callable[[Page], None]) -> None:
    desk.goto("/desk/caseload/")
    expect(desk.locator(".tag", has_text="concern, unanswered")).to_be_visible()
    open_brief(desk, "Amara")
    first = desk.locator("article.brief > .ruled").first
    expect(first.get_by_role("heading")).to_have_text("Safety")
    check_page(desk)
    first.locator("a.safety").click()
    check_page(desk)
    desk.get_by_label("What I have done about it").fill(WHAT_HE_DID)
    desk.get_by_role("button", name="This is answered").click()
    expect(desk.get_by_text(WHAT_HE_DID)).to_be_visible()
    expect(desk.get_by_text("A concern nobody has answered")).to_have_count(0)
    check_page(desk)
    desk.goto("/help-now/")
    check_page(desk)
