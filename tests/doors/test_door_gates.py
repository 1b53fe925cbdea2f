"""The gates: a session past its time, links that lead nowhere, and the link of a new colleague."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import include, path
from doors_cast import link, phq9, signed_in
from pytest_django import Settings
from support.both_factors import key_of, with_password_only
from support.cast import NOW, PASSWORD, Cast, make_cast

import attune.urls
from attune.audit.models import Event
from attune.base.clock import fixed
from attune.people.limits import WRONG_LINKS, WRONG_LINKS_IN_ALL, Limit
from attune.people.links import make_link
from attune.people.models import Account, EntryLink, Remembered
from attune.people.viewers import MACHINE

NEW = "a row of words nobody knows"


def at_minute(client: Client, minutes: float, address: str = "/desk/") -> str:
    """Where a press so many minutes later leads; empty when the page opens."""
    with fixed(NOW + timedelta(minutes=minutes)):
        return client.get(address).headers.get("Location", "")


def test_fifteen_minutes_without_a_press(cast: Cast) -> None:
    client = signed_in(cast)
    assert [at_minute(client, m) for m in (0, 14, 28)] == ["", "", ""]
    assert at_minute(client, 43.5) == "/sign-in/?next=/desk/"
    assert at_minute(client, 43.5) == "/sign-in/?next=/desk/", "it is over on the server"
    assert Event.objects.filter(verb="session.ran-out").count() == 1


def test_twelve_hours_in_all(cast: Cast) -> None:
    client = signed_in(cast)
    assert {at_minute(client, m) for m in range(0, 12 * 60, 10)} == {""}
    assert at_minute(client, 12 * 60) == "/sign-in/?next=/desk/"


def test_what_was_typed_is_shown_when_the_time_was_over(cast: Cast) -> None:
    client = signed_in(cast)
    at_minute(client, 0)
    with fixed(NOW + timedelta(minutes=16)):
        sent = urlencode({"name_1": "A line that took an hour."})
        page = client.post("/desk/episodes/new/", sent, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 403
    assert "A line that took an hour." in page.content.decode()
    assert page.headers["Clear-Site-Data"] == '"cache"'


def test_clients_are_not_timed_by_the_gate(cast: Cast) -> None:
    client, token = Client(), link(cast.amara, cast.ben, phq9())
    assert [at_minute(client, m, f"/c/{token}/") for m in (0, 30)] == ["", ""]


def test_whoever_has_one_factor_is_led_to_the_set_up_and_out_again(cast: Cast) -> None:
    client = with_password_only(cast.accounts["Eli"])
    assert at_minute(client, 0, "/office/instruments/") == "/account/"
    page = client.get("/account/").content.decode()
    assert "One more thing" in page
    assert "Recovery codes" not in page
    assert client.post("/sign-out/").status_code == 302
    assert at_minute(client, 0, "/account/") == "/sign-in/?next=/account/"


class OneClick:
    """The addresses of a demo."""

    urlpatterns = (*attune.urls.urlpatterns, path("demo/", include("attune.doors.entrance.demo_urls")))


def test_one_click_in_a_demo_counts_as_both(db: None, settings: Settings) -> None:
    settings.ROOT_URLCONF = OneClick
    make_cast(kind="demo")
    client = Client()
    assert client.post("/demo/desk/").headers["Location"] == "/desk/"
    desk = key_of(client)
    assert client.get("/desk/").status_code == 200
    client.post("/demo/office/")
    assert key_of(client) != desk
    assert client.get("/desk/").status_code == 404
    assert Authenticator.objects.count() == 0


def entry(cast: Cast, name: str = "Eli", hours: int = 0) -> str:
    """The address of a link made so many hours ago."""
    return f"/welcome/{make_link(cast.accounts[name], by=MACHINE, at=NOW - timedelta(hours=hours))}/"


def test_a_link_sets_the_password_once_and_leads_to_the_second_factor(cast: Cast) -> None:
    address, client = entry(cast), Client()
    for look in (client.get, client.head, client.get):
        assert look(address).status_code == 200
    assert EntryLink.objects.get().used_at is None, "looking does not use it up"
    assert "eli@example.org" in client.get(address).content.decode()
    assert client.post(address, {"password": "short"}).status_code == 422
    assert client.post(address, {"password": NEW}).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/account/"
    assert client.get("/account/app/").status_code == 200, "who has just set a password is not asked for it again"
    assert Client().get(address).status_code == Client().post(address, {"password": NEW}).status_code == 410
    assert Account.objects.get(email="eli@example.org").check_password(NEW)
    assert Event.objects.filter(verb="link.used").count() == 1


def test_a_link_is_kept_as_a_hash(cast: Cast) -> None:
    token = entry(cast).split("/")[2]
    assert token not in str(EntryLink.objects.values())


def test_links_that_no_longer_open(cast: Cast) -> None:
    first = entry(cast)
    second, late = entry(cast), entry(cast, "Chidi", hours=72)
    assert [Client().get(address).status_code for address in (first, second, late)] == [410, 200, 410]
    assert Client().get("/welcome/nothing/").status_code == 404
    assert cast.accounts["Eli"].check_password(PASSWORD), "until the link is used the old password holds"


def test_a_link_does_not_go_around_a_second_factor(cast: Cast) -> None:
    signed_in(cast, "Eli")
    client = Client()
    assert client.post(entry(cast), {"password": NEW}).headers["Location"] == "/sign-in/second/"
    assert client.get("/office/instruments/").status_code == 302


def test_a_link_ends_what_somebody_else_had_open_in_that_browser(cast: Cast) -> None:
    client = signed_in(cast, "Ben")
    client.post(entry(cast), {"password": NEW})
    assert client.get("/desk/").headers["Location"] == "/account/"


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of five."""
    monkeypatch.setattr("attune.doors.gates.WRONG_LINKS", Limit(WRONG_LINKS.name, 5, 60))
    monkeypatch.setattr("attune.doors.gates.WRONG_LINKS_IN_ALL", Limit(WRONG_LINKS_IN_ALL.name, 8, 60, alarm=True))


