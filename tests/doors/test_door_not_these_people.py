"""The list of *not these people*: entered at the client's word, taken back, and obeyed by every page."""

from datetime import timedelta

import pytest
from django.test import Client
from doors_cast import after, held, link, signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.episodes.actions import end_episode, grant_deputy
from attune.people.models import Person


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


def address(cast: Cast) -> str:
    return f"/desk/participants/{cast.amara.id}/not-these-people/"


def stand_in(cast: Cast, name: str = "Ola") -> None:
    person = Person.objects.get(pk=cast.accounts[name].person_id)
    until = NOW + timedelta(days=1)
    grant_deputy(cast.amara.episode, person=person, until=until, reason="Ill.", by=cast.ben, at=NOW)


def press(browser: Client, cast: Cast, do: str, name: str = "Ola") -> int:
    return browser.post(address(cast), {"do": do, "staff": str(cast.accounts[name].person_id)}).status_code


def test_an_empty_list_names_who_could_be_on_it(cast: Cast, ben: Client) -> None:
    text = ben.get(address(cast)).content.decode()
    assert "Nobody." in text
    assert all(f">{name}</option>" in text for name in ("Ola", "Chidi", "Eli"))
    assert ">Ben</option>" not in text, "nobody keeps themselves out"
    assert ">Amara</option>" not in text
    assert Event.objects.latest("seq").verb == "kept-out.read"
    assert address(cast) in ben.get(f"/desk/episodes/{cast.amara.episode_id}/").content.decode()


def test_who_is_on_it_finds_nothing_and_the_client_is_not_told_that_they_read(cast: Cast, ben: Client) -> None:
    stand_in(cast)
    ola = signed_in(cast, "Ola")
    session = held(cast.amara, cast.ben)
    page = f"/desk/episodes/{cast.amara.episode_id}/"
    assert (ola.get(page).status_code, "Amara" in ola.get("/desk/caseload/").content.decode()) == (200, True)
    asked = Client().get(f"/c/{link(cast.amara, cast.ben, after(session))}/").content.decode()
    assert "Ola" in asked
    assert press(ben, cast, "keep-out") == 302
    assert "Ola" in ben.get(address(cast)).content.decode()
    assert (ola.get(page).status_code, "Amara" in ola.get("/desk/caseload/").content.decode()) == (404, False)
    asked = Client().get(f"/c/{link(cast.amara, cast.ben, after(session))}/").content.decode()
    assert "Ola" not in asked
    assert press(ben, cast, "let-in") == 302
    assert ola.get(page).status_code == 200


def test_an_open_page_of_somebody_kept_out_does_nothing_any_more(cast: Cast, ben: Client) -> None:
    stand_in(cast)
    ola = signed_in(cast, "Ola")
    assert ola.get(address(cast)).status_code == 200
    press(ben, cast, "keep-out")
    assert press(ola, cast, "let-in") == 404
    assert ola.get(f"/desk/episodes/{cast.amara.episode_id}/").status_code == 404


def test_what_cannot_be_entered_says_why(cast: Cast, ben: Client) -> None:
    for sent in ({"do": "keep-out"}, {"do": "keep-out", "staff": "nobody"}):
        page = ben.post(address(cast), sent)
        assert page.status_code == 422
        assert "Choose somebody from the list." in page.content.decode()
    assert press(ben, cast, "keep-out", "Ben") == 422
    assert press(ben, cast, "let-in") == 409
    assert press(ben, cast, "something") == 404


def test_also_when_the_work_has_ended(cast: Cast, ben: Client) -> None:
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert press(ben, cast, "keep-out") == 302
