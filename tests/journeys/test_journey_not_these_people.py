"""Amara asks Ben that Ola, who stands in for him, see nothing of hers: entered by keyboard, and Ola's door is shut."""

from collections.abc import Callable
from datetime import timedelta

from conftest import DESK, OpenPage
from journeys_cast import Watch, sign_in
from playwright.sync_api import Page, expect
from support.cast import NOW, Cast

from attune.base.clock import fixed
from attune.care.episodes.actions import grant_deputy
from attune.people.models import Person
from attune.vault.keys import keyring


def stand_in(cast: Cast, name: str) -> None:
    person = Person.objects.get(pk=cast.accounts[name].person_id)
    until = NOW + timedelta(days=7)
    with keyring():
        grant_deputy(cast.amara.episode, person=person, until=until, reason="Ben is away.", by=cast.ben, at=NOW)


def test_not_these_people(
    cast: Cast,
    desk: Page,
    open_page: OpenPage,
    watch: Watch,
    check_page: Callable[[Page], None],
    picture: Callable[..., None],
) -> None:
    with fixed(NOW):
        stand_in(cast, "Ola")
        other = open_page(DESK)
        sign_in(other, "Ola", to="/desk/caseload/")
        other.get_by_role("link", name="Amara").first.click()
        expect(other.get_by_role("heading", name="Amara", exact=True)).to_be_visible()

        sign_in(desk, to="/desk/caseload/")
        desk.get_by_role("link", name="Amara").first.click()
        desk.get_by_role("link", name="The list of Amara").click()
        expect(desk.get_by_text("Nobody.")).to_be_visible()
        check_page(desk)
        watch.expects(422, 404)
        desk.get_by_label("Who").focus()
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("Choose somebody from the list.")).to_be_visible()
        check_page(desk)
        desk.get_by_label("Who").focus()
        desk.keyboard.type("Ola")
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("button", name="Amara takes it back")).to_be_visible()
        check_page(desk)
        desk.set_viewport_size(DESK)
        picture(desk, "not-these-people.png")

        other.reload()
        expect(other.get_by_role("heading", name="Amara", exact=True)).to_have_count(0)
        other.goto("/desk/caseload/")
        expect(other.get_by_role("link", name="Amara")).to_have_count(0)

        desk.get_by_role("button", name="Amara takes it back").click()
        expect(desk.get_by_text("Nobody.")).to_be_visible()
        other.reload()
        expect(other.get_by_role("link", name="Amara").first).to_be_visible()
