"""Links that are looked at and not used, sessions whose old key is dead, and addresses that somebody else would choose.

G-SES: what every route has in common stands in `tests/rules/test_rule_requests.py`.
"""

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from doors_cast import held, link, phq9, signed_in
from support.both_factors import code_of_app, give_app, key_of, with_both, with_password_only
from support.cast import NOW, PASSWORD, Cast

from attune.base.ids import new_id
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.tokens import hash_of, new_token
from attune.doors.entrance.account_urls import urlpatterns
from attune.people import letters
from attune.people.alarms import LINKS_TRIED, SIGN_INS_TRIED
from attune.people.limits import WRONG_LINKS
from attune.people.links import make_link
from attune.people.models import EntryLink
from attune.people.viewers import MACHINE

SECOND = "/sign-in/second/"
#: What opens the links in a mail or a message before the person does, or in their stead.
LOOKERS = {
    "prefetch": {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch", "X-Moz": "prefetch"},
    "scanner": {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)", "X-Forwarded-For": "203.0.113.7"},
    "preview": {"User-Agent": "WhatsApp/2.23 A", "Range": "bytes=0-1023"},
}


@pytest.fixture
def ben(cast: Cast) -> Cast:
    """Ben has an app."""
    give_app(cast.accounts["Ben"])
    return cast


def rows() -> dict[str, list[Any]]:
    """Every row there is, but for what is counted for a minute."""
    kept = [model for model in apps.get_models() if model.__name__ != "Remembered"]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in kept}


@pytest.mark.parametrize("looker", LOOKERS)
def test_looking_at_a_link_uses_nothing_up(cast: Cast, looker: str) -> None:
    token = link(cast.amara, cast.ben, phq9())
    entry = make_link(cast.accounts["Eli"], by=MACHINE, at=NOW)
    before = rows()
    for address in (f"/c/{token}/", f"/welcome/{entry}/"):
        for look in ("get", "head", "get"):
            page = getattr(Client(headers=LOOKERS[looker]), look)(address)
            assert page.status_code == 200
            assert page.headers["Referrer-Policy"] == "same-origin"
            assert page.headers["Cache-Control"] == "no-store"
            assert not page.cookies or set(page.cookies) == {"csrftoken"}
        assert Client(headers=LOOKERS[looker]).options(address).status_code == 405
    assert rows() == before
    assert Client().post(f"/c/{token}/", {"item-1": "1", "submission": str(uuid4())}).status_code == 302
    assert Client().post(f"/welcome/{entry}/", {"password": "a row of words nobody knows"}).status_code == 302
    assert Response.objects.count() == 1
    assert EntryLink.objects.get().used_at is not None


def test_a_link_opens_one_form_and_nothing_of_anybody(cast: Cast) -> None:
    """Whoever has somebody else's link learns neither a client's name nor what was said before."""
    held(cast.amara, cast.ben, 3)
    answered, opened = link(cast.amara, cast.ben, phq9()), Client()
    Client().post(f"/c/{answered}/", {"item-9": "2", "submission": str(uuid4())})
    token = link(cast.amara, cast.ben, phq9())
    page = opened.get(f"/c/{token}/").content.decode()
    assert "Amara" not in page
    assert not re.findall(r'href="(?!/static/|#|/help-now/)[^"]*"', page), "it leads nowhere else"
    assert opened.get("/desk/").headers["Location"] == "/sign-in/?next=/desk/"
    assert not Session.objects.exists()


def test_a_mailed_code_has_no_link_in_its_letter(ben: Cast) -> None:
    """There is nothing that a scanner could open."""
    Client().post("/sign-in/code/", {"email": "ben@example.org"})
    letters.wait()
    assert not re.search(r"https?:|www\.|/sign-in|localhost|testserver", str(mail.outbox[-1].body))


