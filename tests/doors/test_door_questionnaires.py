"""A client's questionnaires at the desk: a rhythm within the budget, one asked once, scores with their limits."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import CALM, after, answered, held, phq9, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.checkins.models import Invitation, Response
from attune.care.episodes.actions import end_episode
from attune.care.questionnaires.models import Questionnaire

MODERATE = {f"item-{n}": value for n, value in enumerate("222211200", 1)}


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


def address(cast: Cast) -> str:
    return f"/desk/participants/{cast.amara.id}/questionnaires/"


def text_of(page: HttpResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.content.decode())).split())


def said(client: Client, where: str) -> str:
    page = client.get(where)
    assert page.status_code == 200
    return text_of(page)


def press(client: Client, cast: Cast, do: str, **chosen: str) -> HttpResponse:
    return client.post(address(cast), {"do": do} | chosen)


def chosen_in(page: HttpResponse) -> list[str]:
    return re.findall(r'<option value="([^"]+)" selected', page.content.decode())


def scored(cast: Cast, numbers: str, days: int) -> Response:
    """A PHQ-9 answered so many days ago, and opened."""
    at = NOW - timedelta(days=days)
    given = answered(cast.amara, cast.ben, phq9(), {f"item-{n}": one for n, one in enumerate(numbers, 1) if one != "-"})
    Response.objects.filter(pk=given.pk).update(given_at=at, read_at=at)
    return given


def test_nothing_yet(cast: Cast, ben: Client) -> None:
    text = said(ben, address(cast))
    assert "Questionnaires of Amara" in text
    assert "No questionnaire comes by itself." in text
    assert "Nothing has been answered yet." in text
    assert "at most 9 taps and 4 lines of words" in text
    assert "Amara can choose less, none, or more" in text
    assert Event.objects.order_by("-seq")[0].verb == "questionnaires.read"
    assert address(cast) in ben.get(f"/desk/episodes/{cast.amara.episode_id}/").content.decode()


def test_what_can_be_asked_is_told_with_its_terms(cast: Cast, ben: Client) -> None:
    text = said(ben, address(cast))
    assert "10 questions · a longer one: at most every 4th session · before a session" in text
    assert "2 questions · short enough for each session" in text
    assert "(c) Pfizer Inc." in text
    assert "WAI-S" not in text, "no words for it here"


def test_a_rhythm_is_set_and_ended(cast: Cast, ben: Client) -> None:
    sent = press(ben, cast, "ask", instrument="phq-9", every="4")
    assert (sent.status_code, sent.headers["Location"]) == (302, address(cast))
    text = said(ben, address(cast))
    assert "PHQ-9 , every 4th session chosen by a therapist, 17 November 2026" in text
    assert press(ben, cast, "stop", instrument="phq-9").status_code == 302
    assert "No questionnaire comes by itself." in said(ben, address(cast))
    again = press(ben, cast, "stop", instrument="phq-9")
    assert again.status_code == 409
    assert "not asked any more already" in text_of(again)


def test_the_budget_refuses_and_says_why(cast: Cast, ben: Client) -> None:
    page = press(ben, cast, "ask", instrument="phq-9", every="2")
    assert page.status_code == 422
    assert "comes at most every 4th session" in text_of(page)
    assert chosen_in(page)[:2] == ["phq-9", "2"], "what was chosen is kept"
    assert not Questionnaire.objects.exists()
    press(ben, cast, "ask", instrument="gad-7", every="4")
    both = press(ben, cast, "ask", instrument="pcl-5", every="12")
    assert both.status_code == 422
    assert "more than one longer questionnaire in 4 sessions" in text_of(both)
    assert chosen_in(both)[:2] == ["pcl-5", "12"]


@pytest.mark.parametrize("chosen", [{}, {"instrument": "phq-9"}, {"instrument": "phq-9", "every": "٤"}, {"every": "4"}])
def test_only_from_the_lists(cast: Cast, ben: Client, chosen: dict[str, str]) -> None:
    page = press(ben, cast, "ask", **chosen)
    assert page.status_code == 422
    assert "from the list" in text_of(page)


def test_a_press_that_is_none_is_missing(cast: Cast, ben: Client) -> None:
    assert press(ben, cast, "everything", instrument="phq-9").status_code == 404


def test_what_the_client_wished_is_told_and_holds(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), CALM | {"again.phq-9": "less"})
    assert "PHQ-9 , every 8th session Amara chose it so" in said(ben, address(cast))
    more = press(ben, cast, "ask", instrument="phq-9", every="4")
    assert more.status_code == 409
    assert "More often is theirs to choose" in text_of(more)
    answered(cast.amara, cast.ben, ask("questionnaire", "gad-7"), {"item-1": "1", "again.gad-7": "stop"})
    assert "GAD-7: Amara asked on 17 November 2026 not to be asked it any more." in said(ben, address(cast))
    stopped = press(ben, cast, "ask", instrument="gad-7", every="12")
    assert stopped.status_code == 409
    assert "They asked not to be asked this any more." in text_of(stopped)


def test_once_by_a_link_shown_only_now(cast: Cast, ben: Client) -> None:
    page = press(ben, cast, "once", instrument="phq-9")
    assert page.status_code == 200
    assert "PHQ-9 for Amara" in text_of(page)
    assert "<svg" in page.content.decode()
    token = re.findall(r"/c/([\w-]{43})/", page.content.decode())[0]
    assert Client().get(f"/c/{token}/").status_code == 200
    assert token not in ben.get(address(cast)).content.decode()


def test_once_again_only_with_the_tick(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), CALM)
    page = press(ben, cast, "once", instrument="gad-7")
    assert page.status_code == 409
    assert "say so with the tick beside it" in text_of(page)
    assert "gad-7" in chosen_in(page)
    assert Invitation.objects.count() == 1
    assert press(ben, cast, "once", instrument="gad-7", wanted="yes").status_code == 200
    assert Invitation.objects.count() == 2
    kept = press(ben, cast, "once", instrument="wai-s", wanted="yes")
    assert kept.status_code == 422
    assert re.search(r'id="wanted"[^>]* checked', kept.content.decode())


def test_scores_against_the_first(cast: Cast, ben: Client) -> None:
    for numbers, days in (("222222211", 90), ("222222200", 60), ("111111100", 30)):
        scored(cast, numbers, days)
    text = said(ben, address(cast))
    assert "PHQ-9 , from 0 to 27" in text
    for words in (
        "16 , moderately severe the first",
        "14 , moderate no more apart from the first than its own error",
        "7 , mild lower than the first, by more than its own error",
    ):
        assert words in text
    assert text.index("7 , mild") < text.index("14 , moderate") < text.index("16 , moderately")
    assert "standard deviation of 5.5 and a reliability of 0.89" in text
    assert "Kroenke K" in text


def test_an_unread_score_stays_shut(cast: Cast, ben: Client) -> None:
    given = answered(cast.amara, cast.ben, phq9(), MODERATE)
    page = ben.get(address(cast))
    assert "moderate" not in text_of(page)
    assert f'action="/desk/responses/{given.id}/"' in page.content.decode()
    assert Response.objects.get().read_at is None


def test_ended_work_can_be_read_and_nothing_asked(cast: Cast, ben: Client) -> None:
    press(ben, cast, "ask", instrument="phq-9", every="4")
    scored(cast, "222211200", 3)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    page = ben.get(address(cast))
    assert "12 , moderate" in text_of(page)
    assert 'name="do"' not in page.content.decode()
    for do in ("ask", "stop", "once"):
        assert press(ben, cast, do, instrument="phq-9", every="4").status_code == 409
    assert Questionnaire.objects.get().until is None


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_nobody_else_finds_it(cast: Cast, name: str) -> None:
    other = signed_in(cast, name)
    missing = "/desk/participants/00000000-0000-0000-0000-000000000000/questionnaires/"
    for page, none in (
        (other.get(address(cast)), other.get(missing)),
        (other.post(address(cast), {"do": "ask"}), other.post(missing, {"do": "ask"})),
    ):
        assert (page.status_code, page.content) == (404, none.content)
    strange = Client().get(address(cast))
    assert strange.headers["Location"] == f"/sign-in/?next={address(cast)}"


def test_each_of_a_couple_has_a_page_of_their_own(cast: Cast, ben: Client) -> None:
    given = answered(cast.farah, cast.ben, phq9(), MODERATE)
    Response.objects.filter(pk=given.pk).update(read_at=NOW)
    assert "12 , moderate" in said(ben, f"/desk/participants/{cast.farah.id}/questionnaires/")
    gils = said(ben, f"/desk/participants/{cast.gil.id}/questionnaires/")
    assert "moderate" not in gils
    assert "Farah" not in gils


def queries(client: Client, where: str) -> int:
    each = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault")]
    with each[0], each[1]:
        assert client.get(where).status_code == 200
    return sum(len(one) for one in each)


def test_many_responses_cost_no_more_queries_than_one(cast: Cast, ben: Client) -> None:
    first = scored(cast, "222211200", 90)
    said(ben, address(cast))  # what is kept for all pages is kept now
    few, page = queries(ben, address(cast)), queries(ben, f"/desk/responses/{first.id}/")
    for days in range(10, 80, 7):
        last = scored(cast, "111111100", days)
    assert queries(ben, address(cast)) == few
    assert queries(ben, f"/desk/responses/{last.id}/") == page


def test_a_response_is_named_by_its_questionnaire_also_when_it_rode_on_a_check_in(cast: Cast, ben: Client) -> None:
    press(ben, cast, "ask", instrument="phq-9", every="4")
    session = held(cast.amara, cast.ben)
    asking = after(session, "eight")
    answered(cast.amara, cast.ben, type(asking)(asking.kind, [*asking.parts, *phq9().parts], session.id), {
        "presence": "8", **{f"phq-9.{item}": value for item, value in MODERATE.items()}
    })  # fmt: skip
    text = said(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    assert "Check-in after, 17 November, 15:40" in text
    assert "PHQ-9, 17 November, 15:40" in text


def test_a_response_tells_its_scores_with_everything_about_them(cast: Cast, ben: Client) -> None:
    scored(cast, "222222222", 60)
    given = scored(cast, "22221120-", 1)
    text = said(ben, f"/desk/responses/{given.id}/")
    for words in (
        "13.5, on a scale from 0 to 27: moderate. Higher is worse. 8 of 9 answered",
        "10 or more, published for primary care and obstetrics, United States, n = 580.",
        "scored so, and 12 in 100 who were not. 13.5 reaches it.",
        "Which of them means something here depends on who is like those people",
        "Against the first, 18 on 18 September 2026: No reliable change.",
        "Whose figures these are: spread: NHS Talking Therapies",
        "More than half the days · 2",
        "left open",
        "Pattern of the answers : ",
        "A band is no diagnosis",
        "Kroenke K",
    ):
        assert words in text


def test_sum_and_pattern_stand_beside_each_other(cast: Cast, ben: Client) -> None:
    low = {f"item-{n}": "2" if n in (1, 6, 8, 9, 15, 17) else "0" for n in range(1, 21)}
    given = answered(cast.amara, cast.ben, ask("questionnaire", "pcl-5"), low)
    Response.objects.update(read_at=NOW)
    text = said(ben, f"/desk/responses/{given.id}/")
    assert "Total : 12, on a scale from 0 to 80. Higher is worse." in text
    assert "12 does not reach it." in text
    assert "Signs of each of the four kinds at “moderately” or more" in text
    assert "This is the first: there is nothing yet to set it beside." in text


def test_what_is_not_installed_any_more_is_still_told(cast: Cast, ben: Client) -> None:
    given = scored(cast, "222211200", 1)
    Response.objects.update(version="0")
    text = said(ben, f"/desk/responses/{given.id}/")
    assert "is not installed any more" in text
    assert "total : 12" in text
    assert "item-1 2" in text
    Response.objects.update(version="1", instrument="taken-out")
    assert "no score" in said(ben, address(cast))
    assert "taken-out" in said(ben, f"/desk/responses/{given.id}/")
