"""What a client asked for, at the desk: opened by a press, answered in words of one's own, never written over."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import THREE, after, held, link, signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event, Shown
from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import LONGEST, open_words, say_something
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.feedback.verdicts import bear_out, give_verdict, tell_how_taken
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.people.viewers import Viewer
from attune.vault.keys import keyring

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    Participant.objects.update(own_pages_since=NOW - timedelta(weeks=1))


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield signed_in(cast)


def address(who: Participant) -> str:
    return f"/desk/participants/{who.id}/feedback/"


def said(cast: Cast, who: Participant, text: str = "I do not like the sheets.", *, opened: bool = True) -> Word:
    say_something(who.id, text=text, submission=new_id(), by=Viewer(who.person_id), at=NOW)
    if opened:
        open_words(who.id, by=cast.ben, at=NOW)
    return Word.objects.filter(participant=who).latest("id")


def answer(ben: Client, word: Word, kind: str = "changed", **sent: str) -> int:
    sent = {"kind": kind, "words": "They stay in the drawer.", "since": "2026-11-17", "submission": str(uuid4())} | sent
    return ben.post(f"/desk/words/{word.id}/answer/", sent).status_code


def as_a_form(ben: Client, word: Word, sent: dict[str, str]) -> HttpResponse:
    """As a browser sends it."""
    kind = "application/x-www-form-urlencoded"
    return ben.post(f"/desk/words/{word.id}/answer/", urlencode(sent), content_type=kind)  # type: ignore[return-value]  # the test client's own kind of answer


def text_of(browser: Client, where: str) -> str:
    page = browser.get(where)
    assert page.status_code == 200, page.status_code
    return unescape(page.content.decode())


def test_what_was_said_is_opened_by_a_press(cast: Cast, ben: Client) -> None:
    said(cast, cast.amara, opened=False)
    page = text_of(ben, address(cast.amara))
    assert "I do not like the sheets." not in page
    assert "Amara said something that you have not opened." in page
    assert Word.objects.get().read_at is None, "looking opens nothing"
    assert ben.post(address(cast.amara), {"do": "open"}).status_code == 302
    page = text_of(ben, address(cast.amara))
    assert "I do not like the sheets." in page
    assert "Waits for an answer" in page


def test_what_was_written_in_a_check_in_waits_for_an_answer(cast: Cast, ben: Client) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben)))
    receive_checkin(token=token, sent=Sent(THREE | {"less": "Sheets.", "keep": "The chair."}, uuid4()), at=NOW)
    assert "Sheets." not in text_of(ben, address(cast.amara)), "its check-in has not been opened"
    ben.post(f"/desk/responses/{Response.objects.get().id}/")
    page = text_of(ben, address(cast.amara))
    assert "Less of, 17 November 2026" in page
    assert "The chair." not in page


def test_three_ways_to_answer_and_each_stands_beside_the_one_before(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara)
    for kind in ("talk", "kept", "changed"):
        assert answer(ben, word, kind, words=f"Words to {kind}.") == 302
    page = text_of(ben, address(cast.amara))
    told = ("Ben: let us talk about it", "Words to talk.", "Ben: we keep it, because", "is that all right for you?")
    places = [page.index(one) for one in (*told, "Ben: we change it, from 17 November 2026", "Words to changed.")]
    assert places == sorted(places)
    assert "Waits for an answer" not in page
    assert "It was answered on the same day." in page


def test_pressed_twice_it_is_one_answer_and_another_from_the_same_page_comes_back(cast: Cast, ben: Client) -> None:
    word, key = said(cast, cast.amara), str(uuid4())
    assert [answer(ben, word, submission=key) for _ in range(2)] == [302, 302]
    page = as_a_form(ben, word, {"kind": "kept", "words": "And more.", "submission": key})
    assert page.status_code == 409
    assert "And more." in page.content.decode(), "to be copied"
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"words": " "}, "words"),
        ({"kind": "kept", "words": ""}, "words"),
        ({"words": "x" * (LONGEST + 1)}, "words"),
        ({"since": "soon"}, "since"),
        ({"since": "2036-01-01"}, "since"),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    cast: Cast, ben: Client, sent: dict[str, str], field: str
) -> None:
    word = said(cast, cast.amara)
    typed = {"kind": "changed", "words": "They stay in the drawer.", "since": "2026-11-18", **sent}
    page = ben.post(f"/desk/words/{word.id}/answer/", typed | {"submission": str(uuid4())})
    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert f'href="#{field}"' in text
    assert f"{typed['words']}</textarea>" in text
    assert f'value="{typed["since"]}"' in text
    assert not Answer.objects.exists()


def test_the_branch_beneath_another_answer_is_not_looked_at(cast: Cast, ben: Client) -> None:
    assert answer(ben, said(cast, cast.amara), "kept", since="soon") == 302


def test_a_no_opens_it_again(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara)
    answer(ben, word, "kept")
    give_verdict(cast.amara.id, Answer.objects.get().id, kind="not_right", by=Viewer(cast.amara.person_id), at=NOW)
    page = text_of(ben, address(cast.amara))
    assert "To talk about" in page
    assert "Amara says, 17 November 2026: not all right." in page
    assert "Something was asked for, and waits for your answer." in text_of(ben, "/desk/")


def test_what_was_said_in_the_room_is_entered_and_marked_as_told(cast: Cast, ben: Client) -> None:
    answer(ben, said(cast, cast.amara))
    told = {"said": "better", "answer": str(Answer.objects.get().id)}
    assert ben.post(address(cast.amara), told).status_code == 302
    page = text_of(ben, address(cast.amara))
    assert "Amara, 17 November 2026, as told by the therapist: better." in page
    by = Viewer(cast.amara.person_id)
    bear_out(cast.amara.id, Verdict.objects.get().id, said="not_quite", by=by, at=NOW)
    assert "Amara to that: not quite." in text_of(ben, address(cast.amara))
    give_verdict(cast.amara.id, Answer.objects.get().id, kind="same", by=by, at=NOW + DAY)
    page = text_of(ben, address(cast.amara))
    assert "told you what came of it" not in page, "their own word is not written over by ear"
    late = ben.post(address(cast.amara), told)
    assert (late.status_code, "They have said it themselves already" in late.content.decode()) == (409, True)


@pytest.mark.parametrize(("taken", "shown"), [("badly", True), ("rather_not", False)])
def test_how_it_was_taken_is_told_from_the_next_day_on(cast: Cast, ben: Client, taken: str, shown: bool) -> None:
    answer(ben, said(cast, cast.amara))
    by = Viewer(cast.amara.person_id)
    give_verdict(cast.amara.id, Answer.objects.get().id, kind="better", by=by, at=NOW)
    tell_how_taken(cast.amara.id, Verdict.objects.get().id, taken=taken, by=by, at=NOW)
    assert "How it was taken" not in text_of(ben, address(cast.amara))
    with fixed(NOW + DAY):
        ben = signed_in(cast)
        assert ("How it was taken when Amara said so: badly." in text_of(ben, address(cast.amara))) is shown
        assert "rather not" not in text_of(ben, address(cast.amara))


def test_what_no_page_offers_is_no_page(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara)
    answer(ben, word, "kept")
    given = str(Answer.objects.get().id)
    for sent in (
        {},
        {"do": "nothing"},
        {"said": "better"},
        {"said": "better", "answer": given},
        {"said": "better", "answer": "x"},
    ):
        assert ben.post(address(cast.amara), sent).status_code == 404, sent
    hidden = said(cast, cast.amara, "Not opened yet.", opened=False)
    assert ben.get(f"/desk/words/{hidden.id}/answer/").status_code == 404
    assert answer(ben, hidden) == 404


def test_wrong_person(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara, opened=False)
    for name in ("Ola", "Chidi", "Eli"):
        browser = signed_in(cast, name)
        assert browser.get(address(cast.amara)).status_code == 404
        assert browser.post(address(cast.amara), {"do": "open"}).status_code == 404
    open_words(cast.amara.id, by=cast.ben, at=NOW)
    for name in ("Ola", "Chidi", "Eli"):
        browser = signed_in(cast, name)
        assert browser.get(f"/desk/words/{word.id}/answer/").status_code == 404
        assert answer(browser, word) == 404
    assert Client().get(address(cast.amara))["Location"].startswith("/sign-in/")
    assert ben.get(address(cast.dana)).status_code == 404


def test_when_the_work_has_ended_it_is_read_and_what_was_typed_comes_back(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert "I do not like the sheets." in text_of(ben, address(cast.amara))
    assert "Answer it" not in text_of(ben, address(cast.amara))
    assert "<textarea" not in text_of(ben, f"/desk/words/{word.id}/answer/")
    late = as_a_form(ben, word, {"kind": "kept", "words": "Too late.", "submission": str(uuid4())})
    assert (late.status_code, "Too late." in late.content.decode()) == (409, True)
    assert "waits for your answer" not in text_of(ben, "/desk/")


def test_of_a_couple_each_stands_alone(cast: Cast, ben: Client) -> None:
    said(cast, cast.farah, "Gil must not read this.")
    assert "Gil must not read this." in text_of(ben, address(cast.farah))
    assert "Gil must not read this." not in text_of(ben, address(cast.gil))
    assert "The others who take part never see it." in text_of(ben, address(cast.gil))
    page = text_of(ben, "/desk/")
    assert "Something was asked for, and waits for your answer." in page
    assert address(cast.farah) not in page, "on a page that another may look at nobody is told apart"


def test_today_and_the_episode_lead_there(cast: Cast, ben: Client) -> None:
    word = said(cast, cast.amara, opened=False)
    page = text_of(ben, "/desk/")
    assert "Something was said to you that you have not opened." in page
    assert "waits for your answer" not in page
    assert "unread words" in text_of(ben, "/desk/caseload/")
    ben.post(address(cast.amara), {"do": "open"})
    page = text_of(ben, "/desk/")
    assert "Something was asked for, and waits for your answer." in page
    assert f'href="{address(cast.amara)}"' in page
    assert "I do not like the sheets." not in page
    assert "waits for an answer" in text_of(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    answer(ben, word)
    assert "waits for your answer" not in text_of(ben, "/desk/")
    assert "waits for an answer" not in text_of(ben, f"/desk/episodes/{cast.amara.episode_id}/")


def test_whose_page_was_shown_is_in_the_audit(cast: Cast, ben: Client) -> None:
    text_of(ben, address(cast.amara))
    event = Event.objects.latest("seq")
    assert event.verb == "feedback.shown"
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_many_wishes_cost_no_more_than_one(cast: Cast, ben: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(ben, address(cast.amara))
        return len(asked)

    answer(ben, said(cast, cast.amara))
    queries()  # what is looked up once in the life of a process is looked up now
    few = queries()
    for n in range(8):
        answer(ben, said(cast, cast.amara, f"Wish {n}."), "kept")
    assert queries() == few
    assert few <= 20


def test_how_long_it_took_is_said_in_a_sentence(cast: Cast, ben: Client) -> None:
    words = [said(cast, cast.amara, f"Wish {n}.") for n in range(4)]
    assert "answered" not in text_of(ben, address(cast.amara)).lower().split("<main")[1].split("wish 3")[0]
    with fixed(NOW + DAY):
        ben = signed_in(cast)
        answer(ben, words[0])
        assert "One of 4 wishes was answered, within 1 day." in text_of(ben, address(cast.amara))
    with fixed(NOW + 5 * DAY):
        ben = signed_in(cast)
        answer(ben, words[1])
        answer(ben, words[2])
        assert "3 of 4 wishes were answered, half of them within 5 days." in text_of(ben, address(cast.amara))
