"""Eli loads the words that the clinic holds a licence for, sees what a client will see, and takes them out again."""

from collections.abc import Callable

from journeys_cast import Watch, sign_in
from playwright.sync_api import FilePayload, Page, expect
from support.cast import NOW, Cast
from support.wordings import wording_file

from attune.base.clock import fixed

NAME = "Working Alliance Inventory, three items (WAI-B3)"


def choose(desk: Page, content: bytes) -> None:
    """Choose a file as from a disk, and press the button."""
    file: FilePayload = {"name": "our-words.toml", "mimeType": "application/toml", "buffer": content}
    desk.get_by_label("Your wording file").set_input_files(files=[file])
    desk.get_by_role("button", name="Load it").click()


def test_our_own_words(
    cast: Cast, desk: Page, watch: Watch, check_page: Callable[[Page], None], picture: Callable[..., None]
) -> None:
    watch.expects(422)
    with fixed(NOW):
        sign_in(desk, "Eli")
        expect(desk.get_by_role("heading", name="What can be asked here")).to_be_visible()
        check_page(desk)
        desk.get_by_role("link", name=NAME).click()
        check_page(desk)
        with desk.expect_download() as empty:
            desk.get_by_role("link", name="Get the empty file").click()
        assert empty.value.suggested_filename == "wai-b3-wording.toml"

        desk.get_by_label("Our clinic holds a licence").check()
        choose(desk, wording_file("wai-b3").replace(b"item-10", b"item-12"))
        expect(desk.get_by_role("heading", name="“our-words.toml” was not taken")).to_be_visible()
        expect(desk.get_by_label("Our clinic holds a licence")).to_be_checked()
        check_page(desk)

        choose(desk, wording_file("wai-b3"))
        expect(desk.get_by_role("group", name="1. Line 1")).to_be_visible()
        expect(desk.get_by_role("radio", name="Step 5")).to_have_count(3)
        expect(desk.get_by_role("radio", name="Step 5").first).to_be_disabled()
        check_page(desk)
        picture(desk, "office-wording.png", full_page=True)

        desk.get_by_role("button", name="Withdraw it").click()
        expect(desk.get_by_text("nobody can be asked")).to_be_visible()
        expect(desk.get_by_role("heading", name="Earlier wordings")).to_be_visible()
        check_page(desk)
