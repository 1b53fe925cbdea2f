"""Answered with help: asked quietly on every form, said on the page of the response, and left alone by the rules."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import THREE, after, answered, held, link, phq9, planned, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.care.checkins.actions import Asking, part_of
from attune.care.checkins.models import Invitation, Response
from attune.care.schedule.actions import hold_session
from attune.care.schedule.models import Session
from attune.care.signals.models import Signal
from attune_science import instruments

LOW = {"presence": "3", "collaboration": "3", "repair": "3"}


def send(token: str, answers: dict[str, str]) -> int:
    return Client().post(f"/c/{token}/", answers | {"submission": str(uuid4())}).status_code


def fallen(cast: Cast, helped: str) -> set[str]:
    """The rules that fired on a fall from eight to three, with something that hurt."""
    first, second = held(cast.amara, cast.ben, 3), held_next(cast)
    answered(cast.amara, cast.ben, after(first), THREE)
    assert send(link(cast.amara, cast.ben, after(second)), LOW | {"hurt": "yes", "helped": helped}) == 302
    came = Response.objects.get(invitation__session=second)
    assert came.helped == helped
    return set(Signal.objects.filter(response=came).values_list("rule", flat=True))


def held_next(cast: Cast) -> Session:
    """A session an hour ago."""
    return hold_session(planned(cast.amara, cast.ben, NOW - timedelta(hours=1)), by=cast.ben, at=NOW)


@pytest.mark.parametrize("helped", ["read", "interpreter", "somebody"])
def test_no_rule_looks_for_change_in_it(cast: Cast, helped: str) -> None:
    assert fallen(cast, helped) == {"client-hurt"}, "their own word counts, whoever helped to write it"


@pytest.mark.parametrize("helped", ["", "nobody"])
def test_without_help_rules_look(cast: Cast, helped: str) -> None:
    assert {"client-hurt", "fall-from-last"} <= fallen(cast, helped)


def test_it_stands_quietly_on_every_form(cast: Cast) -> None:
    session, ahead = held(cast.amara, cast.ben), planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    before = ask("before", "attune-before", "full", appointment_id=ahead.id)
    for asking in (after(session), before, phq9()):
        page = Client().get(f"/c/{link(cast.amara, cast.ben, asking)}/").content.decode()
        assert "<summary>Answered with help?</summary>" in page
        assert re.search(r'<details class="more"><summary>Answered with help', page), "closed until it is wanted"
        assert re.findall(r'name="helped" value="(\w+)"', page) == ["nobody", "read", "interpreter", "somebody"]
        assert not re.search(r'name="helped" value="\w+"[^>]* checked', page), "none is chosen beforehand"
    desk = signed_in(cast)
    for address in (
        f"sessions/{session.id}/enter/",
        f"sessions/{session.id}/sheet/",
        f"appointments/{ahead.id}/enter/",
    ):
        assert "an interpreter" in desk.get(f"/desk/{address}{cast.amara.id}/?now=1").content.decode()


def test_the_page_of_the_response_says_it(cast: Cast) -> None:
    said = {"read": "Somebody read it to them.", "interpreter": "Answered with an interpreter."}
    said |= {"somebody": "Answered with somebody’s help."}
    desk = signed_in(cast)
    for helped in (*said, "nobody", ""):
        response = answered(cast.amara, cast.ben, phq9(), {"item-1": "1", "helped": helped})
        desk.post(f"/desk/responses/{response.id}/")
        page = desk.get(f"/desk/responses/{response.id}/").content.decode()
        assert [text for text in said.values() if text in page] == ([said[helped]] if helped in said else [])
        assert ("no rule has looked for change" in page) == (helped in said)


def test_every_part_bears_it(cast: Cast) -> None:
    ahead = planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    parts = [part_of(instruments.get("attune-before")), part_of(instruments.get("phq-9"))]
    asking = Asking(Invitation.Kind.BEFORE, parts, appointment_id=ahead.id)
    token = link(cast.amara, cast.ben, asking)
    assert send(token, {"today": "My father.", "phq-9.item-1": "1", "helped": "interpreter"}) == 302
    assert list(Response.objects.values_list("helped", flat=True)) == ["interpreter"] * 2


def test_what_nobody_can_choose_is_refused_and_lost_is_nothing(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben)))
    page = Client().post(f"/c/{token}/", THREE | {"more": "Slower.", "helped": "my mother", "submission": str(uuid4())})
    assert page.status_code == 422
    assert "Slower." in page.content.decode()
    assert '<details class="more" open><summary>Answered with help' in page.content.decode()
    assert not Response.objects.exists()


def test_wrong_state_and_wrong_person(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, phq9())
    assert send(token, {"item-1": "1"}) == 302
    assert send(token, {"item-1": "1", "helped": "interpreter"}) == 409, "the first answer stands"
    response = Response.objects.get()
    assert response.helped == ""
    for name in ("Chidi", "Eli", "Ola"):
        assert signed_in(cast, name).get(f"/desk/responses/{response.id}/").status_code == 404