def wrong(address: str, number: int) -> list[int]:
    """So many tries of links that do not exist, from one address."""
    return [Client(REMOTE_ADDR=address).get(f"/c/wrong-{n}/").status_code for n in range(number)]


def test_a_flood_of_wrong_links_is_slowed_and_shuts_no_waiting_room(
    cast: Cast, narrow: None, caplog: pytest.LogCaptureFixture
) -> None:
    """From the very address of the flood, clients open and send what is theirs, and staff sign in."""
    assert wrong("10.0.0.9", 7) == [404] * 5 + [429] * 2
    tokens = [link(who, cast.ben, phq9()) for who in (cast.amara, cast.dana, cast.farah, cast.gil)]
    for token in tokens:
        assert Client(REMOTE_ADDR="10.0.0.9").get(f"/c/{token}/").status_code == 200
        sent = Client(REMOTE_ADDR="10.0.0.9").post(f"/c/{token}/", {"phq-9.item-1": "1"})
        assert sent.status_code != 429
    staff = Client(REMOTE_ADDR="10.0.0.9").post("/sign-in/", {"login": "eli@example.org", "password": PASSWORD})
    assert staff.status_code == 302
    assert wrong("10.0.0.10", 4) == [404] * 3 + [429], "and from everywhere together"
    assert "Limit reached: wrong links, 8 in 60 seconds." in caplog.text


def test_a_page_that_is_missing_is_no_wrong_link(cast: Cast, narrow: None) -> None:
    assert {Client().get("/nowhere/").status_code for _ in range(20)} == {404}


def test_no_address_stands_in_what_is_remembered(cast: Cast) -> None:
    wrong("10.0.0.9", 2)
    Client().post("/sign-in/", {"login": "ben@example.org", "password": "something else"})
    kept = str(list(Remembered.objects.values()))
    assert Remembered.objects.exists()
    assert "10.0.0.9" not in kept
    assert "example.org" not in kept
