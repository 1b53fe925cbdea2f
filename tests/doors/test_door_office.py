"""The office: an operator sees every instrument under its terms, and loads what the clinic holds a licence for."""

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from doors_cast import signed_in
from support.cast import NOW, Cast
from support.wordings import wording_file

from attune.audit.models import Event
from attune.care.questionnaires.models import Wording
from attune.care.questionnaires.readers import get_offered
from attune.people.actions import give_role
from attune.people.viewers import MACHINE
from attune_science import instruments

SHELF = "/office/instruments/"
ONE = f"{SHELF}wai-b3/"
KEYS = instruments.keys()


@pytest.fixture
def eli(cast: Cast) -> Client:
    return signed_in(cast, "Eli")


def send(browser: Client, content: bytes | None, *, held: bool = True, key: str = "wai-b3") -> HttpResponse:
    """Press "Load it"."""
    form: dict[str, object] = {"licence": "held"} if held else {}
    if content is not None:
        form["file"] = SimpleUploadedFile("our words.toml", content)
    return browser.post(f"{SHELF}{key}/", form)


def said(page: HttpResponse) -> str:
    return page.content.decode()


def test_the_shelf_names_every_instrument(eli: Client) -> None:
    text = said(eli.get(SHELF))
    for key in KEYS:
        assert f'href="{SHELF}{key}/"' in text
        assert instruments.get(key).name.replace("'", "&#x27;") in text
    assert "no words yet" in text
    assert "your wording is in use" not in text


@pytest.mark.parametrize("key", KEYS)
def test_every_instrument_has_a_page(eli: Client, key: str) -> None:
    text = said(eli.get(f"{SHELF}{key}/"))
    assert "Terms" in text
    assert "Last looked at on" in text
    ships = instruments.get(key).licence.tier != "scoring-only"
    assert ('type="file"' in text) is not ships
    paper = {"srs", "ors", "cors", "csrs", "gsrs"}
    assert ("forbid electronic versions without an electronic licence" in text) is (key in paper)


def test_what_is_published_about_a_score_is_said(eli: Client) -> None:
    text = said(eli.get(f"{SHELF}phq-9/"))
    assert "the sum of 9 answers, from 0 to 27; higher is worse" in text
    assert "moderate from 10 ·" in text
    assert "10 or more (primary care" in text
    assert "Kroenke K, Spitzer RL, Williams JBW (2001)" in text


def test_words_are_loaded_and_shown_as_a_client_will_see_them(eli: Client) -> None:
    sent = send(eli, wording_file("wai-b3"))
    assert (sent.status_code, sent.headers["Location"]) == (302, ONE)
    text = said(eli.get(ONE))
    for words in ("Line 1", "Line 2", "Line 3", "Step 1", "Step 5", "Invented words.", "loaded by Eli"):
        assert words in text
    assert "your wording is in use" in said(eli.get(SHELF))
    offered = get_offered("wai-b3")
    assert offered is not None
    assert Event.objects.filter(verb="wording.loaded").count() == 1


def test_a_wording_without_answers_asks_for_numbers(eli: Client) -> None:
    send(eli, wording_file("srs", answers=False), key="srs")
    assert "A number from 0 to 10." in said(eli.get(f"{SHELF}srs/"))


def test_without_the_tick_nothing_is_loaded(eli: Client) -> None:
    page = send(eli, wording_file("wai-b3"), held=False)
    assert page.status_code == 422
    assert "holds a licence" in said(page)
    assert "choose the file again" in said(page)
    assert not re.search(r'name="licence"[^>]* checked', said(page))
    assert not Wording.objects.exists()


WRONG = [
    (wording_file("wai-b3").replace(b"[items.item-10]", b"[items.item-12]"), "item-10"),
    (wording_file("wai-b3").replace(b'text.en = "Line 2"\n', b""), "item-10"),
    (wording_file("wai-b3").replace(b'text.en = "Line 2"', b'text.en = ""'), "item-10"),
    (wording_file("wai-b3").replace(b'text.en = "Line 2"', b"text.en = 5"), "item-10"),
    (wording_file("wai-b3").replace(b"value = 5", b"value = 6"), "item-9"),
    (wording_file("srs", answers=False), "another instrument"),
    (b"instrument = ", "not TOML"),
    (b"\xff\xfe\x00", "UTF-8"),
    (b"  \n", "no text"),
    (b"# " + b"x" * 300_000, "larger than a wording can be"),
]


@pytest.mark.parametrize(("content", "named"), WRONG, ids=[named for _, named in WRONG])
def test_a_file_that_cannot_be_taken_keeps_nothing_but_the_tick(eli: Client, content: bytes, named: str) -> None:
    page = send(eli, content)
    text = said(page)
    assert page.status_code == 422
    assert named in text
    assert "“our words.toml” was not taken" in text
    assert "choose the file again" in text
    assert re.search(r'name="licence"[^>]* checked', text)
    assert not Wording.objects.exists()
    assert not Event.objects.filter(verb="wording.loaded").exists()