def code_for(browser: Client) -> str:
    """The code that this browser asked for."""
    browser.post("/sign-in/code/", {"email": "ben@example.org"})
    letters.wait()
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def test_a_mailed_code_is_for_one_browser_once_and_ten_minutes(ben: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    enter = "/sign-in/code/enter/"
    here, there = Client(), Client()
    code = code_for(here)
    code_for(there)
    assert there.post(enter, {"code": code}).status_code == 422, "another browser's"
    here.get(enter, headers=LOOKERS["prefetch"])
    assert here.post(enter, {"code": code}).headers["Location"] == SECOND
    assert here.post(enter, {"code": code}).headers["Location"] != "/", "once"
    late = Client()
    code = code_for(late)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert late.post(enter, {"code": code}).headers["Location"] == "/sign-in/code/"


def opens(key: str, address: str = "/desk/") -> bool:
    """Whether somebody with this key of a session, and nothing else, gets in."""
    thief = Client()
    thief.cookies["sessionid"] = key
    return bool(thief.get(address).status_code == 200)


def test_no_key_from_before_opens_anything_after(ben: Cast) -> None:
    """Before the password, between the steps: whoever had planted or seen one of these has nothing."""
    client = Client()
    client.post("/sign-in/", {"login": "ben@example.org", "password": PASSWORD})
    between = key_of(client)
    assert not opens(between)
    assert client.post(SECOND, {"code": code_of_app()}).status_code == 302
    assert key_of(client) != between
    assert opens(key_of(client))
    assert not opens(between)
    assert not Session.objects.filter(pk=between).exists()


@pytest.mark.parametrize(
    ("address", "sent"),
    [("/account/again/", lambda: {"password": PASSWORD}), ("/account/again/code/", lambda: {"code": code_of_app()})],
    ids=["password", "app"],
)
def test_who_shows_again_who_they_are_goes_by_another_key(
    ben: Cast, address: str, sent: Callable[[], dict[str, str]]
) -> None:
    client = with_both(ben.accounts["Ben"])
    before = key_of(client)
    assert client.post(address, sent()).status_code == 302
    assert key_of(client) != before
    assert opens(key_of(client))
    assert not opens(before)


def test_a_wrong_answer_changes_no_key(ben: Cast) -> None:
    client = with_both(ben.accounts["Ben"])
    before = key_of(client)
    assert client.post("/account/again/", {"password": "something else"}).status_code == 422
    assert key_of(client) == before


def test_the_second_factor_shown_late_changes_the_key(ben: Cast) -> None:
    """From a session that opens nothing to one that opens the desk."""
    client = with_password_only(ben.accounts["Ben"])
    before = key_of(client)
    assert client.get("/desk/").status_code == 302
    client.post("/account/again/code/?next=/desk/", {"code": code_of_app()})
    assert client.get("/desk/").status_code == 200
    assert not opens(before)


def test_signed_out_there_is_nothing_to_come_back_to(ben: Cast) -> None:
    client = signed_in(ben)
    key = key_of(client)
    seen = client.get("/desk/")
    assert seen.headers["Cache-Control"] == "no-store", "no browser and no proxy keeps it for the back button"
    left = client.post("/sign-out/")
    assert left.headers["Clear-Site-Data"] == '"cache"'
    assert left.headers["Cache-Control"] == "no-store"
    assert left.cookies["sessionid"].value == ""
    assert not opens(key)
    assert not Session.objects.filter(pk=key).exists()


#: These ask who is there by themselves, or are where one is asked.
ASK_THEMSELVES = {"/account/password/", "/account/again/", "/account/again/code/", "/account/again/passkey/"}


def test_every_change_of_how_one_signs_in_asks_who_is_there(ben: Cast) -> None:
    """Every address below /account/ that changes something, five minutes after the last time."""
    account, client = ben.accounts["Ben"], with_both(ben.accounts["Ben"])
    passkey = Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "A key"})
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 301
    session.save()
    addresses = {"/" + str(one.pattern).replace("<int:pk>", str(passkey.pk)) for one in urlpatterns}
    changing = {
        address
        for address in addresses - ASK_THEMSELVES
        if address.startswith("/account/") and client.post(address).status_code != 405
    }
    assert len(changing) >= 5
    for address in changing:
        assert client.post(address).headers["Location"].startswith("/account/again/"), address
    assert Authenticator.objects.filter(user=account).count() == 3


AWAY = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https:///evil.example",
    "http://evil.example/",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/%09/evil.example",
]


def ends_here(page: Any) -> bool:
    """Nowhere but on this house, by a path; what a path may hold it may hold."""
    told = page.headers["Location"]
    return bool(re.match(r"/(?![/\\\s])", told)) and not told.startswith(("/\t", "/ "))


@pytest.mark.parametrize("there", AWAY)
def test_signing_in_and_asking_again_lead_to_nobody_elses_house(ben: Cast, there: str) -> None:
    client = Client()
    client.post(f"/sign-in/?next={there}", {"login": "ben@example.org", "password": PASSWORD, "next": there})
    assert ends_here(client.post(f"{SECOND}?next={there}", {"code": code_of_app(), "next": there}))
    assert ends_here(client.get(f"/sign-in/?next={there}")), "whoever is in is led on"
    again = client.post(f"/account/again/?next={there}", {"password": PASSWORD, "next": there})
    assert ends_here(again)
    assert ends_here(client.post("/sign-out/", {"next": there}))


