"""What is written between sessions, at the desk: opened by a press, sent once, kept when it could not be sent."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event, Shown
from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.messages.actions import LONGEST, send_to_therapist
from attune.care.messages.models import Message
from attune.people.viewers import Viewer
from attune.vault.keys import keyring


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    """What is written to them can be read by all of them."""
    Participant.objects.update(own_pages_since=NOW - timedelta(weeks=1))


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield signed_in(cast)


def address(who: Participant) -> str:
    return f"/desk/participants/{who.id}/messages/"


def wrote(who: Participant, text: str = "My father called.") -> Message:
    send_to_therapist(who.id, text=text, submission=new_id(), by=Viewer(who.person_id), at=NOW)
    return Message.objects.filter(participant=who).latest("id")


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def send(browser: Client, who: Participant, words: str, key: str = "") -> int:
    sent = {"do": "send", "words": words, "submission": key or str(uuid4())}
    return browser.post(address(who), sent).status_code


def test_it_is_opened_by_a_press_and_answered(cast: Cast, ben: Client) -> None:
    wrote(cast.amara)
    page = text_of(ben, address(cast.amara))
    assert "My father called." not in page
    assert "One message of Amara that you have not opened." in page
    assert Message.objects.get().read_at is None, "looking opens nothing"
    opened = ben.post(address(cast.amara), {"do": "open"})
    assert (opened.status_code, opened["Location"]) == (302, f"{address(cast.amara)}#newest")
    assert send(ben, cast.amara, "Thank you for telling me.") == 302
    page = text_of(ben, address(cast.amara))
    assert page.index("My father called.") < page.index("Thank you for telling me.")
    assert "Tuesday 17 November 2026" in page
    assert "have not opened" not in page


def test_no_page_tells_what_was_opened(cast: Cast, ben: Client) -> None:
    send(ben, cast.amara, "Thank you.")
    before = text_of(ben, address(cast.amara)).split("csrf")[0]
    Message.objects.update(read_at=NOW)
    assert text_of(ben, address(cast.amara)).split("csrf")[0] == before


def test_pressed_twice_it_is_sent_once(cast: Cast, ben: Client) -> None:
    key = str(uuid4())
    assert [send(ben, cast.amara, "Once.", key) for _ in range(2)] == [302, 302]
    assert Message.objects.count() == 1


def test_a_page_that_sent_already_gives_back_what_else_was_typed(cast: Cast, ben: Client) -> None:
    key = str(uuid4())
    send(ben, cast.amara, "Once.", key)
    page = ben.post(address(cast.amara), {"do": "send", "words": "And more.", "submission": key})
    text = unescape(page.content.decode())
    assert page.status_code == 409
    assert "And more.</textarea>" in text
    assert key not in text, "sent again it is one of its own"


@pytest.mark.parametrize("words", ["", "x" * (LONGEST + 1)])
def test_what_cannot_be_sent_comes_back_with_its_reason(cast: Cast, ben: Client, words: str) -> None:
    page = ben.post(address(cast.amara), {"do": "send", "words": words, "submission": str(uuid4())})
    assert page.status_code == 422
    assert f"{words}</textarea>" in page.content.decode()
    assert 'href="#words"' in page.content.decode()
    assert not Message.objects.exists()


def test_taken_back_within_ten_minutes(cast: Cast, ben: Client) -> None:
    send(ben, cast.amara, "I wish I had not said this.")
    sent = Message.objects.get()
    assert "Take it back" in text_of(ben, address(cast.amara))
    with fixed(NOW + timedelta(minutes=10)):
        assert "Take it back" not in text_of(ben, address(cast.amara))
        late = ben.post(address(cast.amara), {"take-back": str(sent.id)})
        assert late.status_code == 409
        assert "more than ten minutes ago" in late.content.decode()
    assert ben.post(address(cast.amara), {"take-back": str(sent.id)}).status_code == 302
    page = text_of(ben, address(cast.amara))
    assert "I wish I had not said this." not in page
    assert "Ben took something back" in page


def test_what_no_page_offers_is_no_page(cast: Cast, ben: Client) -> None:
    hers = wrote(cast.amara)
    for sent in ({}, {"do": "nothing"}, {"take-back": "nothing"}, {"take-back": str(hers.id)}):
        assert ben.post(address(cast.amara), sent).status_code == 404


def test_wrong_person(cast: Cast, ben: Client) -> None:
    wrote(cast.amara)
    for name in ("Ola", "Chidi", "Eli"):
        browser = signed_in(cast, name)
        assert browser.get(address(cast.amara)).status_code == 404
        assert browser.post(address(cast.amara), {"do": "open"}).status_code == 404
        assert send(browser, cast.amara, "Hello.") == 404
    assert Client().get(address(cast.amara))["Location"].startswith("/sign-in/")
    assert ben.get(address(cast.dana)).status_code == 404
    assert Message.objects.get().read_at is None


def test_when_the_work_has_ended_it_is_read_and_what_was_typed_comes_back(cast: Cast, ben: Client) -> None:
    wrote(cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert ben.post(address(cast.amara), {"do": "open"}).status_code == 302
    page = text_of(ben, address(cast.amara))
    assert "My father called." in page
    assert "<textarea" not in page
    late = ben.post(address(cast.amara), {"do": "send", "words": "Too late.", "submission": str(uuid4())})
    assert late.status_code == 409
    assert "Too late." in late.content.decode()


def test_of_a_couple_each_stands_alone(cast: Cast, ben: Client) -> None:
    wrote(cast.farah, "Gil must not read this.")
    ben.post(address(cast.farah), {"do": "open"})
    assert "Gil must not read this." in text_of(ben, address(cast.farah))
    assert "Gil must not read this." not in text_of(ben, address(cast.gil))
    assert "The others who take part never see it." in text_of(ben, address(cast.gil))


def test_the_episode_leads_there_and_says_who_wrote(cast: Cast, ben: Client) -> None:
    wrote(cast.gil)
    page = text_of(ben, f"/desk/episodes/{cast.gil.episode_id}/")
    farah, gil = (page.index(f"{address(who)}#newest") for who in (cast.farah, cast.gil))
    assert farah < gil < page.index("unread")
    assert "unread words" in text_of(ben, "/desk/caseload/")


def test_whose_page_was_shown_is_in_the_audit(cast: Cast, ben: Client) -> None:
    text_of(ben, address(cast.amara))
    event = Event.objects.latest("seq")
    assert event.verb == "messages.shown"
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_earlier_ones_stand_on_pages_of_their_own(cast: Cast, ben: Client) -> None:
    for n in range(62):
        wrote(cast.amara, f"Line {n}.")
    ben.post(address(cast.amara), {"do": "open"})
    page = text_of(ben, address(cast.amara))
    assert "Line 1." not in page
    where = page.split('href="?before=')[1].split('"')[0]
    earlier = text_of(ben, f"{address(cast.amara)}?before={where}")
    assert "Line 1." in earlier
    assert "<textarea" not in earlier
    assert "Line 61." in text_of(ben, f"{address(cast.amara)}?before=nothing")


def test_a_long_conversation_costs_no_more_than_a_short_one(cast: Cast, ben: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(ben, address(cast.amara))
        return len(asked)

    wrote(cast.amara)
    ben.post(address(cast.amara), {"do": "open"})
    queries()  # what is looked up once in the life of a process is looked up now
    few = queries()
    for n in range(20):
        wrote(cast.amara, f"Line {n}.")
    ben.post(address(cast.amara), {"do": "open"})
    assert queries() == few
