"""The timeline at the desk: drawn twice, told, and as a table; one client's alone; nothing for anybody else."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from doors_cast import DANGER, THREE, after, answered, held, phq9, planned, signed_in
from support.cast import NOW, Cast
from support.many_sessions import many_sessions, questionnaires

from attune.audit.models import Event
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import Given, answer_word
from attune.care.feedback.models import Word
from attune.care.safety.actions import answer_concern
from attune.care.safety.models import Concern
from attune.care.schedule.actions import cancel_appointment
from attune.care.schedule.models import Session
from attune.vault.keys import keyring

HURT = {"hurt": "yes", "how": "bring_it_up", "relative": "much_harder"}


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


def address(who: Participant, practice: str = "") -> str:
    return f"/desk/participants/{who.id}/timeline/" + (f"?practice={practice}" if practice else "")


def page_of(client: Client, who: Participant, practice: str = "") -> str:
    page = client.get(address(who, practice))
    assert page.status_code == 200
    return page.content.decode()


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def said(client: Client, who: Participant, practice: str = "") -> str:
    return text_of(page_of(client, who, practice))


def drawing(html: str, frame: str = "wide") -> str:
    found = re.search(rf'<svg class="chart chart-{frame}.*?</svg>', html, re.DOTALL)
    assert found
    return found[0]


def links(html: str) -> dict[str, str]:
    """What can be opened in the drawing: its name, where it leads."""
    found = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)">', drawing(html))
    return {unescape(name): href for href, name in found}


def rows(html: str) -> list[list[str]]:
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    return [[text_of(cell) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in body.split("</tr>")[:-1]]


def opened() -> None:
    Response.objects.update(read_at=NOW)


def test_nothing_yet(cast: Cast, ben: Client) -> None:
    html = page_of(ben, cast.amara)
    assert "Nothing has happened yet, and that is fine." in text_of(html)
    assert "<table" not in html
    assert "chart-wide" not in html
    assert Event.objects.order_by("-seq")[0].verb == "timeline.read"


def test_it_is_found_from_the_episode_and_from_the_brief(cast: Cast, ben: Client) -> None:
    held(cast.amara, cast.ben)
    for page in ("", "brief/"):
        assert address(cast.amara) in ben.get(f"/desk/episodes/{cast.amara.episode_id}/{page}").content.decode()
    couple = ben.get(f"/desk/episodes/{cast.farah.episode_id}/").content.decode()
    assert address(cast.farah) in couple
    assert address(cast.gil) in couple
    joint = ben.get(f"/desk/episodes/{cast.farah.episode_id}/brief/").content.decode()
    assert "/timeline/" not in joint, "on a page of two, nobody's own is a press away"


def test_sessions_without_a_check_in_are_in_the_table_and_no_fault(cast: Cast, ben: Client) -> None:
    held(cast.amara, cast.ben, 2)
    html = page_of(ben, cast.amara)
    assert "That may mean nothing." in text_of(html)
    assert "chart-wide" not in html
    assert [row[0] for row in rows(html)] == ["Session 1, 9 November", "Session 2, 16 November"]
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    assert f'href="{episode}#session-2"' in html
    assert 'id="session-2"' in ben.get(episode).content.decode()


def test_it_is_drawn_wide_and_narrow_and_told_and_a_table_from_the_same_points(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [8, 6, 9])
    html = page_of(ben, cast.amara)
    text = text_of(html)
    assert drawing(html, "wide").count('class="pc"') == drawing(html, "narrow").count('class="pc"') == 3
    assert "Amara’s marks lie between 6.0 and 9.0" in text
    assert "This is the mean of the three lines; the last, of 16 November, is 9.0." in text
    assert "Wherever both of you marked, the two views lie within one point of each other." in text
    assert rows(html) == [
        ["Session 1, 2 November", "8.0", "9.0", ""],
        ["Session 2, 9 November", "6.0", "5.0", ""],
        ["Session 3, 16 November", "9.0", "10.0", ""],
    ]
    assert "The scale is drawn from 5 to 10" in text
    assert "They are for talking, not for judging anybody’s work." in text


def test_every_point_opens_what_is_behind_it(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [8])
    response = Response.objects.get()
    assert links(page_of(ben, cast.amara)) == {
        "Session 1, 16 November: Amara 8.0 of 10, mean of the three lines": f"/desk/responses/{response.id}/",
        "Session 1, 16 November: you thought 9.0 of 10": f"/desk/responses/{response.id}/",
    }
    assert ben.get(f"/desk/responses/{response.id}/").status_code == 200


def test_two_views_far_apart_are_told_without_a_sign(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [8, 6])
    Response.objects.filter(invitation__session__number=2).first().scores.update(value=3.0)  # type: ignore[union-attr]
    text = said(ben, cast.amara)
    assert "The two views lie furthest apart on 16 November: Amara 3.0, you 5.0." in text
    assert not re.search(r"over-?estimat|under-?estimat|too (high|low)|gap|wrong|better than|worse than", text.lower())


def test_what_is_unread_is_a_point_without_value_that_leads_to_opening_it(cast: Cast, ben: Client) -> None:
    response = answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben)), THREE | HURT)
    html = page_of(ben, cast.amara)
    assert links(html) == {"Session 1, 16 November: not opened yet": f"/desk/responses/{response.id}/"}
    assert 'class="unread"' in drawing(html)
    text = text_of(html)
    for hidden in ("8.0", "hurt", "harder", "worth a conversation"):
        assert hidden not in text
    assert "No marks of Amara’s to be seen yet" in text
    assert Response.objects.get().read_at is None, "looking at it opens nothing"


def test_their_own_word_stands_with_a_diamond_and_in_words(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 3)), THREE | HURT)
    opened()
    html = page_of(ben, cast.amara)
    name = "Session 3, 16 November. Amara said: something hurt, bothered or confused her; much harder than usual"
    assert name in links(html)
    assert drawing(html).count('class="around"') == 1
    assert "On 16 November Amara said that something hurt, bothered or confused her." in text_of(html)
    assert rows(html)[2][-1].startswith("worth a conversation Amara said: something hurt")


def test_a_line_breaks_over_a_cancelled_meeting_and_where_no_check_in_came(cast: Cast, ben: Client) -> None:
    def pieces() -> list[int]:
        """How many points each piece of the line joins."""
        (line,) = re.findall(r'class="lc" d="([^"]*)"', drawing(page_of(ben, cast.amara)))
        return [piece.count("L") + 1 for piece in line.split("M")[1:]]

    many_sessions(cast.amara, cast.ben, [8, 7, 9, 8, 7, 8])
    assert pieces() == [6]
    gone = planned(cast.amara, cast.ben, NOW - timedelta(days=12))
    cancel_appointment(gone, by=cast.ben, at=NOW - timedelta(days=13))
    assert pieces() == [4, 2]
    html = page_of(ben, cast.amara)
    assert 'aria-label="5 November: cancelled"' in drawing(html)
    assert ["5 November", "", "", "cancelled"] in rows(html)
    Session.objects.get(number=3).invitations.get().responses.update(read_at=None)
    assert pieces() == [2, 2], "the fourth stands alone"


def test_no_mean_says_why_and_is_no_point(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben)), {"presence": "8"})
    opened()
    html = page_of(ben, cast.amara)
    assert "no mean: fewer than two of the three lines were marked" in text_of(html)
    assert 'class="pc"' not in html


def test_all_tens_lie_on_the_top_and_the_page_says_what_a_line_cannot(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [10, 10, 10])
    text = said(ben, cast.amara)
    assert "All of Amara’s marks are 10.0" in text
    assert "At the top a line cannot rise: that a day was harder shows in words alone." in text


def test_one_check_in_is_one_mark(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [8])
    html = page_of(ben, cast.amara)
    assert "One mark of Amara’s so far: 8.0" in text_of(html)
    assert 'class="lc" d' not in drawing(html)


def test_a_practice_shows_its_line_and_what_serves_it(cast: Cast, ben: Client) -> None:
    marks = THREE | {"repair": "3"} | HURT | {"keep": "You waited."}
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben)), marks)
    questionnaires(cast.amara, [(NOW - timedelta(days=2), 8)])
    opened()
    html = page_of(ben, cast.amara, "repair")
    text = text_of(html)
    assert "Only what serves: Repair" in text
    assert "One mark of Amara’s so far: 3" in text
    assert "This is the line “easy to say so”; the last, of 16 November, is 3." in text
    assert "“easy to say so”, 0 to 10" in text
    assert "hurt, bothered or confused" in text
    assert "wants to keep" not in text
    assert "PHQ-9" not in text
    assert '<a class="chip" href="?practice=repair" aria-current="true">' in html
    assert "PHQ-9: 8, mild" in said(ben, cast.amara, "feedback")
    assert "something that Amara wants to keep" in said(ben, cast.amara, "presence")
    assert "Nothing that serves this practice has come in yet." in said(ben, cast.amara, "culture")
    assert said(ben, cast.amara, "everything") == said(ben, cast.amara), "a practice that is none is all of them"


def test_a_questionnaire_has_its_own_scale_its_bands_and_its_own_error_with_their_sources(
    cast: Cast, ben: Client
) -> None:
    questionnaires(cast.amara, [(NOW - timedelta(days=days), value) for days, value in ((60, 16), (30, 12), (2, 8))])
    html = page_of(ben, cast.amara)
    text = text_of(html)
    assert "PHQ-9, 0 to 27: higher is worse" in text
    assert "PHQ-9: 16, moderately severe, on 18 September, then 8, mild, on 15 November; lower than the first" in text
    assert "from 5 mild; from 10 moderate; from 15 moderately severe; from 20 severe." in text
    assert "standard deviation of 5.5 and a reliability of 0.89" in text
    assert text.count("Kroenke K") == 2
    assert 'class="within"' in drawing(html)
    assert "PHQ-9, 15 November: 8, mild, lower than the first, by more than its own error" in links(html)
    assert "A band is no diagnosis" in text


def test_a_concern_comes_first_until_it_is_answered_and_stays_as_a_mark(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), DANGER)
    concern = Concern.objects.get()
    where = f"/desk/concerns/{concern.id}/answer/"
    html = page_of(ben, cast.amara, "culture")
    assert "A concern nobody has answered" in text_of(html)
    assert links(html)["17 November: a concern nobody has answered"] == where
    with keyring():
        answer_concern(concern, words="We spoke.", by=cast.ben, at=NOW)
    html = page_of(ben, cast.amara)
    assert "Read it and answer" not in text_of(html)
    assert links(html)["17 November: a concern, answered"] == where
    assert "We spoke." not in html


def test_two_of_a_couple_have_a_page_each_with_initials_and_nothing_of_the_other(cast: Cast, ben: Client) -> None:
    marks = {"presence": "4", "collaboration": "4", "repair": "4"}
    answered(cast.farah, cast.ben, after(held(cast.farah, cast.ben)), marks | HURT)
    opened()
    hers, his = page_of(ben, cast.farah), page_of(ben, cast.gil)
    assert "F’s marks" in hers or "One mark of F’s so far: 4.0" in text_of(hers)
    assert "This is one person’s alone" in text_of(hers)
    assert "Timeline of G" in his
    for html in (hers, his):
        assert "Farah" not in html
        assert "Gil" not in html
    assert "4.0" not in his
    assert "hurt" not in his
    assert f"/desk/responses/{Response.objects.get().id}/" not in his


def test_long_work_has_months_under_it_and_years_in_its_words(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [7, 8, 9, 8, 7] * 20)
    html = page_of(ben, cast.amara)
    assert "Session 1, 23 December 2024" in text_of(html)
    for frame in ("wide", "narrow"):
        assert " dense" in drawing(html, frame)[:60]
        assert re.search(r">Jan 2026<", drawing(html, frame))
    assert len(rows(html)) == 100
    assert '<a class="past small" href="#table">' in html, "a hundred links can be passed with one"


def test_work_that_has_ended_says_so_where_it_ends(cast: Cast, ben: Client) -> None:
    many_sessions(cast.amara, cast.ben, [7, 8])
    end_episode(cast.amara.episode, by=cast.ben, at=NOW - timedelta(hours=2))
    html = page_of(ben, cast.amara)
    assert "9 November to 17 November 2026, ended" in text_of(html)
    assert ">ended</text>" in drawing(html)
    assert "today" not in text_of(html)


def test_it_is_only_looked_at(cast: Cast, ben: Client) -> None:
    assert ben.post(address(cast.amara)).status_code == 405
    assert ben.head(address(cast.amara)).status_code == 200


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_nobody_else_finds_it(cast: Cast, name: str) -> None:
    other = signed_in(cast, name)
    missing = other.get("/desk/participants/00000000-0000-0000-0000-000000000000/timeline/")
    for where in (address(cast.amara), address(cast.amara, "repair")):
        found = other.get(where)
        assert (found.status_code, found.content) == (404, missing.content)
    assert Client().get(address(cast.amara)).headers["Location"] == f"/sign-in/?next={address(cast.amara)}"


def test_a_change_stands_on_its_day_once_it_has_begun(cast: Cast) -> None:
    said = {"kind": Word.Kind.ANY, "said_at": NOW, "read_at": NOW, "text": "Slower."}
    with keyring():
        word = Word.objects.create(participant=cast.amara, submission=new_id(), **said)
        for days in (-7, 7):
            given = Given("changed", "I wait.", NOW.date() + timedelta(days=days), new_id())
            answer_word(word.id, given, by=cast.ben, at=NOW)
        browser = signed_in(cast)
        page = unescape(browser.get(f"/desk/participants/{cast.amara.id}/timeline/").content.decode())
        assert "10 November: something changed, as Amara had asked" in page
        assert "24 November" not in page
        assert "I wait." not in page
        for practice, there in (("feedback", True), ("collaboration", True), ("frame", False)):
            shown = browser.get(f"/desk/participants/{cast.amara.id}/timeline/?practice={practice}").content.decode()
            assert ("something changed" in shown) is there, practice
