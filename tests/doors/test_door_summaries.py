"""The summary of a session at the desk: drafted, shown, taken back, told anew; and nothing typed is lost."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from doors_cast import held, signed_in
from support.cast import NOW, Cast

from attune.base.clock import fixed
from attune.care.episodes.actions import end_episode
from attune.care.schedule.models import Session
from attune.care.summaries.actions import LONGEST
from attune.care.summaries.models import Summary
from attune.vault.keys import keyring


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield signed_in(cast)


@pytest.fixture
def session(cast: Cast) -> Session:
    return held(cast.farah, cast.ben)


def address(session: Session) -> str:
    return f"/desk/sessions/{session.id}/summary/"


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def press(browser: Client, session: Session, do: str, words: str = "", revision: int = 0) -> int:
    sent = {"do": do, "words": words, "revision": str(revision)}
    return browser.post(address(session), sent).status_code


def test_drafted_shown_and_told_anew(cast: Cast, ben: Client, session: Session) -> None:
    episode = f"/desk/episodes/{session.episode_id}/"
    assert address(session) in text_of(ben, episode)
    assert press(ben, session, "keep", "We spoke of money.") == 302
    page = text_of(ben, address(session))
    assert "We spoke of money.</textarea>" in page
    assert "As long as it is a draft, only you see it." in page
    assert ">a draft<" in text_of(ben, episode)
    assert press(ben, session, "release", "We spoke of money and of Sundays.", 1) == 302
    assert ">shown<" in text_of(ben, episode)
    assert press(ben, session, "release", "We spoke of money, and agreed on Sundays.") == 302
    page = text_of(ben, address(session))
    assert "As it was told before" in page
    assert "We spoke of money and of Sundays." in page


def test_it_is_said_before_who_will_read_it(cast: Cast, ben: Client, session: Session) -> None:
    page = text_of(ben, address(session))
    assert "Show it to Farah and Gil" in page
    assert "nothing in it may come from what one of them told you alone" in page
    alone = text_of(ben, address(held(cast.amara, cast.ben)))
    assert "Show it to Amara" in alone
    assert "told you alone" not in alone


def test_taken_back_it_is_a_draft(cast: Cast, ben: Client, session: Session) -> None:
    press(ben, session, "release", "Too early.")
    assert "Take it back" in text_of(ben, address(session))
    assert press(ben, session, "take-back") == 302
    assert Summary.objects.get().released_at is None
    press(ben, session, "release", "Now.", 2)
    with fixed(NOW + timedelta(minutes=10)):
        assert "Take it back" not in text_of(ben, address(session))
        assert press(ben, session, "take-back") == 409


def test_the_second_window_finds_both_texts(cast: Cast, ben: Client, session: Session) -> None:
    press(ben, session, "keep", "first")
    page = ben.post(address(session), {"do": "keep", "words": "second", "revision": "0"})
    text = unescape(page.content.decode())
    assert page.status_code == 409
    assert "second</textarea>" in text
    assert "first" in text
    assert 'name="revision" value="1"' in text
    assert press(ben, session, "keep", "second", 1) == 302
    assert Summary.objects.get().text == "second"


@pytest.mark.parametrize("words", ["", "x" * (LONGEST + 1)])
def test_what_cannot_be_kept_comes_back_with_its_reason(cast: Cast, ben: Client, session: Session, words: str) -> None:
    page = ben.post(address(session), {"do": "release", "words": words, "revision": "0"})
    assert page.status_code == 422
    assert f"{words}</textarea>" in page.content.decode()
    assert not Summary.objects.exists()


def test_a_draft_is_deleted_at_once(cast: Cast, ben: Client, session: Session) -> None:
    press(ben, session, "keep", "Gone.")
    assert "Delete this draft" in text_of(ben, address(session))
    assert [press(ben, session, "drop") for _ in range(2)] == [302, 302]
    assert not Summary.objects.exists()


def test_wrong_person(cast: Cast, ben: Client, session: Session) -> None:
    press(ben, session, "keep", "Mine.")
    for name in ("Ola", "Chidi", "Eli"):
        browser = signed_in(cast, name)
        assert browser.get(address(session)).status_code == 404
        assert press(browser, session, "drop") == 404
    assert Client().get(address(session))["Location"].startswith("/sign-in/")
    assert press(ben, session, "nothing") == 404
    assert Summary.objects.get().text == "Mine."


def test_when_the_work_has_ended_it_is_read_and_what_was_typed_comes_back(
    cast: Cast, ben: Client, session: Session
) -> None:
    press(ben, session, "release", "The last one.")
    press(ben, session, "keep", "Half begun.")
    end_episode(cast.farah.episode, by=cast.ben, at=NOW)
    page = text_of(ben, address(session))
    assert "The last one." in page
    assert "Half begun." in page
    assert "<textarea" not in page
    late = ben.post(address(session), {"do": "keep", "words": "Too late.", "revision": "1"})
    assert late.status_code == 409
    assert "Too late." in late.content.decode()
    assert press(ben, session, "drop") == 302
