"""The tablet in the room: one form, nothing behind it, nobody else's on it, and then it is to be given back."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session as SignedIn
from django.test import Client
from doors_cast import CALM, DANGER, THREE, after, answered, held, link, phq9, planned, signed_in
from support.both_factors import with_both
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.checkins.models import Draft, Invitation, Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Session
from attune.doors.tablet import COOKIE


@pytest.fixture
def session(cast: Cast) -> Session:
    return held(cast.amara, cast.ben)


def hand_over(tablet: Client, who: Participant, about: UUID, kind: str = "after") -> str:
    """The address of the form that is open then."""
    page = tablet.post(f"/desk/participants/{who.id}/hand-over/", {"kind": kind, "about": str(about)})
    assert page.status_code == 302, page.content
    return page.headers["Location"]


def again(cast: Cast, tablet: Client) -> None:
    """Ben signs in on the tablet once more."""
    with_both(cast.accounts["Ben"], tablet)


def send(tablet: Client, address: str, answers: dict[str, str] = THREE) -> str:
    page = tablet.post(address, answers | {"submission": str(uuid4())})
    assert page.status_code == 302
    return page.headers["Location"]


def test_it_works(cast: Cast, session: Session) -> None:
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.amara, session.id)
    form = tablet.get(address)
    assert form.status_code == 200
    assert "On this tablet only this one form opens" in form.content.decode()
    assert "Keep it for later" not in form.content.decode()
    assert "draft" not in form.content.decode()
    lock = tablet.get(send(tablet, address)).content.decode()
    assert "Please give it back" in lock
    assert "Change something" not in lock
    assert "Please give it back" in tablet.get(address).content.decode(), "going back shows nothing of it"
    response = Response.objects.get()
    assert (response.channel, response.browser) == ("tablet", "")
    desk = signed_in(cast)
    desk.post(f"/desk/responses/{response.id}/")
    assert "Answered on the tablet in the room." in desk.get(f"/desk/responses/{response.id}/").content.decode()


def test_the_page_of_an_invitation_offers_it(cast: Cast, session: Session) -> None:
    desk = signed_in(cast)
    about = {"kind": "after", "about": str(session.id)}
    page = desk.post(f"/desk/participants/{cast.amara.id}/invite/", about).content.decode()
    assert f'action="/desk/participants/{cast.amara.id}/hand-over/"' in page
    assert f'name="about" value="{session.id}"' in page


def test_a_questionnaire_by_itself(cast: Cast) -> None:
    tablet = signed_in(cast)
    once = {"do": "once", "instrument": "phq-9", "wanted": "yes"}
    page = tablet.post(f"/desk/participants/{cast.amara.id}/questionnaires/", once).content.decode()
    address = f"/desk/participants/{cast.amara.id}/hand-over/"
    assert f'action="{address}"' in page
    sent = dict(re.findall(r'type="hidden" name="(kind|instrument|wanted)" value="([^"]*)"', page))
    assert sent == {"kind": "questionnaire", "instrument": "phq-9", "wanted": "yes"}
    handed = tablet.post(address, sent)
    assert handed.status_code == 302
    form = handed.headers["Location"]
    assert "Little interest" in tablet.get(form).content.decode()
    assert "Please give it back" in tablet.get(send(tablet, form, CALM)).content.decode()
    assert (Response.objects.get().instrument, Response.objects.get().channel) == ("phq-9", "tablet")


def test_the_session_of_the_therapist_ends_on_the_server(cast: Cast, session: Session) -> None:
    tablet = signed_in(cast)
    key = tablet.session.session_key
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    assert tablet.get(episode).status_code == 200
    hand_over(tablet, cast.amara, session.id)
    assert not SignedIn.objects.filter(session_key=key).exists()
    assert tablet.get(episode).headers["Location"].startswith("/sign-in/")
    stolen = Client()
    stolen.cookies["sessionid"] = str(key)
    assert stolen.get(episode).headers["Location"].startswith("/sign-in/")
    assert list(Event.objects.order_by("-seq").values_list("verb", flat=True)[:2]) == [
        "sign-out.done",
        "checkin.offered",
    ]


def test_the_cookie_is_signed_and_for_two_hours(cast: Cast, session: Session) -> None:
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.amara, session.id)
    kept = tablet.cookies[COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Lax", "/", 7200)
    forged = Client()
    forged.cookies[COOKIE] = re.sub(r"^[^:]*", Invitation.objects.latest("made_at").id.hex, "x:y:z")
    other = link(cast.dana, cast.ben, phq9())
    assert forged.get(f"/c/{other}/").status_code == 200, "what was not signed here says nothing"
    with fixed(NOW + timedelta(hours=2, seconds=-1)):
        assert tablet.get(address).status_code == 200
    with fixed(NOW + timedelta(hours=2)):
        assert tablet.get(address).status_code == 410, "the link is good as long as the tablet knows of it"
        assert tablet.get(f"/c/{other}/").status_code == 200


def test_nothing_begun_is_kept_on_it(cast: Cast, session: Session) -> None:
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.amara, session.id)
    page = tablet.post(f"{address}draft/", {"more": "Going slowly."})
    assert page.status_code == 409
    assert "Going slowly." in page.content.decode(), "what was typed is shown, to be copied"
    assert tablet.post(f"{address}draft/", {"more": "Going slowly.", "quiet": "1"}).status_code == 409
    assert not Draft.objects.exists()


def test_nothing_is_changed_on_it(cast: Cast, session: Session) -> None:
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.amara, session.id)
    send(tablet, address)
    assert tablet.get(f"{address}correct/").status_code == 409
    assert tablet.post(f"{address}correct/", THREE | {"submission": str(uuid4())}).status_code == 409
    assert Response.objects.count() == 1


def test_danger_still_leads_to_help(cast: Cast) -> None:
    ahead = planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    tablet = signed_in(cast)
    tablet.post(
        f"/desk/participants/{cast.amara.id}/questionnaires/", {"do": "ask", "instrument": "phq-9", "every": "4"}
    )
    address = hand_over(tablet, cast.amara, ahead.id, "before")
    asked = {f"phq-9.{item}": value for item, value in DANGER.items()}
    assert send(tablet, address, asked) == "/help-now/"
    assert "Please give it back" in tablet.get(address).content.decode()


def refused(tablet: Client, token: str) -> str:
    """No page of this link opens, by no method; what it says."""
    looked = tablet.get(f"/c/{token}/")
    sent = tablet.post(f"/c/{token}/", THREE | {"more": "Mine.", "submission": str(uuid4())})
    others = [tablet.get(f"/c/{token}/received/"), tablet.get(f"/c/{token}/correct/")]
    others += [tablet.post(f"/c/{token}/draft/", {"more": "Mine."}), tablet.post(f"/c/{token}/correct/", {})]
    assert {page.status_code for page in (looked, sent, *others)} == {409}
    assert 'name="presence"' not in looked.content.decode()
    assert "Please give it back" in looked.content.decode()
    return looked.content.decode()


def test_the_partner_answers_on_their_own_phone(cast: Cast) -> None:
    together = held(cast.farah, cast.ben)
    gil, hers = link(cast.gil, cast.ben, after(together)), link(cast.farah, cast.ben, phq9())
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.farah, together.id)
    assert "Each answers on their own phone." in refused(tablet, gil)
    send(tablet, address)
    for browser_of_staff in (False, True):
        if browser_of_staff:
            again(cast, tablet)
        for token in (gil, hers):
            assert "Each answers on their own phone." in refused(tablet, token)
    assert Client().get(f"/c/{gil}/").status_code == 200, "on his own phone it opens"


def test_a_couple_is_not_handed_one_tablet_in_turn(cast: Cast) -> None:
    together, session = held(cast.farah, cast.ben), held(cast.amara, cast.ben)
    tablet = signed_in(cast)
    hand_over(tablet, cast.farah, together.id)
    again(cast, tablet)
    gils = f"/desk/participants/{cast.gil.id}/hand-over/"
    about = {"kind": "after", "about": str(together.id)}
    page = tablet.post(gils, about)
    assert page.status_code == 409
    assert "only one of them answers" in page.content.decode()
    assert not Invitation.objects.filter(participant=cast.gil).exists()
    assert tablet.get("/desk/").status_code == 200, "Ben is signed in still"
    hand_over(tablet, cast.amara, session.id)
    again(cast, tablet)
    assert tablet.post(gils, about).status_code == 409, "somebody else's turn in between makes no difference"
    assert tablet.post(f"/desk/participants/{cast.farah.id}/hand-over/", about).status_code == 302
    with fixed(NOW + timedelta(hours=2)):
        again(cast, tablet)
        assert tablet.post(gils, about).status_code == 302, "later"


def test_another_clients_only_after_a_therapist_signed_in_again(cast: Cast, session: Session) -> None:
    together = held(cast.farah, cast.ben)
    farah = link(cast.farah, cast.ben, phq9())
    tablet = signed_in(cast)
    address = hand_over(tablet, cast.amara, session.id)
    assert "handed over for something else" in refused(tablet, farah)
    send(tablet, address)
    refused(tablet, farah)
    again(cast, tablet)
    assert tablet.get(f"/c/{farah}/").status_code == 200
    second = hand_over(tablet, cast.farah, together.id)
    assert tablet.get(second).status_code == 200
    assert tablet.get(address).status_code == 409, "Amara's does not open any more"


def test_wrong_person(cast: Cast, session: Session) -> None:
    address = f"/desk/participants/{cast.amara.id}/hand-over/"
    about = {"kind": "after", "about": str(session.id)}
    assert Client().post(address, about).headers["Location"].startswith("/sign-in/")
    for name in ("Chidi", "Eli", "Ola"):
        browser = signed_in(cast, name)
        assert browser.post(address, about).status_code == 404
        assert COOKIE not in browser.cookies
        assert "_auth_user_id" in browser.session, "who may not hand over stays signed in"
    assert not Invitation.objects.exists()


def test_wrong_state(cast: Cast, session: Session) -> None:
    tablet, address = signed_in(cast), f"/desk/participants/{cast.amara.id}/hand-over/"
    about = {"kind": "after", "about": str(session.id)}
    assert tablet.get(address).status_code == 405
    assert tablet.post(address, {"kind": "after", "about": str(uuid4())}).status_code == 404
    assert tablet.post(address, {"kind": "after", "about": ""}).status_code == 404
    assert tablet.post(address, {"kind": "questionnaire", "about": ""}).status_code == 422
    assert tablet.post(address, {"kind": "after", "about": "x"}).status_code == 404
    answered(cast.amara, cast.ben, after(session), THREE)
    assert tablet.post(address, about).status_code == 409
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert tablet.post(address, about).status_code == 409
    assert COOKIE not in tablet.cookies
    assert tablet.get("/desk/").status_code == 200
