"""A client's own pages: what they asked for, what was answered, and what they say came of it."""

from collections.abc import Iterator
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import THREE, after, held, link
from support.both_factors import signed_in as as_client
from support.cast import NOW, Cast

from attune.base.ids import new_id
from attune.care.checkins.actions import mark_read
from attune.care.checkins.models import Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import LONGEST, Given, answer_word, open_words
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.feedback.verdicts import enter_verdict
from attune.care.workflows.own_pages import close_own_pages, open_own_pages
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.people.models import Account
from attune.vault.keys import keyring

DRAWER = "They stay in the drawer."


def client_of(cast: Cast, who: Participant, name: str) -> Client:
    """The browser of a client whose own pages were opened, signed in."""
    with keyring():
        open_own_pages(who.id, email=f"{name}@example.org", by=cast.ben, at=NOW)
    return as_client(Account.objects.get(person=who.person_id))


@pytest.fixture
def amara(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield client_of(cast, cast.amara, "amara")


def address(who: Participant) -> str:
    return f"/my/feedback/{who.id}/"


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def say(browser: Client, who: Participant, words: str = "I do not like the sheets.", key: str = "") -> int:
    return browser.post(address(who), {"do": "say", "words": words, "submission": key or str(uuid4())}).status_code


def answered(cast: Cast, who: Participant, kind: str = "changed") -> Answer:
    open_words(who.id, by=cast.ben, at=NOW)
    word = Word.objects.filter(participant=who).latest("id")
    since = NOW.date() if kind == "changed" else None
    answer_word(word.id, Given(kind, DRAWER, since, new_id()), by=cast.ben, at=NOW)
    return Answer.objects.latest("id")


def test_it_says_before_who_reads_it_and_that_nobody_watches(cast: Cast, amara: Client) -> None:
    assert address(cast.amara) in text_of(amara, "/my/")
    page = text_of(amara, address(cast.amara))
    assert "What you say here is read by Ben, and by nobody else." in page
    assert page.index("Nobody watches this live") < page.index("<textarea")
    assert page.index('href="/help-now/"') < page.index("<textarea")


def test_said_answered_and_what_came_of_it(cast: Cast, amara: Client) -> None:
    assert say(amara, cast.amara) == 302
    assert "Not answered yet." in text_of(amara, address(cast.amara))
    assert "Because of what you said" not in text_of(amara, "/my/")
    answer = answered(cast, cast.amara)
    for where in ("/my/", address(cast.amara)):
        page = text_of(amara, where)
        assert "Ben: we change it, from 17 November 2026" in page
        assert page.index("I do not like the sheets.") < page.index(DRAWER) < page.index("Did it change?")
    press = {"verdict": "better", "about": str(answer.id)}
    assert [amara.post(address(cast.amara), press).status_code for _ in range(2)] == [302, 302]
    page = text_of(amara, address(cast.amara))
    assert "You said, 17 November 2026: better." in page
    assert "Did it change?" not in page
    assert "How was it taken when you said so?" in page
    verdict = Verdict.objects.get()
    assert amara.post(address(cast.amara), {"taken": "rather_not", "about": str(verdict.id)}).status_code == 302
    assert "How was it taken" not in text_of(amara, address(cast.amara))


def test_what_is_kept_ends_with_a_question_and_not_yet_can_be_said_again(cast: Cast, amara: Client) -> None:
    say(amara, cast.amara)
    kept = answered(cast, cast.amara, "kept")
    page = text_of(amara, address(cast.amara))
    assert page.index("we keep it, because") < page.index(DRAWER) < page.index("Is that all right for you?")
    amara.post(address(cast.amara), {"verdict": "not_right", "about": str(kept.id)})
    changed = answered(cast, cast.amara)
    late = amara.post(address(cast.amara), {"verdict": "all_right", "about": str(kept.id)})
    assert (late.status_code, "look again" in late.content.decode()) == (409, True)
    amara.post(address(cast.amara), {"verdict": "not_yet", "about": str(changed.id)})
    page = text_of(amara, address(cast.amara))
    assert "Did it change?" in page
    assert "How was it taken" not in page


def test_what_was_entered_for_them_they_bear_out_or_not(cast: Cast, amara: Client) -> None:
    say(amara, cast.amara)
    answer = answered(cast, cast.amara)
    enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW)
    page = text_of(amara, address(cast.amara))
    assert "17 November 2026, as told by the therapist: better." in page
    assert "Is that what you said?" in page
    press = {"said-so": "not_said", "about": str(Verdict.objects.get().id)}
    assert amara.post(address(cast.amara), press).status_code == 302
    page = text_of(amara, address(cast.amara))
    assert "You to that: I did not say that." in page
    assert "Did it change?" in page