def test_no_file_is_told_so(eli: Client) -> None:
    page = send(eli, None)
    assert page.status_code == 422
    assert "No file arrived" in said(page)
    assert re.search(r'name="licence"[^>]* checked', said(page))


def test_a_file_beyond_memory_does_not_arrive_and_never_touches_the_disk(eli: Client) -> None:
    page = send(eli, b"# " + b"x" * settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
    assert page.status_code == 422
    assert "No file arrived" in said(page)
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_the_second_wording_takes_the_place_of_the_first(eli: Client) -> None:
    send(eli, wording_file("wai-b3"))
    send(eli, wording_file("wai-b3", says="Other line"))
    text = said(eli.get(ONE))
    assert "Other line 1" in text
    assert "Earlier wordings" in text
    first, second = Wording.objects.order_by("loaded_at", "id")
    assert (first.withdrawn_at, second.withdrawn_at) == (NOW, None)
    assert first.version in text
    assert second.version in text


def test_the_same_wording_twice_is_told_so(eli: Client) -> None:
    send(eli, wording_file("wai-b3"))
    page = send(eli, wording_file("wai-b3"))
    assert page.status_code == 409
    assert "in use already" in said(page)
    assert Wording.objects.count() == 1


def test_withdrawn_with_one_press_and_loaded_again(eli: Client) -> None:
    send(eli, wording_file("wai-b3"))
    assert eli.post(f"{ONE}withdraw/").headers["Location"] == ONE
    text = said(eli.get(ONE))
    assert "nobody can be asked" in text
    assert "Line 1" not in text
    assert get_offered("wai-b3") is None
    assert eli.post(f"{ONE}withdraw/").status_code == 409
    assert send(eli, wording_file("wai-b3")).status_code == 302
    assert get_offered("wai-b3") is not None


def test_the_empty_file_loads_when_it_is_filled_in(eli: Client) -> None:
    for key in ("wai-b3", "srs", "haq-ii", "sai"):
        page = eli.get(f"{SHELF}{key}/wording-form.toml")
        assert page.headers["Content-Disposition"] == f'attachment; filename="{key}-wording.toml"'
        empty = page.content
        assert send(eli, empty, key=key).status_code == 422, "nothing is asked in no words"
        filled = re.sub(rb'^text\.en = ""', b'text.en = "Words"', empty, flags=re.MULTILINE)
        assert send(eli, filled, key=key).status_code == 302
        assert get_offered(key) is not None


def test_what_has_its_words_takes_none(eli: Client) -> None:
    for key in ("phq-9", "nothing-here"):
        assert send(eli, wording_file("wai-b3"), key=key).status_code == 404
        assert eli.get(f"{SHELF}{key}/wording-form.toml").status_code == 404
        assert eli.post(f"{SHELF}{key}/withdraw/").status_code == 404
    assert not Wording.objects.exists()


@pytest.mark.parametrize("name", ["Ben", "Chidi"])
def test_nobody_else_finds_a_page(cast: Cast, name: str) -> None:
    browser = signed_in(cast, name)
    for address in (SHELF, ONE, f"{ONE}wording-form.toml"):
        assert browser.get(address).status_code == 404
    assert send(browser, wording_file("wai-b3")).status_code == 404
    assert not Wording.objects.exists()


def test_a_stranger_is_led_to_the_sign_in(cast: Cast) -> None:
    assert Client().get(ONE).headers["Location"] == f"/sign-in/?next={ONE}"
    assert send(Client(), wording_file("wai-b3")).status_code == 302
    assert not Wording.objects.exists()


def test_an_operator_arrives_in_the_office(cast: Cast, eli: Client) -> None:
    assert eli.get("/").headers["Location"] == SHELF
    assert 'href="/desk/"' not in said(eli.get(SHELF))
    assert 'href="/office/' not in said(signed_in(cast, "Ben").get("/desk/"))


def test_who_does_both_finds_the_way_from_one_to_the_other(cast: Cast) -> None:
    give_role(cast.accounts["Ben"].person, name="operator", by=MACHINE, at=NOW)
    ben = signed_in(cast, "Ben")
    assert ben.get("/").headers["Location"] == "/desk/"
    assert f'href="{SHELF}"' in said(ben.get("/desk/"))
    assert 'href="/desk/"' in said(ben.get(SHELF))


def test_every_language_is_shown_and_a_draft_is_named_one(eli: Client) -> None:
    file = wording_file("wai-b3").replace(b'languages.en = "final"', b'languages.en = "final"\nlanguages.ar = "draft"')
    send(eli, file.replace(b'text.en = "Line 1"', b'text.en = "Line 1"\ntext.ar = "\xd8\xb3\xd8\xb7\xd8\xb1"'))
    text = said(eli.get(ONE))
    assert 'lang="ar" dir="rtl"' in text
    assert "سطر" in text
    assert re.search(r"<h3>Arabic <span[^>]*>draft</span></h3>", text)
