"""A check-in of several instruments: one submission, a response a part, all or nothing, once."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from support.cast import NOW, Cast

from attune.base.errors import Conflict, Refused
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.fields import field_of, share_out
from attune.care.checkins.models import Part, Response, Score
from attune.care.questionnaires.models import Questionnaire
from attune.care.safety.models import Concern
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.workflows.receive_checkin import Receipt, Sent, receive_checkin
from attune.vault.keys import keyring
from attune_science import instruments
from attune_science.scoring import Answers

THREE = {"presence": "8", "collaboration": "7", "repair": "9"}
CALM = {f"item-{n}": "0" for n in range(1, 10)}
KEY, OTHER = UUID(int=1), UUID(int=2)
PHQ = {f"phq-9.{item}": value for item, value in CALM.items()}


def offered(cast: Cast, *, last: str = "phq-9") -> str:
    """A link to the three lines, the GAD-2 and one more."""
    when = When(date(2026, 11, 16), time(16, 0), "Europe/London")
    appointment = plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=3))
    session = hold_session(appointment, by=cast.ben, at=NOW - timedelta(hours=3))
    parts = [part_of(instruments.get("attune-session"), "three")]
    parts += [part_of(instruments.get(key)) for key in ("gad-2", last)]
    with keyring():
        return invite(cast.amara, asking=Asking("after", parts, session_id=session.id), by=cast.ben, at=NOW)[1]


def send(token: str, raw: dict[str, str], *, key: UUID = KEY) -> Receipt:
    with keyring():
        return receive_checkin(token=token, sent=Sent(raw, key), at=NOW)


def kept() -> dict[str, dict[str, float]]:
    with keyring():
        rows = Response.objects.select_related("participant").order_by("instrument")
        return {row.instrument: dict(Answers.from_json(row.answers or "").ratings) for row in rows}


def test_each_part_is_a_response_of_its_own(cast: Cast) -> None:
    send(offered(cast), THREE | PHQ | {"gad-2.item-1": "2", "gad-2.item-2": "3"})
    found = kept()
    assert set(found) == {"attune-session", "gad-2", "phq-9"}
    assert found["gad-2"] == {"item-1": 2, "item-2": 3}
    assert found["phq-9"]["item-9"] == 0
    scores = dict(Score.objects.values_list("response__instrument", "value"))
    assert scores == {"attune-session": 8.0, "gad-2": 5.0, "phq-9": 0.0}


def test_what_was_left_open_altogether_is_no_response(cast: Cast) -> None:
    send(offered(cast), {"gad-2.item-1": "2"})
    assert set(kept()) == {"attune-session", "gad-2"}, "the check-in's own part always is one"


def test_one_bad_answer_and_nothing_of_any_part_is_kept(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        send(offered(cast), THREE | PHQ | {"gad-2.item-1": "9", "phq-9.item-2": "x"})
    assert set(refusal.value.fields) == {"gad-2.item-1", "phq-9.item-2"}
    assert not kept()


@pytest.mark.parametrize("foreign", ["gad-7.item-1", "gad-2.item-9", "phq-9.", "item-1", "."])
def test_what_was_never_asked_refuses_the_whole(cast: Cast, foreign: str) -> None:
    with pytest.raises(Refused):
        send(offered(cast), THREE | {foreign: "1"})
    assert not kept()


def test_sent_again_it_is_the_same_and_another_is_told_so(cast: Cast) -> None:
    token, sent = offered(cast), THREE | PHQ
    first = send(token, sent)
    assert send(token, sent) == first
    for raw, key in ((sent, OTHER), (sent | {"gad-2.item-1": "1"}, KEY), (sent | {"phq-9.item-1": "1"}, KEY)):
        with pytest.raises(Conflict, match="first answer stands"):
            send(token, raw, key=key)
    assert Response.objects.count() == 2


def test_danger_in_a_later_part_is_danger(cast: Cast) -> None:
    receipt = send(offered(cast), THREE | PHQ | {"phq-9.item-9": "2"})
    assert receipt.danger
    assert Concern.objects.get().source == "phq-9"


@pytest.mark.parametrize(("wish", "every", "running"), [("less", 8, True), ("stop", 0, False), ("each", 1, True)])
def test_the_clients_wish_holds_at_once(cast: Cast, wish: str, every: int, running: bool) -> None:
    send(offered(cast), {"again.phq-9": wish})
    row = Questionnaire.objects.get()
    assert (row.instrument, row.every, row.chosen_by, row.until is None) == ("phq-9", every, "client", running)
    assert "phq-9" in kept(), "who says only this has answered, too"


def test_an_unknown_wish_is_refused(cast: Cast) -> None:
    token = offered(cast)
    for field, wish in (("again.phq-9", "weekly"), ("again.pcl-5", "stop")):
        with pytest.raises(Refused) as refusal:
            send(token, {field: wish})
        assert set(refusal.value.fields) == {field}
    assert not Questionnaire.objects.exists()


def test_fields_and_parts_agree() -> None:
    parts = [Part("attune-session", "1", "three"), Part("gad-2", "1", "full")]
    raw = {field_of(place, part, "item-1"): str(place) for place, part in enumerate(parts)}
    assert share_out(parts, raw) == [{"item-1": "0"}, {"item-1": "1"}]
