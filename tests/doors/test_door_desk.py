"""The therapist's pages: each works, is a missing page for everybody else, and says so when the record moved on."""

import hashlib
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import CALM, DANGER, EIGHT, THREE, after, answered, held, link, phq9, planned, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.checkins.models import Invitation, Prediction, Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Episode
from attune.care.safety.models import Concern
from attune.care.schedule.actions import hold_session
from attune.care.schedule.models import Appointment, Session
from attune.people.models import Person
from attune.vault.keys import keyring

THOUGHT = THREE | {"open": "7"}
CLIENTS = {"side": "client"}
HOUR = NOW + timedelta(minutes=20)


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


def shown(client: Client, address: str) -> str:
    """What a page shows, once it is there."""
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def pages_of(cast: Cast) -> dict[str, tuple[str, bool]]:
    """Every address about Amara: whether it is opened by a press."""
    session = held(cast.amara, cast.ben, 2)
    ahead = planned(cast.amara, cast.ben, HOUR)
    response = answered(cast.amara, cast.ben, phq9(), DANGER)
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    return {
        "episode": (episode, False),
        "brief": (f"{episode}brief/", False),
        "brief, opened": (f"{episode}brief/", True),
        "new appointment": (f"{episode}appointments/new/", False),
        "appointment planned": (f"{episode}appointments/new/", True),
        "held": (f"/desk/appointments/{ahead.id}/held/", True),
        "cancelled": (f"/desk/appointments/{ahead.id}/cancelled/", True),
        "invite": (f"/desk/participants/{cast.amara.id}/invite/", True),
        "after": (f"/desk/sessions/{session.id}/after/{cast.amara.id}/", False),
        "predicted": (f"/desk/sessions/{session.id}/after/{cast.amara.id}/", True),
        "response": (f"/desk/responses/{response.id}/", False),
        "response, opened": (f"/desk/responses/{response.id}/", True),
        "concern": (f"/desk/concerns/{Concern.objects.get().id}/answer/", False),
        "concern answered": (f"/desk/concerns/{Concern.objects.get().id}/answer/", True),
    }


def missing(address: str) -> str:
    """The same address, of something that is not there."""
    return re.sub(r"[0-9a-f-]{36}", lambda _: str(uuid4()), address)


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_the_wrong_person_finds_what_is_missing(cast: Cast, ben: Client, name: str) -> None:
    addresses = pages_of(cast)
    other, nobody_there = signed_in(cast, name), []
    events = Event.objects.count()
    for what, (address, press) in addresses.items():
        ask = other.post if press else other.get
        data = {"kind": "questionnaire", "words": "x"} if press else {}
        page, none = ask(address, data), ask(missing(address), data)
        assert (page.status_code, none.status_code) == (404, 404), what
        nobody_there.append(page.content == none.content)
    assert all(nobody_there), "another's and missing look alike"
    assert Event.objects.count() == events, "nothing was shown or done"


def test_strangers_are_led_to_the_sign_in(cast: Cast) -> None:
    for address, press in pages_of(cast).values():
        page = (Client().post if press else Client().get)(address)
        assert (page.status_code, page.headers["Location"]) == (302, f"/sign-in/?next={address}")


def test_the_caseload_lists_only_ones_own(cast: Cast, ben: Client) -> None:
    listed = shown(ben, "/desk/caseload/")
    assert "Amara" in listed
    assert "Farah, Gil" in listed
    assert "Dana" not in listed
    assert Event.objects.order_by("-seq")[0].verb == "caseload.read"
    assert signed_in(cast, "Eli").get("/desk/").status_code == 404


