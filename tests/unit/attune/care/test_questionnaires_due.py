"""What rides on a check-in: when it is due, once only, and what the client says of it holds at once."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.cast import NOW, ZONE, Cast

from attune.base.errors import Conflict, Refused
from attune.base.ids import new_id
from attune.care.checkins.models import Invitation, Response, Score
from attune.care.questionnaires.actions import ask_again
from attune.care.questionnaires.models import Questionnaire
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.workflows.offer_checkin import Offer, Wanted, offer_checkin
from attune.care.workflows.receive_checkin import Sent, receive_checkin

PHQ9 = {f"phq-9.item-{n}": value for n, value in enumerate("222211200", 1)}
BEGAN = NOW - timedelta(weeks=12)


def plan(cast: Cast, week: int) -> Appointment:
    starts = (BEGAN + timedelta(weeks=week)).astimezone(ZoneInfo(ZONE))
    when = When(starts.date(), starts.time().replace(tzinfo=None), ZONE)
    return plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=starts - timedelta(days=5))


def hold(cast: Cast, appointment: Appointment) -> Session:
    return hold_session(appointment, by=cast.ben, at=appointment.starts_at + timedelta(minutes=50))


def before(cast: Cast, appointment: Appointment) -> Offer:
    at = appointment.starts_at - timedelta(hours=20)
    return offer_checkin(Wanted(cast.amara.id, "before", appointment.id), by=cast.ben, at=at)


def after(cast: Cast, session: Session) -> Offer:
    at = session.held_at + timedelta(minutes=5)
    return offer_checkin(Wanted(cast.amara.id, "after", session.id), by=cast.ben, at=at)


def send(offer: Offer, **raw: str) -> Any:
    at = offer.invitation.made_at + timedelta(minutes=10)
    return receive_checkin(token=offer.token, sent=Sent(raw, new_id()), at=at)


def asked(offer: Offer) -> list[str]:
    return [part.instrument for part in offer.invitation.parts]


@pytest.fixture
def phq(cast: Cast) -> Questionnaire:
    return ask_again(cast.amara, instrument="phq-9", every=4, by=cast.ben, at=BEGAN - timedelta(days=1))


@pytest.mark.usefixtures("phq")
def test_a_due_questionnaire_rides_on_the_check_in_before(cast: Cast) -> None:
    offer = before(cast, plan(cast, 0))
    assert asked(offer) == ["attune-before", "phq-9"]
    send(offer, wellbeing="4", **PHQ9)
    listed = Response.objects.order_by("instrument").values_list("instrument", "invitation_id")
    assert list(listed) == [("attune-before", offer.invitation.id), ("phq-9", offer.invitation.id)]
    assert Score.objects.get(response__instrument="phq-9").value == 12


@pytest.mark.usefixtures("phq")
def test_it_does_not_ride_on_the_check_in_after(cast: Cast) -> None:
    assert asked(after(cast, hold(cast, plan(cast, 0)))) == ["attune-session"]


def test_nothing_rides_along_where_no_rhythm_was_set(cast: Cast) -> None:
    assert asked(before(cast, plan(cast, 0))) == ["attune-before"]


@pytest.mark.usefixtures("phq")
def test_what_was_stopped_rides_along_no_more(cast: Cast) -> None:
    Questionnaire.objects.update(until=NOW, ended_by=Questionnaire.Whose.THERAPIST)
    assert asked(before(cast, plan(cast, 0))) == ["attune-before"]


@pytest.mark.usefixtures("phq")
def test_a_new_link_asks_the_same_again(cast: Cast) -> None:
    ahead = plan(cast, 0)
    first, second = before(cast, ahead), before(cast, ahead)
    assert asked(first) == asked(second) == ["attune-before", "phq-9"]
    first.invitation.refresh_from_db()
    assert first.invitation.withdrawn_at is not None
    assert asked(before(cast, plan(cast, 1))) == ["attune-before"], "asked once, for the first of the two"


@pytest.mark.usefixtures("phq")
def test_not_before_four_sessions(cast: Cast) -> None:
    seen = []
    for week in range(9):
        ahead = plan(cast, week)
        offer = before(cast, ahead)
        seen.append("phq-9" in asked(offer))
        send(offer, wellbeing="4", **(PHQ9 if seen[-1] else {}))
        hold(cast, ahead)
    assert seen == [True, False, False, False, True, False, False, False, True]


@pytest.mark.usefixtures("phq")
def test_by_hand_not_before_four_sessions_unless_they_asked_for_it(cast: Cast) -> None:
    send(before(cast, plan(cast, 0)), **PHQ9)
    at = BEGAN + timedelta(days=2)
    with pytest.raises(Conflict, match="sessions ago"):
        offer_checkin(Wanted(cast.amara.id, "questionnaire", instrument="gad-7"), by=cast.ben, at=at)
    offer = offer_checkin(Wanted(cast.amara.id, "questionnaire", instrument="gad-7", beyond=True), by=cast.ben, at=at)
    assert asked(offer) == ["gad-7"]
    with pytest.raises(Refused):
        offer_checkin(Wanted(cast.amara.id, "questionnaire", instrument="wai-s", beyond=True), by=cast.ben, at=at)


@pytest.mark.parametrize(
    ("wish", "every", "runs"), [("less", 8, True), ("stop", 0, False), ("each", 1, True)], ids=["less", "stop", "each"]
)
@pytest.mark.usefixtures("phq")
def test_the_clients_wish_holds_at_once(cast: Cast, wish: str, every: int, runs: bool) -> None:
    ahead = plan(cast, 0)
    offer = before(cast, ahead)
    send(offer, **PHQ9, **{"again.phq-9": wish})
    last = Questionnaire.objects.order_by("since", "id").last()
    assert last is not None
    assert (last.every, last.chosen_by, last.until is None) == (every, "client", runs)
    assert Questionnaire.objects.filter(until=None).count() == int(runs)
    hold(cast, ahead)
    seen = []
    for week in range(1, 9):
        ahead = plan(cast, week)
        offer = before(cast, ahead)
        seen.append("phq-9" in asked(offer))
        hold(cast, ahead)
    assert seen == {"less": [False] * 7 + [True], "stop": [False] * 8, "each": [True] * 8}[wish]


@pytest.mark.usefixtures("phq")
def test_a_wish_alone_is_a_response(cast: Cast) -> None:
    send(before(cast, plan(cast, 0)), wellbeing="4", **{"again.phq-9": "less"})
    assert set(Response.objects.values_list("instrument", flat=True)) == {"attune-before", "phq-9"}
    assert Score.objects.get(response__instrument="phq-9").value is None


@pytest.mark.usefixtures("phq")
def test_what_was_left_open_altogether_is_no_response(cast: Cast) -> None:
    send(before(cast, plan(cast, 0)), wellbeing="4", **dict.fromkeys(PHQ9, ""))
    assert list(Response.objects.values_list("instrument", flat=True)) == ["attune-before"]
    assert Questionnaire.objects.get().chosen_by == "therapist"


@pytest.mark.usefixtures("phq")
def test_one_wrong_field_and_nothing_is_kept(cast: Cast) -> None:
    offer = before(cast, plan(cast, 0))
    with pytest.raises(Refused) as refused:
        send(offer, wellbeing="4", **PHQ9 | {"phq-9.item-3": "7", "again.phq-9": "never"})
    assert set(refused.value.fields) == {"phq-9.item-3", "again.phq-9"}
    assert not Response.objects.exists()
    assert Invitation.objects.get().parts[1].instrument == "phq-9"


def test_a_wish_about_what_was_not_asked_is_refused(cast: Cast) -> None:
    offer = before(cast, plan(cast, 0))
    with pytest.raises(Refused) as refused:
        send(offer, wellbeing="4", **{"again.phq-9": "less"})
    assert set(refused.value.fields) == {"again.phq-9"}


def test_an_answer_of_danger_in_a_second_part_shows_help(cast: Cast, phq: Questionnaire) -> None:
    assert phq.until is None
    assert send(before(cast, plan(cast, 0)), wellbeing="4", **PHQ9 | {"phq-9.item-9": "1"}).danger is True
