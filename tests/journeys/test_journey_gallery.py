"""Every part that pages are made of, in both directions of writing and both themes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from support.cast import Cast


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_gallery(cast: Cast, desk: Page, check_page: Callable[[Page], None], direction: str, theme: str) -> None:
    desk.goto(f"/demo/gallery/?dir={direction}&theme={theme}")
    assert desk.locator("html").get_attribute("dir") == direction
    assert desk.locator("html").get_attribute("data-theme") == theme
    check_page(desk)
