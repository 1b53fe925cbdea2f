"""Without a phone: the form is printed; what was written on it or said aloud is entered, as the client's own."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import CALM, DANGER, EIGHT, THREE, after, answered, held, link, planned, signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.checkins.models import Invitation, Prediction, Response, Score
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.feedback.models import Word
from attune.care.questionnaires.models import Questionnaire
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.care.signals.models import Signal
from attune.vault.keys import keyring

WROTE = THREE | {"more": "Going slowly.", "hurt": "small", "how": "bring_it_up", "channel": "on paper"}


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


@pytest.fixture
def session(cast: Cast) -> Session:
    return held(cast.amara, cast.ben)


@pytest.fixture
def ahead(cast: Cast) -> Appointment:
    return planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))


def after_of(session: Session, who: Participant, what: str = "enter") -> str:
    return f"/desk/sessions/{session.id}/{what}/{who.id}/"


def before_of(ahead: Appointment, who: Participant, what: str = "enter") -> str:
    return f"/desk/appointments/{ahead.id}/{what}/{who.id}/"


def enter(desk: Client, address: str, answers: dict[str, str], submission: str = "") -> tuple[int, str]:
    """As a browser sends it."""
    sent = urlencode(answers | {"submission": submission or str(uuid4())})
    page = desk.post(address, sent, content_type="application/x-www-form-urlencoded")
    return page.status_code, page.headers.get("Location") or page.content.decode()


def test_it_works(cast: Cast, ben: Client, session: Session) -> None:
    form = ben.get(after_of(session, cast.amara) + "?now=1").content.decode()
    assert "What Amara wrote or said" in form
    assert 'name="presence"' in form
    status, led = enter(ben, after_of(session, cast.amara), WROTE)
    response = Response.objects.get()
    assert (status, led) == (302, f"/desk/responses/{response.id}/")
    assert (response.channel, response.browser, response.read_at) == ("on paper", "", NOW)
    assert response.participant_id == cast.amara.id
    assert Score.objects.filter(response=response, scale="three", value=8).exists()
    with keyring():
        assert [word.text for word in Word.objects.all()] == ["Going slowly."]
    assert Signal.objects.filter(response=response, rule="client-hurt").exists()
    page = ben.get(led).content.decode()
    assert "Written on paper, and entered at the desk." in page
    assert "Going slowly." in page


def test_the_audit_has_who_entered_it(cast: Cast, ben: Client, session: Session) -> None:
    enter(ben, after_of(session, cast.amara), WROTE | {"channel": "said in session"})
    response = Response.objects.get()
    event = Event.objects.get(verb="checkin.entered")
    assert (event.actor, event.subject, event.episode) == (cast.ben.me, response.id, cast.amara.episode_id)
    assert not Event.objects.filter(verb="checkin.received").exists()
    assert "Said aloud, and entered at the desk." in ben.get(f"/desk/responses/{response.id}/").content.decode()


def test_the_prediction_is_offered_first(cast: Cast, ben: Client, session: Session) -> None:
    address, foretell = after_of(session, cast.amara), after_of(session, cast.amara, "after")
    first = ben.get(address).content.decode()
    assert f'href="{foretell}?then=enter"' in first
    assert 'name="presence"' not in first
    assert f'href="{address}?now=1"' in ben.get(f"{foretell}?then=enter").content.decode(), "it can be left out"
    said = ben.post(f"{foretell}?then=enter", THREE | {"open": "7"})
    assert said.headers["Location"] == address
    assert 'name="presence"' in ben.get(address).content.decode(), "said once, it is not asked again"
    led = enter(ben, address, WROTE)[1]
    assert "You thought" in ben.get(led).content.decode()
    assert Prediction.objects.count() == 1


def test_before_an_appointment(cast: Cast, ben: Client, ahead: Appointment) -> None:
    address = before_of(ahead, cast.amara)
    assert 'name="today"' in ben.get(address).content.decode(), "nothing is foretold before"
    status, led = enter(ben, address, {"today": "My father.", "channel": "said in session"})
    assert status == 302
    assert "My father." in ben.get(led).content.decode()
    assert Invitation.objects.get().appointment_id == ahead.id


def test_a_link_that_lies_open_stops_working(cast: Cast, ben: Client, session: Session) -> None:
    token = link(cast.amara, cast.ben, after(session))
    enter(ben, after_of(session, cast.amara), WROTE)
    assert Client().get(f"/c/{token}/").status_code == 410


def test_the_same_twice_is_one_and_another_is_told_so(cast: Cast, ben: Client, session: Session) -> None:
    address, key = after_of(session, cast.amara), str(uuid4())
    assert len({enter(ben, address, WROTE, key) for _ in range(3)}) == 1
    assert Response.objects.count() == Invitation.objects.count() == 1
    for other in (key, str(uuid4())):
        status, page = enter(ben, address, WROTE | {"more": "Something else."}, other)
        assert status == 409
        assert "Something else." in page, "what was typed is shown, to be copied"
    assert Response.objects.count() == 1


def test_what_cannot_be_read_comes_back_with_everything(cast: Cast, ben: Client, session: Session) -> None:
    address = after_of(session, cast.amara)
    for wrong in ({"channel": ""}, {"channel": "link"}, {"presence": "11"}, {"foreign": "x"}):
        status, page = enter(ben, address, WROTE | wrong)
        assert status == 422
        assert "Going slowly." in page
        assert not Response.objects.exists()
        assert not Invitation.objects.exists(), "nothing was kept half"


def alone(who: Participant, instrument: str, what: str = "enter") -> str:
    return f"/desk/participants/{who.id}/{what}/{instrument}/"


def test_a_questionnaire_by_itself(cast: Cast, ben: Client) -> None:
    once = {"do": "once", "instrument": "phq-9"}
    page = ben.post(f"/desk/participants/{cast.amara.id}/questionnaires/", once).content.decode()
    for what in ("sheet", "enter"):
        assert f'href="{alone(cast.amara, "phq-9", what)}"' in page
    sheet = ben.get(alone(cast.amara, "phq-9", "sheet")).content.decode()
    paper = sheet[sheet.index("<article") :]
    assert paper.count("Over the last 2 weeks") == 1
    assert "Amara" not in paper
    assert f'href="{alone(cast.amara, "phq-9")}"' in sheet
    assert "PHQ-9" in ben.get(alone(cast.amara, "phq-9")).content.decode()
    key = str(uuid4())
    led = {enter(ben, alone(cast.amara, "phq-9"), CALM | {"channel": "on paper"}, key) for _ in range(2)}
    response = Response.objects.get()
    assert led == {(302, f"/desk/responses/{response.id}/")}
    assert (response.instrument, response.channel) == ("phq-9", "on paper")
    assert Score.objects.filter(response=response, value=0).exists()
    assert Invitation.objects.filter(withdrawn_at=None).count() == 1, "the link that lay open has stopped working"


def test_the_budget_guards_the_asking_and_loses_no_answer(cast: Cast, ben: Client) -> None:
    enter(ben, alone(cast.amara, "phq-9"), CALM | {"channel": "on paper"})
    page = ben.get(alone(cast.amara, "gad-7", "sheet"))
    assert page.status_code == 409
    assert "A longer questionnaire was asked 0 sessions ago" in page.content.decode()
    assert ben.get(alone(cast.amara, "gad-7", "sheet") + "?wanted=yes").status_code == 200
    seven = {f"item-{n}": "1" for n in range(1, 8)} | {"channel": "said in session"}
    assert enter(ben, alone(cast.amara, "gad-7"), seven)[0] == 302


def test_a_questionnaire_that_is_not_asked_here(cast: Cast, ben: Client) -> None:
    for instrument in ("wai-s", "nothing", "attune-session"):
        for what in ("sheet", "enter"):
            assert ben.get(alone(cast.amara, instrument, what)).status_code == 422
    assert not Invitation.objects.exists()


def test_rather_not_say_is_typed_by_nobody(cast: Cast, ben: Client, session: Session) -> None:
    assert 'value="rather_not"' not in ben.get(after_of(session, cast.amara) + "?now=1").content.decode()
    assert "rather not" not in ben.get(after_of(session, cast.amara, "sheet")).content.decode()


def test_danger_raises_a_concern_that_stands_first(cast: Cast, ben: Client, ahead: Appointment) -> None:
    ask_phq9(ben, cast)
    asked = {f"phq-9.{item}": value for item, value in DANGER.items()}
    led = enter(ben, before_of(ahead, cast.amara), asked | {"channel": "on paper"})[1]
    assert led == f"/desk/episodes/{cast.amara.episode_id}/"
    assert Concern.objects.count() == 1
    assert "A concern nobody has answered" in ben.get(led).content.decode()


def ask_phq9(ben: Client, cast: Cast) -> None:
    done = {"do": "ask", "instrument": "phq-9", "every": "4"}
    assert ben.post(f"/desk/participants/{cast.amara.id}/questionnaires/", done).status_code == 302


def test_more_often_is_for_the_client_alone(cast: Cast, ben: Client, ahead: Appointment) -> None:
    ask_phq9(ben, cast)
    address = before_of(ahead, cast.amara)
    form = ben.get(address).content.decode()
    assert re.findall(r'name="again.phq-9" value="(\w+)"', form) == ["less", "stop"]
    assert enter(ben, address, {"channel": "on paper", "again.phq-9": "each"})[0] == 422
    assert enter(ben, address, {"channel": "on paper", "again.phq-9": "stop"})[0] == 302
    assert not Questionnaire.objects.filter(until=None).exists()


def test_the_sheet_asks_the_same_and_bears_no_name(cast: Cast, ben: Client, session: Session) -> None:
    sheet = ben.get(after_of(session, cast.amara, "sheet")).content.decode()
    main = sheet[sheet.index("<article") :]
    assert "Ben noticed how I really was today." in main
    assert main.count('<span class="box">') == 8 * 11, "all eight after the first session"
    assert "as much as I could wish" in main
    assert "A." in main
    assert "Amara" not in main
    assert not Invitation.objects.exists()


def test_wrong_person(cast: Cast, session: Session, ahead: Appointment) -> None:
    for what in ("enter", "sheet"):
        for address in (after_of(session, cast.amara, what), before_of(ahead, cast.amara, what)):
            assert Client().get(address).headers["Location"].startswith("/sign-in/")
            for name in ("Chidi", "Eli", "Ola"):
                assert signed_in(cast, name).get(address).status_code == 404
    for name in ("Chidi", "Eli", "Ola"):
        assert signed_in(cast, name).post(after_of(session, cast.amara), WROTE).status_code == 404
    assert not Response.objects.exists()


def test_ids_of_different_people_do_not_mix(cast: Cast, ben: Client, session: Session, ahead: Appointment) -> None:
    assert ben.get(after_of(session, cast.farah)).status_code == 404
    assert ben.post(after_of(session, cast.farah), WROTE).status_code == 404
    assert ben.get(before_of(ahead, cast.farah)).status_code == 409
    assert ben.post(f"/desk/sessions/{uuid4()}/enter/{cast.amara.id}/", WROTE).status_code == 404
    assert not Response.objects.exists()


def test_wrong_state(cast: Cast, ben: Client, session: Session, ahead: Appointment) -> None:
    answered(cast.amara, cast.ben, after(session), THREE)
    for what in ("enter", "sheet"):
        assert ben.get(after_of(session, cast.amara, what)).status_code == 409
    assert enter(ben, after_of(session, cast.amara), WROTE)[0] == 409
    assert Response.objects.count() == 1
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert ben.get(before_of(ahead, cast.amara)).status_code == 409
    assert enter(ben, before_of(ahead, cast.amara), {"today": "X.", "channel": "on paper"})[0] == 409
    assert Response.objects.count() == 1


def test_each_of_a_couple_is_entered_by_themselves(cast: Cast, ben: Client) -> None:
    together = held(cast.farah, cast.ben)
    assert enter(ben, after_of(together, cast.farah), EIGHT | {"channel": "on paper"})[0] == 302
    assert enter(ben, after_of(together, cast.gil), EIGHT | {"channel": "on paper"})[0] == 302
    assert set(Response.objects.values_list("participant", flat=True)) == {cast.farah.id, cast.gil.id}