def test_an_episode_shows_its_sessions(cast: Cast, ben: Client) -> None:
    held(cast.amara, cast.ben, 2)
    page = shown(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    assert "Amara" in page
    assert "Session 2, Monday 16 November 2026" in page
    assert "Past the sessions" not in page


def test_a_way_past_many_sessions(cast: Cast, ben: Client) -> None:
    held(cast.amara, cast.ben, 7)
    page = shown(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    assert 'href="#past-sessions"' in page
    assert 'id="past-sessions"' in page


def test_work_begins(cast: Cast, ben: Client) -> None:
    assert 'name="kind"' in shown(ben, "/desk/episodes/new/")
    sent = {"kind": "couple", "zone": "Asia/Kolkata", "name1": "Hana", "pronouns1": "they"}
    refused = ben.post("/desk/episodes/new/", sent)
    assert refused.status_code == 422
    assert 'value="Hana"' in refused.content.decode()
    nobody = ben.post("/desk/episodes/new/", {"kind": "individual", "zone": "Asia/Kolkata"})
    assert nobody.status_code == 422
    assert 'href="#name1">Write a name.' in nobody.content.decode()
    episodes = Episode.objects.count()
    begun = ben.post("/desk/episodes/new/", sent | {"kind": "individual"})
    assert Episode.objects.count() == episodes + 1
    assert "Hana" in shown(ben, begun.headers["Location"])


def test_an_appointment_is_planned(cast: Cast, ben: Client) -> None:
    address = f"/desk/episodes/{cast.amara.episode_id}/appointments/new/"
    assert 'name="day"' in shown(ben, address)
    for wrong, field in (({"day": "soon", "time": "16:00"}, "day"), ({"day": "2027-03-28", "time": "01:30"}, "time")):
        page = ben.post(address, wrong)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.content.decode()
    sent = {"day": "2026-11-24", "time": "16:00", "place": "video"}
    assert ben.post(address, sent).status_code == 302
    twice = ben.post(address, sent)
    assert twice.status_code == 422
    assert "There is an appointment at this time already" in twice.content.decode()
    assert [(one.zone, one.starts_at.hour, one.place) for one in Appointment.objects.all()] == [
        ("Europe/London", 16, "video")
    ]


def test_a_session_took_place(cast: Cast, ben: Client) -> None:
    begun, ahead = planned(cast.amara, cast.ben, NOW - timedelta(hours=1)), planned(cast.amara, cast.ben, HOUR)
    for _ in range(2):
        then = ben.post(f"/desk/appointments/{begun.id}/held/")
        assert (then.status_code, then.headers["Location"].partition("#")[2]) == (302, "session-1")
    assert Session.objects.count() == 1
    assert ben.post(f"/desk/appointments/{ahead.id}/held/").status_code == 409
    assert ben.post(f"/desk/appointments/{begun.id}/cancelled/", CLIENTS).status_code == 409
    assert ben.get(f"/desk/appointments/{begun.id}/held/").status_code == 405


def test_an_appointment_is_cancelled(cast: Cast, ben: Client) -> None:
    ahead = planned(cast.amara, cast.ben, NOW - timedelta(hours=1))
    assert ben.post(f"/desk/appointments/{ahead.id}/cancelled/", CLIENTS).status_code == 302
    assert Appointment.objects.get().state == Appointment.State.CANCELLED
    assert ben.post(f"/desk/appointments/{ahead.id}/held/").status_code == 409


def test_an_invitation_is_shown_once(cast: Cast, ben: Client) -> None:
    session = held(cast.amara, cast.ben)
    page = ben.post(f"/desk/participants/{cast.amara.id}/invite/", {"kind": "after", "about": str(session.id)})
    text = page.content.decode()
    tokens = set(re.findall(r"/c/([\w-]{43})/", text))
    assert len(tokens) == 1
    assert "<svg" in text
    token = tokens.pop()
    row = Invitation.objects.get()
    assert row.token_hash == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(list(Invitation.objects.values()))
    assert token not in shown(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    assert Client().get(f"/c/{token}/").status_code == 200
    assert [part.form for part in row.parts] == ["eight"]


def test_an_invitation_needs_something_to_ask_about(cast: Cast, ben: Client) -> None:
    address, session = f"/desk/participants/{cast.amara.id}/invite/", held(cast.amara, cast.ben)
    others = held(cast.farah, cast.ben)
    for wrong in ({"kind": "after"}, {"kind": "after", "about": str(others.id)}, {"kind": "after", "about": "x"}, {}):
        assert ben.post(address, wrong).status_code == 404
    assert ben.post(address, {"kind": "before", "about": str(session.appointment_id)}).status_code == 409
    answered(cast.amara, cast.ben, after(session, "eight"), EIGHT)
    assert ben.post(address, {"kind": "after", "about": str(session.id)}).status_code == 409
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert ben.post(address, {"kind": "questionnaire"}).status_code == 409


def test_a_prediction_comes_once(cast: Cast, ben: Client) -> None:
    address = f"/desk/sessions/{held(cast.amara, cast.ben, 2).id}/after/{cast.amara.id}/"
    assert 'name="open"' in shown(ben, address)
    refused = ben.post(address, THOUGHT | {"presence": "11"})
    assert refused.status_code == 422
    assert 'href="#presence"' in refused.content.decode()
    assert ben.post(address, THOUGHT).status_code == 302
    assert ben.post(address, THOUGHT).status_code == 409
    assert ben.get(address).status_code == 409
    assert Prediction.objects.count() == 1


def test_a_prediction_comes_before_reading(cast: Cast, ben: Client) -> None:
    session = held(cast.amara, cast.ben, 2)
    response = answered(cast.amara, cast.ben, after(session), THREE)
    address = f"/desk/sessions/{session.id}/after/{cast.amara.id}/"
    assert ben.get(address).status_code == 200
    ben.post(f"/desk/responses/{response.id}/")
    assert ben.get(address).status_code == 409
    assert ben.post(address, THOUGHT).status_code == 409
    assert not Prediction.objects.exists()


def test_only_a_press_opens_a_response(cast: Cast, ben: Client) -> None:
    given = answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)), THREE | {"more": "Slower."})
    address = f"/desk/responses/{given.id}/"
    assert "Slower." not in shown(ben, address)
    shown(ben, f"/desk/episodes/{cast.amara.episode_id}/brief/")
    assert Response.objects.get().read_at is None
    assert ben.post(address).headers["Location"] == address
    assert Response.objects.get().read_at == NOW
    assert "9" in shown(ben, address)
    ben.post(address)
    assert Event.objects.filter(verb="response.read").count() == 1


