"""Amara signs the sheet, Ben reads the transcript in and contests a finding at her word; then she takes it back."""

from collections.abc import Callable, Iterator

import pytest
from conftest import DESK, PHONE
from journeys_cast import Watch, sign_in
from playwright.sync_api import FilePayload, Locator, Page, expect
from support.cast import NOW, Cast
from support.sessions_told import SAID, long_session, transcribed, vtt, yesterdays_session

from attune.base.clock import fixed
from attune.care.schedule.models import Session
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import keyring

Check = Callable[[Page], None]
Picture = Callable[..., None]
CUT = b"WEBVTT\n\n00:05.000 --> 00:01.000\n<v Ben>Good to see you.\n"


@pytest.fixture(autouse=True)
def _hour() -> Iterator[None]:
    with fixed(NOW):
        yield


@pytest.fixture
def session(cast: Cast) -> Session:
    """Yesterday's."""
    with keyring():
        return yesterdays_session(cast.amara, by=cast.ben)


def named(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/vtt", "buffer": data}


def he_prints_the_sheet(desk: Page, check_page: Check, picture: Picture) -> None:
    """What she is asked stands on paper, without anything that can only be pressed."""
    desk.get_by_role("link", name="Transcript").click()
    expect(desk.get_by_text("has not agreed")).to_be_visible()
    check_page(desk)
    desk.get_by_role("link", name="The sheet to print and sign").click()
    expect(desk.get_by_text("Your care and what you pay stay the same")).to_be_visible()
    check_page(desk)
    desk.emulate_media(media="print")
    desk.set_viewport_size({"width": 794, "height": 1123})
    expect(desk.get_by_role("link", name="Back to the session")).to_be_hidden()
    expect(desk.get_by_text("Signature")).to_be_visible()
    picture(desk, "transcript-consent-sheet.png", full_page=True)
    desk.emulate_media(media="screen")
    desk.set_viewport_size(DESK)
    desk.get_by_role("link", name="Back to the session").click()


def he_enters_her_consent(desk: Page, watch: Watch, check_page: Check) -> None:
    """A day that has not come is refused, and nothing that was chosen is lost."""
    watch.expects(422)
    desk.get_by_label("on paper, signed").check()
    desk.get_by_label("On which day").fill("2026-12-01")
    desk.get_by_role("button", name="Enter it").click()
    expect(desk.get_by_role("group", name="This was not taken.")).to_be_focused()
    expect(desk.get_by_label("on paper, signed")).to_be_checked()
    expect(desk.get_by_label("On which day")).to_have_value("2026-12-01")
    check_page(desk)
    desk.get_by_label("On which day").fill("2026-11-16")
    desk.get_by_role("button", name="Enter it").click()
    expect(desk.get_by_text("agreed on 16 November 2026")).to_be_visible()
    check_page(desk)


def he_reads_the_file_in(desk: Page, check_page: Check, picture: Picture) -> None:
    """A broken file says what to mend; the whole one opens at once."""
    desk.get_by_label("The file", exact=True).set_input_files(named("cut.vtt", CUT))
    desk.get_by_role("button", name="Read it in").click()
    expect(desk.get_by_role("group", name="The file was not taken; nothing of it is kept.")).to_be_focused()
    expect(desk.get_by_text("choose the file again")).to_be_visible()
    check_page(desk)
    picture(desk, "transcript-refused.png")
    desk.get_by_label("The file", exact=True).set_input_files(named("session.vtt", vtt()))
    desk.get_by_role("button", name="Read it in").click()
    expect(desk.get_by_role("heading", name="Practices used, and where")).to_be_visible()


def he_reads_the_margin(desk: Page, check_page: Check, picture: Picture) -> None:
    """Findings stand beside their line, by the keyboard one after the other; on a phone beneath it."""
    expect(desk.get_by_text("Nothing here tells how anybody felt")).to_be_visible()
    expect(desk.locator("mark")).to_have_count(3)
    check_page(desk)
    picture(desk, "transcript.png", full_page=True)
    line = desk.locator("#line-10")
    beside = line.locator(".beside").first
    said = line.locator(".talk")
    assert _left(beside) > _left(said)
    desk.set_viewport_size(PHONE)
    assert _left(beside) == pytest.approx(_left(said), abs=2)
    desk.set_viewport_size(DESK)
    desk.get_by_role("link", name="Open invitation, line 1", exact=True).focus()
    desk.keyboard.press("Enter")
    for following in (5, 10):
        desk.locator(":target").get_by_role("link", name="Next").first.focus()
        desk.keyboard.press("Enter")
        expect(desk.locator(f"#line-{following}")).to_be_in_viewport()


def _left(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return float(box["x"])


def she_says_it_is_not_so(desk: Page, check_page: Check, picture: Picture) -> None:
    """He enters it at her word; the page comes back to the line, and the sum is without it."""
    expect(desk.get_by_text("3 times.")).to_be_visible()
    line = desk.locator("#line-1")
    line.get_by_text("This is not so").click()
    check_page(desk)
    line.get_by_role("button", name="The client’s").click()
    expect(line).to_be_in_viewport()
    expect(line.get_by_text("Not so, at the client’s word. It counts nowhere.")).to_be_visible()
    expect(desk.get_by_text("2 times. 1 contested, and not counted.")).to_be_visible()
    check_page(desk)
    picture(desk, "transcript-contested.png")


def he_says_who_is_who(desk: Page, check_page: Check) -> None:
    """Swapped by mistake, and put right."""
    for ben, amara in (("client", "therapist"), ("therapist", "client")):
        desk.get_by_text("Say who is therapist and who is client").click()
        desk.get_by_label("Ben", exact=True).select_option(ben)
        desk.get_by_label("Amara", exact=True).select_option(amara)
        desk.get_by_role("button", name="Count anew").click()
        expect(desk.get_by_role("heading", name=f"{ben.capitalize()}: Ben")).to_be_visible()
        check_page(desk)


def she_takes_it_back(desk: Page, check_page: Check) -> None:
    """What goes is said first; then it is gone, and the address leads nowhere."""
    gone = desk.url.split("#")[0]
    desk.get_by_role("link", name="Consent, and erasing it").click()
    check_page(desk)
    desk.get_by_role("link", name="They take it back").click()
    expect(desk.get_by_text("the key of this transcript")).to_be_visible()
    check_page(desk)
    desk.get_by_role("link", name="Leave it as it is").click()
    assert Transcript.objects.exists()
    desk.get_by_role("link", name="They take it back").click()
    desk.get_by_role("button", name="Take it back and erase the transcript").click()
    expect(desk.get_by_text("has not agreed")).to_be_visible()
    assert not Transcript.objects.exists()
    assert not Finding.objects.exists()
    answer = desk.goto(gone)
    assert answer is not None
    assert answer.status == 404


def test_from_a_signed_sheet_to_nothing_left(
    cast: Cast, session: Session, desk: Page, watch: Watch, check_page: Check, picture: Picture
) -> None:
    sign_in(desk)
    desk.goto(f"/desk/episodes/{cast.amara.episode_id}/")
    he_prints_the_sheet(desk, check_page, picture)
    he_enters_her_consent(desk, watch, check_page)
    he_reads_the_file_in(desk, check_page, picture)
    he_reads_the_margin(desk, check_page, picture)
    she_says_it_is_not_so(desk, check_page, picture)
    he_says_who_is_who(desk, check_page)
    watch.expects(404)
    she_takes_it_back(desk, check_page)


def test_a_long_session_can_be_walked(cast: Cast, session: Session, desk: Page) -> None:
    """Fifteen hundred lines: the page is there, and leads from finding to finding."""
    with keyring():
        kept = transcribed(session.id, by=cast.ben, at=NOW, data=long_session(1500))
    sign_in(desk)
    desk.goto(f"/desk/transcripts/{kept.id}/")
    expect(desk.locator(".turn")).to_have_count(1500)
    last = Finding.objects.filter(transcript=kept, code="feedback-asked").latest("utterance").utterance + 1
    desk.get_by_role("link", name=f"Asked for feedback, line {last}", exact=True).click()
    expect(desk.locator(f"#line-{last}")).to_be_in_viewport()
    assert len(SAID) < last