def test_the_answer_stands_beside_the_word_in_what_they_said(cast: Cast, amara: Client) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben)))
    receive_checkin(token=token, sent=Sent(THREE | {"less": "Sheets."}, uuid4()), at=NOW)
    response = Response.objects.select_related("participant").get()
    where = f"/my/said/{response.id}/"
    assert "Because of what you said" not in text_of(amara, where)
    mark_read(response, by=cast.ben, at=NOW)
    answered(cast, cast.amara)
    page = text_of(amara, where)
    assert page.index("Because of what you said") < page.index(DRAWER)


@pytest.mark.parametrize("words", ["", "x" * (LONGEST + 1)])
def test_what_cannot_be_kept_comes_back_with_its_reason(cast: Cast, amara: Client, words: str) -> None:
    page = amara.post(address(cast.amara), {"do": "say", "words": words, "submission": str(uuid4())})
    assert page.status_code == 422
    assert f"{words}</textarea>" in page.content.decode()
    assert 'href="#words"' in page.content.decode()
    assert not Word.objects.exists()


def test_pressed_twice_it_is_said_once(cast: Cast, amara: Client) -> None:
    key = str(uuid4())
    assert [say(amara, cast.amara, "Once.", key) for _ in range(2)] == [302, 302]
    page = amara.post(address(cast.amara), {"do": "say", "words": "And more.", "submission": key})
    assert (page.status_code, "And more.</textarea>" in page.content.decode()) == (409, True)
    assert Word.objects.count() == 1


def test_what_no_page_offers_is_no_page(cast: Cast, amara: Client) -> None:
    say(amara, cast.amara)
    answer = str(answered(cast, cast.amara).id)
    for sent in (
        {},
        {"do": "open"},
        {"verdict": "better"},
        {"verdict": "all_right", "about": answer},
        {"taken": "well", "about": answer},
        {"said-so": "right", "about": "x"},
    ):
        assert amara.post(address(cast.amara), sent).status_code == 404, sent


def test_wrong_person(cast: Cast, amara: Client) -> None:
    say(amara, cast.amara)
    answer = answered(cast, cast.amara)
    farah, gil = client_of(cast, cast.farah, "farah"), client_of(cast, cast.gil, "gil")
    say(farah, cast.farah, "Gil must not read this.")
    for browser in (amara, gil):
        assert browser.get(address(cast.farah)).status_code == 404
        assert say(browser, cast.farah) == 404
    assert gil.post(address(cast.gil), {"verdict": "better", "about": str(answer.id)}).status_code == 404
    for where in ("/my/", address(cast.gil)):
        assert "Gil must not read this." not in text_of(gil, where)
    assert Client().get(address(cast.amara))["Location"].startswith("/sign-in/")
    close_own_pages(cast.amara.id, by=cast.ben, at=NOW)
    assert amara.get(address(cast.amara)).status_code in (302, 404)


def test_when_the_work_has_ended_it_is_read_and_what_was_typed_comes_back(cast: Cast, amara: Client) -> None:
    say(amara, cast.amara)
    answer = answered(cast, cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    page = text_of(amara, address(cast.amara))
    assert DRAWER in page
    assert "<textarea" not in page
    assert "Did it change?" not in page
    late = amara.post(address(cast.amara), {"do": "say", "words": "Too late.", "submission": str(uuid4())})
    assert (late.status_code, "Too late." in late.content.decode()) == (409, True)
    assert amara.post(address(cast.amara), {"verdict": "better", "about": str(answer.id)}).status_code == 409


def test_many_wishes_cost_no_more_than_one(cast: Cast, amara: Client) -> None:
    def queries(where: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(amara, where)
        return len(asked)

    say(amara, cast.amara)
    answered(cast, cast.amara)
    pages = ("/my/", address(cast.amara))
    for where in pages:
        queries(where)  # what is looked up once in the life of a process is looked up now
    few = [queries(where) for where in pages]
    for n in range(6):
        say(amara, cast.amara, f"Wish {n}.")
        answered(cast, cast.amara, "kept")
    assert [queries(where) for where in pages] == few
    assert max(few) <= 25