def test_the_brief_opens_what_it_shows_and_nothing_else(cast: Cast, ben: Client) -> None:
    last = held(cast.amara, cast.ben, 2)
    earlier = Session.objects.get(episode=cast.amara.episode, number=1)
    for session in (earlier, last):
        answered(cast.amara, cast.ben, after(session), THREE)
    answered(cast.amara, cast.ben, phq9(), CALM | {"item-1": "2"})
    address = f"/desk/episodes/{cast.amara.episode_id}/brief/"
    assert "Amara" not in shown(ben, address), "before it was opened, not even by its address"
    assert Response.objects.filter(read_at=None).count() == 3
    assert ben.post(address).headers["Location"] == address
    assert "2, none." in shown(ben, address)
    assert Response.objects.get(read_at=None).invitation.session_id == earlier.id, "the one before is not shown"


def test_what_a_couple_said_after_stays_unread_until_it_is_opened(cast: Cast, ben: Client) -> None:
    answered(cast.farah, cast.ben, after(held(cast.farah, cast.ben)), THREE)
    address = f"/desk/episodes/{cast.farah.episode_id}/brief/"
    ben.post(address)
    assert Response.objects.get().read_at is None
    assert "Do not read aloud" in shown(ben, address)
    assert "Farah: " in shown(ben, f"/desk/episodes/{cast.farah.episode_id}/")


