"""A client's own pages: what they write to those who work with them, and what was told to them of their sessions."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.test import Client
from doors_cast import held
from doors_cast import signed_in as at_the_desk
from support.both_factors import signed_in as as_client
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.base.errors import Conflict
from attune.base.ids import new_id
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.messages.actions import LONGEST, send_to_client
from attune.care.messages.models import Message
from attune.care.summaries.actions import About, drop_draft, release_summary, take_back_summary, write_summary
from attune.care.summaries.models import Summary
from attune.care.workflows.own_pages import close_own_pages, open_own_pages
from attune.people.models import Account
from attune.vault.keys import keyring


def client_of(cast: Cast, who: Participant, name: str) -> Client:
    """The browser of a client whose own pages were opened, signed in."""
    with keyring():
        open_own_pages(who.id, email=f"{name}@example.org", by=cast.ben, at=NOW)
    return as_client(Account.objects.get(person=who.person_id))


@pytest.fixture
def amara(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield client_of(cast, cast.amara, "amara")


@pytest.fixture
def gil(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield client_of(cast, cast.gil, "gil")


def address(who: Participant) -> str:
    return f"/my/messages/{who.id}/"


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def send(browser: Client, who: Participant, words: str, key: str = "") -> int:
    sent = {"do": "send", "words": words, "submission": key or str(uuid4())}
    return browser.post(address(who), sent).status_code


def answers(cast: Cast, who: Participant, text: str = "I have read it.") -> None:
    send_to_client(who.id, text=text, submission=new_id(), by=cast.ben, at=NOW)


def test_it_says_before_who_reads_it_and_that_nobody_watches(cast: Cast, amara: Client) -> None:
    assert f"{address(cast.amara)}#newest" in text_of(amara, "/my/messages/")
    page = text_of(amara, address(cast.amara))
    assert "What you write here is read by Ben, and by nobody else." in page
    assert page.index("Nobody watches this live") < page.index("<textarea")
    assert page.index('href="/help-now/"') < page.index("<textarea")


def test_written_and_answered(cast: Cast, amara: Client) -> None:
    assert send(amara, cast.amara, "My father called.") == 302
    answers(cast, cast.amara)
    assert "not opened" in text_of(amara, "/my/")
    page = text_of(amara, address(cast.amara))
    assert "My father called." in page
    assert "I have read it." not in page
    assert Message.objects.filter(read_at__isnull=False).count() == 0, "looking opens nothing"
    assert amara.post(address(cast.amara), {"do": "open"}).status_code == 302
    page = text_of(amara, address(cast.amara))
    assert page.index("My father called.") < page.index("I have read it.")
    assert "not opened" not in text_of(amara, "/my/")


def test_no_page_tells_what_was_opened(cast: Cast, amara: Client) -> None:
    send(amara, cast.amara, "My father called.")
    pages = [address(cast.amara), "/my/", "/my/looked/", "/my/said/"]
    before = [text_of(amara, one).split("csrf")[0] for one in pages]
    Message.objects.update(read_at=NOW)
    assert [text_of(amara, one).split("csrf")[0] for one in pages] == before


def test_pressed_twice_it_is_sent_once_and_what_else_was_typed_comes_back(cast: Cast, amara: Client) -> None:
    key = str(uuid4())
    assert [send(amara, cast.amara, "Once.", key) for _ in range(2)] == [302, 302]
    page = amara.post(address(cast.amara), {"do": "send", "words": "And more.", "submission": key})
    assert page.status_code == 409
    assert "And more.</textarea>" in page.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("words", ["", "x" * (LONGEST + 1)])
def test_what_cannot_be_sent_comes_back_with_its_reason(cast: Cast, amara: Client, words: str) -> None:
    page = amara.post(address(cast.amara), {"do": "send", "words": words, "submission": str(uuid4())})
    assert page.status_code == 422
    assert f"{words}</textarea>" in page.content.decode()
    assert not Message.objects.exists()


def test_taken_back_for_ten_minutes(cast: Cast, amara: Client) -> None:
    send(amara, cast.amara, "I wish I had not said this.")
    sent = {"take-back": str(Message.objects.get().id)}
    with fixed(NOW + timedelta(minutes=10)):
        assert "Take it back" not in text_of(amara, address(cast.amara))
        assert amara.post(address(cast.amara), sent).status_code == 409
    assert amara.post(address(cast.amara), sent).status_code == 302
    assert "I wish I had not said this." not in text_of(amara, address(cast.amara))


def test_wrong_person(cast: Cast, amara: Client, gil: Client) -> None:
    send(gil, cast.gil, "Farah must not read this.")
    events = Event.objects.count()
    for browser, who in ((amara, cast.gil), (gil, cast.farah), (gil, cast.amara)):
        assert browser.get(address(who)).status_code == 404
        for sent in ({"do": "open"}, {"do": "send", "words": "Hello."}, {"take-back": str(Message.objects.get().id)}):
            assert browser.post(address(who), sent).status_code == 404
    assert Event.objects.count() == events
    assert Client().get(address(cast.gil))["Location"].startswith("/sign-in/")
    assert amara.post(address(cast.amara), {"do": "nothing"}).status_code == 404


def test_where_this_work_does_not_stand_there_nothing_is_found_and_nothing_is_sent(cast: Cast, amara: Client) -> None:
    close_own_pages(cast.amara.id, by=cast.ben, at=NOW)
    assert amara.get(address(cast.amara)).status_code in (302, 404)
    with pytest.raises(Conflict):
        answers(cast, cast.amara)


def test_when_the_work_has_ended_it_stays_theirs_to_read(cast: Cast, amara: Client) -> None:
    send(amara, cast.amara, "My father called.")
    answers(cast, cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert amara.post(address(cast.amara), {"do": "open"}).status_code == 302
    page = text_of(amara, address(cast.amara))
    assert "I have read it." in page
    assert "<textarea" not in page
    late = amara.post(address(cast.amara), {"do": "send", "words": "Too late.", "submission": str(uuid4())})
    assert late.status_code == 409
    assert "Too late." in late.content.decode()


def test_summaries_are_read_once_they_are_shown(cast: Cast, gil: Client) -> None:
    session = held(cast.farah, cast.ben)
    about = About(session.id, session.episode_id)
    assert "Nothing has been written for you yet." in text_of(gil, "/my/summaries/")
    write_summary(about, text="Half begun.", seen=0, by=cast.ben, at=NOW)
    assert "Half begun." not in text_of(gil, "/my/summaries/")
    for told in ("We spoke of money.", "We spoke of money and Sundays."):
        release_summary(about, text=told, seen=1 if told == "We spoke of money." else 0, by=cast.ben, at=NOW)
    page = text_of(gil, "/my/summaries/")
    assert page.index("We spoke of money and Sundays.") < page.index("As it was told before")
    assert "All of you read the same." in page
    amara = client_of(cast, cast.amara, "amara")
    assert "We spoke of money" not in text_of(amara, "/my/summaries/")


def shown(cast: Cast, who: Participant, text: str) -> Summary:
    """Ben shows what he tells of the last session."""
    session = held(who, cast.ben)
    release_summary(About(session.id, who.episode_id), text=text, seen=0, by=cast.ben, at=NOW)
    return Summary.objects.get(session=session)


def add(browser: Client, who: Participant, summary: UUID, words: str) -> int:
    sent = {"do": "send", "words": words, "submission": str(uuid4()), "about": str(summary)}
    return browser.post(address(who), sent).status_code


def test_a_summary_is_corrected_and_both_stand(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.amara, "We spoke of your mother.")
    way = f"{address(cast.amara)}?about={told.id}#write"
    assert way in text_of(amara, "/my/summaries/")
    page = text_of(amara, f"{address(cast.amara)}?about={told.id}")
    assert "What was told is not changed: yours stands beside it." in page
    assert f'name="about" value="{told.id}"' in page
    assert add(amara, cast.amara, told.id, "Of my father, not of my mother.") == 302
    for there in ("/my/summaries/", address(cast.amara)):
        assert "Of my father, not of my mother." in text_of(amara, there)
    assert "We spoke of your mother." in text_of(amara, "/my/summaries/")
    ben, desk = at_the_desk(cast), f"/desk/sessions/{told.session_id}/summary/"
    assert "Something was written to you that you have not opened." in text_of(ben, "/desk/")
    assert "Of my father" not in text_of(ben, desk)
    assert "It stands among the messages." in text_of(ben, desk)
    assert ben.post(f"/desk/participants/{cast.amara.id}/messages/", {"do": "open"}).status_code == 302
    assert "Of my father, not of my mother." in text_of(ben, desk)
    session = told.session.number
    assert f"to the summary of session {session}" in text_of(ben, f"/desk/participants/{cast.amara.id}/messages/")
    assert Summary.objects.get().text == "We spoke of your mother."


def test_what_one_of_two_says_to_a_summary_is_seen_by_neither_of_the_others_pages(cast: Cast, gil: Client) -> None:
    farah = client_of(cast, cast.farah, "farah")
    told = shown(cast, cast.gil, "You both want Sundays back.")
    assert add(gil, cast.gil, told.id, "Not I.") == 302
    assert "Not I." in text_of(gil, "/my/summaries/")
    assert "Not I." not in text_of(farah, "/my/summaries/") + text_of(farah, address(cast.farah))
    ben, desk = at_the_desk(cast), f"/desk/sessions/{told.session_id}/summary/"
    for _ in ("waits", "opened"):
        page = text_of(ben, desk)
        assert "Not I." not in page, "a page that both may look at"
        assert "Something was said" not in page, "nor does it tell the one that the other said something"
        for who in (cast.farah, cast.gil):
            assert f"/desk/participants/{who.id}/messages/" in page
        ben.post(f"/desk/participants/{cast.gil.id}/messages/", {"do": "open"})


def test_what_is_said_to_something_that_is_not_shown_comes_back(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.farah, "For two.")
    for summary in (told.id, new_id()):
        sent = {"do": "send", "words": "Kept.", "submission": str(uuid4()), "about": str(summary)}
        page = amara.post(address(cast.amara), sent)
        assert page.status_code == 409
        assert "Kept.</textarea>" in page.content.decode()
        assert "What you wrote to is not shown any more." in unescape(page.content.decode())
        assert 'name="about"' not in page.content.decode(), "sent again, it is a message of its own"
        assert "For two." not in text_of(amara, f"{address(cast.amara)}?about={summary}")
    assert not Message.objects.exists()


def test_what_was_sent_before_it_was_taken_back_is_sent(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.amara, "Too early.")
    sent = {"do": "send", "words": "Not so.", "submission": str(uuid4()), "about": str(told.id)}
    assert amara.post(address(cast.amara), sent).status_code == 302
    take_back_summary(About(told.session_id, told.episode_id), by=cast.ben, at=NOW)
    assert amara.post(address(cast.amara), sent).status_code == 302, "the same form again: it was sent"
    assert amara.post(address(cast.amara), sent | {"words": "Not at all."}).status_code == 409
    assert amara.post(address(cast.amara), sent | {"submission": str(uuid4())}).status_code == 409
    assert Message.objects.count() == 1


def test_a_correction_does_not_stand_beneath_a_text_that_it_never_met(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.amara, "Your mother called.")
    about = About(told.session_id, told.episode_id)
    with fixed(NOW + timedelta(minutes=1)):
        assert add(amara, cast.amara, told.id, "My father.") == 302
    assert "My father." in text_of(amara, "/my/summaries/")
    take_back_summary(about, by=cast.ben, at=NOW + timedelta(minutes=2))
    seen = Summary.objects.get().revision
    release_summary(about, text="Your father called.", seen=seen, by=cast.ben, at=NOW + timedelta(minutes=3))
    assert "My father." not in text_of(amara, "/my/summaries/")
    assert "My father." in text_of(amara, address(cast.amara)), "it was sent, and stands among the messages"
    at_the_desk(cast).post(f"/desk/participants/{cast.amara.id}/messages/", {"do": "open"})
    assert "My father." not in text_of(at_the_desk(cast), f"/desk/sessions/{told.session_id}/summary/")


def test_a_correction_stays_when_the_summary_goes(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.amara, "Too early.")
    assert add(amara, cast.amara, told.id, "I would say it otherwise.") == 302
    about = About(told.session_id, told.episode_id)
    take_back_summary(about, by=cast.ben, at=NOW)
    drop_draft(about, by=cast.ben, at=NOW)
    assert "I would say it otherwise." in text_of(amara, address(cast.amara))
    assert Message.objects.get().about_id is None


def test_once_the_work_has_ended_nothing_can_be_added(cast: Cast, amara: Client) -> None:
    told = shown(cast, cast.amara, "The last one.")
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert "Correct it, or add something" not in text_of(amara, "/my/summaries/")
    assert "To the summary of" not in text_of(amara, f"{address(cast.amara)}?about={told.id}")
    assert add(amara, cast.amara, told.id, "Too late.") == 409
