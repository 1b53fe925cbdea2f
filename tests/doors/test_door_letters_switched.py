"""Letters that something came: each switches them off for themselves, in own pages and at the desk. Wrong person."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client, override_settings
from doors_cast import signed_in as at_the_desk
from support.both_factors import signed_in
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.workflows.own_pages import open_own_pages
from attune.people.models import Account
from attune.people.own_account import set_pins
from attune.people.viewers import Viewer
from attune.vault.keys import keyring

OWN, DESK = "/my/letters/", "/desk/letters/"
NO_MAIL = override_settings(ACCOUNT_LOGIN_BY_CODE_ENABLED=False)


@pytest.fixture
def account(cast: Cast) -> Account:
    with keyring():
        open_own_pages(cast.amara.id, email="amara@example.net", by=cast.ben, at=NOW)
    return Account.objects.get(person=cast.amara.person_id)


@pytest.fixture
def amara(account: Account) -> Client:
    return signed_in(account)


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield at_the_desk(cast)


def wants(name: str) -> bool:
    return Account.objects.get(email__startswith=name).wants_letters


def text_of(browser: Client, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return unescape(page.content.decode())


def press(browser: Client, address: str, do: str = "stop") -> int:
    return browser.post(address, {"do": do}).status_code


def test_a_client_switches_them_off_and_on(amara: Client) -> None:
    text = text_of(amara, "/my/record/")
    assert "a letter goes to the address with which you sign in" in text
    assert "no word of what or from whom" in text
    for _ in range(2):
        assert amara.post(OWN, {"do": "stop"})["Location"] == "/my/record/#letters"
    assert not wants("amara")
    assert "No letter tells you that something is here for you." in text_of(amara, "/my/record/")
    assert press(amara, OWN, "send") == 302
    assert wants("amara")
    verbs = Event.objects.filter(verb__startswith="letters.").order_by("seq").values_list("verb", "actor")
    person = Account.objects.get(email="amara@example.net").person_id
    assert list(verbs) == [("letters.refused", person), ("letters.wanted", person)]


def test_a_therapist_switches_them_off_and_on(cast: Cast, ben: Client) -> None:
    assert "a letter says that there is something, and nothing else" in text_of(ben, "/desk/")
    assert ben.post(DESK, {"do": "stop"})["Location"] == "/desk/"
    assert not wants("ben")
    assert "No letter tells you that a client has written." in text_of(ben, "/desk/")
    assert press(ben, DESK, "send") == 302
    assert wants("ben")
    assert wants("ola"), "each for themselves"


def test_a_press_that_is_none(amara: Client, ben: Client) -> None:
    for browser, address in ((amara, OWN), (ben, DESK)):
        assert browser.post(address).status_code == press(browser, address, "else") == 404
        assert browser.get(address).status_code == 405


def test_a_house_without_mail_has_no_letters_to_switch_off(amara: Client, ben: Client) -> None:
    for browser, address in ((amara, "/my/record/"), (ben, "/desk/")):
        assert "letter" in text_of(browser, address)
        with NO_MAIL:
            assert "letter" not in text_of(browser, address)


def test_wrong_person(cast: Cast, amara: Client, ben: Client) -> None:
    assert press(amara, DESK) == 404
    for browser in (ben, at_the_desk(cast, "Eli"), at_the_desk(cast, "Chidi")):
        assert press(browser, OWN) == 404
    for name in ("Eli", "Chidi"):
        assert press(at_the_desk(cast, name), DESK) == 404
    for address in (OWN, DESK):
        assert Client().post(address, {"do": "stop"})["Location"].startswith("/sign-in/")
    assert Account.objects.filter(wants_letters=False).count() == 0


def test_behind_the_pin_for_dates_there_is_no_such_press(account: Account, amara: Client) -> None:
    set_pins(account, dates="1234", whole="9753", by=Viewer(account.person_id), at=NOW)
    assert amara.post("/my/pin/", {"pin": "1234"}).status_code == 302
    assert press(amara, OWN) == 404
    assert wants("amara")


def test_whoever_opens_own_pages_is_told_what_the_address_is_for(cast: Cast, ben: Client) -> None:
    text = text_of(ben, f"/desk/participants/{cast.amara.id}/own-pages/")
    assert "Letters go to it when something is there for them, until they switch that off" in text