@pytest.mark.parametrize("path", ["//evil.example/help-now", "//evil.example/sign-in", "/\\evil.example/desk"])
def test_an_address_without_its_last_stroke_leads_to_nobody_elses_house(cast: Cast, path: str) -> None:
    page = Client().generic("GET", path)
    assert page.status_code == 404 or ends_here(page)


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80"]
)
def test_an_unknown_host_is_refused_and_not_repeated(cast: Cast, host: str) -> None:
    token = link(cast.amara, cast.ben, phq9())
    for address in ("/", "/sign-in/", "/desk/", "/help-now/", f"/c/{token}/"):
        page = Client(headers={"Host": host}).get(address)
        assert page.status_code == 400
        assert "evil" not in page.content.decode() + str(page.headers)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1"])
def test_links_are_made_of_the_address_that_was_set(cast: Cast, host: str) -> None:
    """Whatever host the page was asked under, and whatever a proxy is said to have heard."""
    session = held(cast.amara, cast.ben)
    browser, about = signed_in(cast), {"kind": "after", "about": str(session.id)}
    foreign = {"Host": host, "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    page = browser.post(f"/desk/participants/{cast.amara.id}/invite/", about, headers=foreign).content.decode()
    assert f"{settings.ATTUNE.url}/c/" in page
    assert "evil.example" not in page
    assert host not in page.replace(settings.ATTUNE.url, "")
    assert Invitation.objects.filter(participant=cast.amara).count() == 1


#: What some proxies and frameworks believe, and a cache may not look at.
UNHEARD = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-Scheme": "https",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/health/",
    "X-Rewrite-URL": "/health/",
    "X-HTTP-Method-Override": "DELETE",
    "X-Host": "evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "X-Script-Name": "/evil",
}


@pytest.mark.parametrize("header", UNHEARD)
def test_what_a_cache_does_not_look_at_changes_nothing(cast: Cast, header: str) -> None:
    """Otherwise one answer with it, kept by a cache, would be everybody's."""
    token = link(cast.amara, cast.ben, phq9())
    desk = signed_in(cast)
    for address in ("/", "/sign-in/", "/help-now/", "/nowhere/", "/desk", f"/c/{token}/", "/desk/"):
        browser = desk if address == "/desk/" else Client()
        plain, other = seen(browser, address), seen(browser, address, {header: UNHEARD[header]})
        assert plain == other, address


def seen(browser: Client, address: str, headers: dict[str, str] | None = None) -> tuple[int, str, str, str]:
    """The answer without what is drawn anew for each."""
    page = browser.get(address, headers=headers or {})
    text = re.sub(r'name="(csrfmiddlewaretoken|submission)" value="[^"]*"', "", page.content.decode())
    told = {name: value for name, value in page.headers.items() if name not in ("Set-Cookie", "Expires")}
    return page.status_code, page.headers.get("Location", ""), text, str(sorted(told.items()))


def test_two_hundred_clients_behind_one_address_and_wrong_links_from_there(cast: Cast) -> None:
    """The limits as they are, five minutes of a full waiting room in a few seconds (the real five: `tests/deep`)."""
    here = {"REMOTE_ADDR": "10.0.0.9"}
    one = Invitation.objects.get(token_hash=hash_of(link(cast.amara, cast.ben, phq9())))
    tokens = [_copy(one) for _ in range(200)]
    wrong, came = [], []
    for number, token in enumerate(tokens):
        wrong.append(Client(**here).get(f"/c/wrong-{number}/").status_code)
        came.append(Client(**here).get(f"/c/{token}/").status_code)
        came.append(Client(**here).post(f"/c/{token}/", {"item-1": "1", "submission": str(new_id())}).status_code)
    assert came == [200, 302] * 200
    assert Response.objects.count() == 200
    assert set(wrong) == {404, 429}, "the address is being slowed all the while"
    assert wrong.count(404) >= WRONG_LINKS.amount


def test_the_operator_is_told_on_every_page_of_the_office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    eli, told = signed_in(cast, "Eli"), "Somebody tried to get in"
    pages = ("/office/instruments/", "/office/instruments/phq-9/")
    assert not [page for page in pages if told in eli.get(page).content.decode()]
    for alarm in (SIGN_INS_TRIED, LINKS_TRIED):
        monkeypatch.setattr(type(alarm.tries), "amount", property(lambda _: 2), raising=False)
    for number in range(3):
        Client().post("/sign-in/", {"login": "ben@example.org", "password": "something else"})
        Client().get(f"/c/wrong-{number}/")
    for page in pages:
        shown = eli.get(page).content.decode()
        assert told in shown
        assert "17 November 2026, 15:40: very many sign-ins were tried" in shown
        assert "17 November 2026, 15:40: very many links were tried" in shown
    assert told not in signed_in(cast, "Ben").get("/desk/").content.decode()


def _copy(one: Invitation) -> str:
    """Another client's, as good as this one: only the link differs."""
    token = new_token()
    Invitation.objects.create(
        participant=one.participant,
        kind=one.kind,
        asked=one.asked,
        token_hash=hash_of(token),
        made_at=one.made_at,
        expires_at=one.expires_at,
    )
    return token
