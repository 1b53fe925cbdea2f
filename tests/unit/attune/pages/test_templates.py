"""Pages for trouble stand alone; the gallery obeys its two wishes."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django import Settings

import attune.pages
from attune.pages.gallery import gallery

TEMPLATES = sorted((Path(attune.pages.__file__).parent / "templates").rglob("*.html"))
TROUBLE = [path.name for path in TEMPLATES if re.fullmatch(r"\d{3}\.html", path.name)]


@pytest.fixture(autouse=True)
def plain_static_names(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def test_there_is_a_page_for_every_trouble_that_a_door_may_answer() -> None:
    assert [f"{status}.html" for status in (400, 403, 404, 409, 410, 422, 429, 500, 503)] == TROUBLE


@pytest.mark.parametrize("name", TROUBLE)
def test_trouble_needs_neither_request_nor_session_nor_database(name: str) -> None:
    html = render_to_string(name)
    title = re.search(r"<title>(.+) · Attune</title>", html)
    assert title
    assert f"<h1>{title[1]}</h1>" in html
    assert html.count("<p>") >= 2


def test_missing_and_not_yours_are_one_constant_page() -> None:
    assert render_to_string("404.html", {"signed_in": "Dana", "sentence": "Amara"}) == render_to_string("404.html")


@pytest.mark.parametrize(("minutes", "words"), [(1, "in a minute"), (7, "in 7 minutes"), (0, "in a few minutes")])
def test_a_pause_says_for_how_long(minutes: int, words: str) -> None:
    assert words in render_to_string("429.html", {"minutes": minutes})


@pytest.mark.parametrize("status", [409, 422])
def test_the_reason_given_by_the_door_is_shown_and_escaped(status: int) -> None:
    assert "<p>Ben &amp; Amara</p>" in render_to_string(f"{status}.html", {"sentence": "Ben & Amara"})


@pytest.mark.parametrize(
    ("query", "html"),
    [
        ("", '<html lang="en" dir="ltr">'),
        ("dir=rtl", '<html lang="en" dir="rtl">'),
        ("theme=dark", '<html lang="en" dir="ltr" data-theme="dark">'),
        ("dir=up&theme=pink", '<html lang="en" dir="ltr">'),
    ],
)
def test_the_gallery_takes_a_direction_and_a_theme_and_nothing_else(
    query: str, html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("attune.doors.context.get_installation", lambda: SimpleNamespace(kind="demo"))
    assert html in gallery(RequestFactory().get(f"/?{query}")).content.decode()


def test_no_page_carries_script_or_inline_style() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    assert not re.findall(r"<script|<style|\sstyle=|\son\w+=|https?://", text)