def test_a_cancelled_hour_keeps_what_was_said_before_it_and_closes_its_link(cast: Cast, ben: Client) -> None:
    ahead = planned(cast.amara, cast.ben, NOW + timedelta(days=2))
    asking = ask("before", "attune-before", "full", appointment_id=ahead.id)
    answered(cast.amara, cast.ben, asking, {"today": "My father."})
    token = link(cast.amara, cast.ben, asking)
    ben.post(f"/desk/appointments/{ahead.id}/cancelled/", CLIENTS)
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    assert "Check-in before" in shown(ben, episode)
    refused = Client().post(f"/c/{token}/", {"today": "Something typed."})
    assert refused.status_code == 410
    assert "Something typed." in refused.content.decode(), "to be copied"
    ben.post(f"/desk/appointments/{ahead.id}/reinstated/")
    assert Client().get(f"/c/{token}/").status_code == 200


def test_a_concern_is_answered_once(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), DANGER)
    address = f"/desk/concerns/{Concern.objects.get().id}/answer/"
    brief = f"/desk/episodes/{cast.amara.episode_id}/brief/"
    ben.post(brief)
    assert address in shown(ben, brief)
    page = shown(ben, address)
    assert 'name="words"' in page
    assert f'href="/desk/episodes/{cast.amara.episode_id}/"' in page, "a way back"
    assert ben.post(address, {"words": "  "}).status_code == 422
    assert ben.post(address, {"words": "We spoke at noon."}).status_code == 302
    assert ben.post(address, {"words": "Again."}).status_code == 409
    concern = Concern.objects.select_related("participant").get()
    with keyring():
        assert (concern.answer, concern.answered_at, concern.answered_by_id) == (
            "We spoke at noon.",
            NOW,
            cast.ben.person_id,
        )
    assert "We spoke at noon." in shown(ben, address)
    assert address not in shown(ben, brief)


def test_without_an_appointment_the_brief_names_no_day(cast: Cast, ben: Client) -> None:
    page = shown(ben, f"/desk/episodes/{cast.amara.episode_id}/brief/")
    assert "no appointment planned" in page
    assert "session 1" in page


def test_times_are_told_in_the_zone_of_whoever_reads(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), DANGER)
    Person.objects.filter(pk=cast.ben.person_id).update(zone="Asia/Kolkata")
    assert "21:10" in shown(ben, f"/desk/episodes/{cast.amara.episode_id}/"), "15:40 in London"


def test_a_check_in_before_is_asked_once(cast: Cast, ben: Client) -> None:
    ahead = planned(cast.amara, cast.ben, HOUR)
    asking = ask("before", "attune-before", "full", appointment_id=ahead.id)
    answered(cast.amara, cast.ben, asking, {"today": "My father."})
    again = ben.post(f"/desk/participants/{cast.amara.id}/invite/", {"kind": "before", "about": str(ahead.id)})
    assert again.status_code == 409


def test_what_was_said_earlier_stays_unread_until_it_is_opened_by_itself(cast: Cast, ben: Client) -> None:
    first = held(cast.amara, cast.ben)
    answered(cast.amara, cast.ben, after(first), THREE | {"less": "Sheets."})
    last = hold_session(planned(cast.amara, cast.ben, NOW - timedelta(hours=2)), by=cast.ben, at=NOW)
    answered(cast.amara, cast.ben, after(last), THREE)
    ben.post(f"/desk/episodes/{cast.amara.episode_id}/brief/")
    unread = Response.objects.select_related("invitation").get(read_at=None)
    assert unread.invitation.session_id == first.id
    assert "Sheets." not in shown(ben, f"/desk/episodes/{cast.amara.episode_id}/brief/")


def test_who_has_answered_is_not_offered_the_same_again(cast: Cast, ben: Client) -> None:
    ahead = planned(cast.farah, cast.ben, NOW + timedelta(days=2))
    answered(cast.farah, cast.ben, ask("before", "attune-before", "full", appointment_id=ahead.id), {"today": "Time."})
    page = shown(ben, f"/desk/episodes/{cast.farah.episode_id}/")
    assert "Check-in before, for Gil" in page
    assert "Check-in before, for Farah" not in page
