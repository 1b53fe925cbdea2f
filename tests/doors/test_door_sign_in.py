"""Signing in: by password, by a code that is mailed, by a passkey; the second factor; and who is told nothing."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core import mail, signing
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from doors_cast import signed_in
from pytest_django import Settings
from support.both_factors import SEED, code_of_app, give_app, key_of, with_both, with_password_only
from support.cast import PASSWORD, Cast

from attune.audit.models import Event
from attune.people import letters
from attune.people.limits import WRONG_SIGN_INS
from attune.people.models import Remembered

SECOND = "/sign-in/second/"


@pytest.fixture(autouse=True)
def _app(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        give_app(request.getfixturevalue("cast").accounts["Ben"])


def password(client: Client, email: str = "ben@example.org", secret: str = PASSWORD, **more: str) -> "HttpResponse":
    """Send the first form."""
    form = {"login": email, "password": secret} | more
    return client.post("/sign-in/", form)  # type: ignore[return-value]  # the test client's own kind


def second(client: Client, code: str = "") -> "HttpResponse":
    """Send the second one."""
    return client.post(SECOND, {"code": code or code_of_app()})  # type: ignore[return-value]  # as above


def shown(page: "HttpResponse", *changing: str) -> tuple[int, str, str]:
    """All that somebody outside can see of an answer, without what changes from form to form."""
    text = re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "…", page.content.decode())
    for word in changing:
        text = text.replace(word, "…")
    return page.status_code, page.headers.get("Location", ""), text


def mailed_code() -> str:
    """The code in the newest letter, once those under way have gone out."""
    letters.wait()
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def test_password_and_app(cast: Cast) -> None:
    client = Client()
    assert client.get("/sign-in/").status_code == 200
    first = password(client, "BEN@example.org", next="/desk/episodes/new/")
    assert (first.status_code, first.headers["Location"]) == (302, SECOND)
    assert client.get("/desk/").headers["Location"] == "/sign-in/?next=/desk/", "the password alone opens nothing"
    assert second(client).headers["Location"] == "/desk/episodes/new/"
    assert "Ben" in client.get("/desk/").content.decode()
    assert Event.objects.filter(verb="sign-in.done", actor=cast.ben.person_id).count() == 1


def test_a_wrong_code_opens_nothing_and_a_right_one_counts_once(cast: Cast) -> None:
    client, other = Client(), Client()
    for browser in (client, other):
        password(browser)
    assert second(client, "000000").status_code == 422
    code = code_of_app()
    assert second(client, code).status_code == 302
    assert second(other, code).status_code == 422, "somebody who looked over a shoulder has nothing of it"
    assert second(other, code_of_app(periods_ago=5)).status_code == 422


def test_a_recovery_code_counts_once(cast: Cast) -> None:
    kept = Authenticator.objects.get(user=cast.accounts["Ben"], type="recovery_codes").wrap().get_unused_codes()
    client, other = Client(), Client()
    password(client)
    assert second(client, kept[0]).status_code == 302
    assert client.get("/desk/").status_code == 200
    password(other)
    assert second(other, kept[0]).status_code == 422
    assert second(other, kept[1]).status_code == 302


def test_a_mailed_code_stands_for_the_password_and_not_for_both(cast: Cast) -> None:
    client = Client()
    assert client.post("/sign-in/code/", {"email": "ben@example.org"}).headers["Location"] == "/sign-in/code/enter/"
    code = mailed_code()
    letter = mail.outbox[-1]
    assert (letter.subject, letter.to) == ("There is something for you", ["ben@example.org"])
    assert not re.search("therap|clinic|client|session|attune", str(letter.body), re.IGNORECASE)
    assert client.post("/sign-in/code/enter/", {"code": code}).headers["Location"] == SECOND
    assert client.get("/desk/").status_code == 302
    assert second(client).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_where_no_letter_goes_out_there_is_no_code_by_mail(cast: Cast, settings: Settings) -> None:
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = False
    client = Client()
    assert "by e-mail" not in client.get("/sign-in/").content.decode()
    for address in ("/sign-in/code/", "/sign-in/code/enter/"):
        assert client.get(address).status_code == client.post(address, {"email": "ben@example.org"}).status_code == 404
    letters.wait()
    assert mail.outbox == []


def test_a_mailed_code_holds_for_three_tries(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/code/", {"email": "ben@example.org"})
    code = mailed_code()
    for _ in range(3):
        client.post("/sign-in/code/enter/", {"code": "WRONG-CODE"})
    assert client.post("/sign-in/code/enter/", {"code": code}).headers["Location"] == "/sign-in/code/"


@pytest.mark.parametrize("who", ["nobody@example.org", "eli@example.org"])
def test_no_page_tells_who_has_an_account(cast: Cast, who: str) -> None:
    """Nobody, and somebody who has an account: to whoever asks, all is alike."""
    asked = [lambda to: password(Client(), to, "something else"), self_code]
    for ask in asked:
        assert shown(ask(who), who) == shown(ask("ben@example.org"), "ben@example.org")


def self_code(email: str) -> "HttpResponse":
    """Ask for a code and look at the page that follows."""
    client = Client()
    assert client.post("/sign-in/code/", {"email": email}).status_code == 302
    return client.get("/sign-in/code/enter/")  # type: ignore[return-value]  # as above


def test_nothing_is_mailed_to_strangers_nor_to_who_has_no_password_yet(cast: Cast) -> None:
    eli = cast.accounts["Eli"]
    eli.set_unusable_password()
    eli.save()
    for email in ("nobody@example.org", "eli@example.org"):
        self_code(email)
    letters.wait()
    assert mail.outbox == []


def test_an_unknown_address_costs_as_much_work_as_a_known_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is what takes time: it is done once, whether there is an account or not."""
    hashed: list[str] = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self: hashers.MD5PasswordHasher, secret: str, salt: str) -> str:
        hashed.append(secret)
        return encode(self, secret, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    counts = []
    for email in ("ben@example.org", "nobody@example.org"):
        hashed.clear()
        password(Client(), email, "something else")
        counts.append(len(hashed))
    assert counts == [1, 1]


def test_a_code_for_nobody_is_as_much_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The letter is written, and rows are read, whether there is an account or not (timed in `tests/deep`)."""
    written: list[str] = []
    post = letters.post
    monkeypatch.setattr(letters, "post", lambda **letter: (written.append(letter["text"]), post(**letter))[1])
    work = []
    for email in ("ben@example.org", "nobody@example.org"):
        client = Client()
        client.get("/help-now/")  # what is read once for all
        Remembered.objects.all().delete()
        caches["default"].writes = 0  # type: ignore[attr-defined]  # every 64th write clears away, whoever asks
        with CaptureQueriesContext(connection) as asked:
            client.post("/sign-in/code/", {"email": email})
        with CaptureQueriesContext(connection) as shown_the_form:
            client.get("/sign-in/code/enter/")
        with CaptureQueriesContext(connection) as wrong:
            assert client.post("/sign-in/code/enter/", {"code": "WRONG-CODE"}).status_code == 422
        work.append([len(asked), len(shown_the_form), len(wrong), len(written)])
        written.clear()
    assert work[0] == work[1]
    assert work[0][3] == 1


def test_who_may_not_sign_in_any_more_is_nobody(cast: Cast) -> None:
    account, client = cast.accounts["Ben"], signed_in(cast)
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert shown(password(Client())) == shown(password(Client(), secret="something else"))
    assert client.get("/desk/").status_code == 302
    self_code("ben@example.org")
    letters.wait()
    assert mail.outbox == []


def test_signing_in_leads_nowhere_else(cast: Cast) -> None:
    client = Client()
    password(client, next="https://elsewhere.example/")
    assert second(client).headers["Location"] == "/"


def test_the_key_of_the_session_changes_at_the_sign_in(cast: Cast) -> None:
    client, stranger = Client(), Client()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = stranger.cookies["sessionid"] = planted = session.session_key or ""
    password(client)
    second(client)
    assert key_of(client) not in ("", planted)
    assert client.get("/desk/").status_code == 200
    assert stranger.get("/desk/").status_code == 302


def test_a_session_is_sealed_where_it_lies(cast: Cast) -> None:
    client = with_password_only(cast.accounts["Eli"])
    client.post("/account/again/", {"password": PASSWORD})
    client.get("/account/app/")
    seed = client.session["mfa.totp.secret"]
    rows = list(Session.objects.values_list("session_data", flat=True))
    assert rows
    for row in rows:
        assert seed not in row
        text = row.split(":")[0].lstrip(".")
        assert seed.encode() not in signing.b64_decode(text.encode())


def test_seeds_and_recovery_codes_are_sealed_where_they_lie(cast: Cast) -> None:
    for data in Authenticator.objects.values_list("data", flat=True):
        assert SEED not in str(data)
    codes = Authenticator.objects.get(user=cast.accounts["Ben"], type="recovery_codes")
    assert codes.wrap().get_unused_codes()[0] not in str(codes.data)


def test_ten_wrong_tries_hold_an_account_and_no_other(cast: Cast) -> None:
    for _ in range(10):
        assert password(Client(), secret="something else").status_code == 422
    held = password(Client())
    assert (held.status_code, held.headers["Retry-After"]) == (429, "60")
    give_app(cast.accounts["Eli"])
    assert password(Client(), "eli@example.org").headers["Location"] == SECOND, "a colleague at the same address"


def test_somebody_who_does_not_exist_is_held_alike(cast: Cast) -> None:
    for email in ("ben@example.org", "nobody@example.org"):
        for _ in range(10):
            password(Client(), email, "something else")
    known, unknown = password(Client()), password(Client(), "nobody@example.org")
    assert shown(known, "ben@example.org") == shown(unknown, "nobody@example.org")


def test_wrong_codes_hold_an_account_too(cast: Cast) -> None:
    for _ in range(10):
        client = Client()
        password(client)
        assert second(client, "000000").status_code == 422
    client = Client()
    password(client)
    assert second(client).status_code == 429


def test_the_whole_house_is_held_when_it_is_tried_from_everywhere(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(type(WRONG_SIGN_INS), "amount", property(lambda _: 3), raising=False)
    for n in range(3):
        password(Client(REMOTE_ADDR=f"10.0.0.{n}"), f"{n}@example.org", "something else")
    assert password(Client()).status_code == 429
    assert "Limit reached: wrong sign-ins" in caplog.text
    passkey = Client()
    assert "request_options" in passkey.get("/sign-in/passkey/").json(), "it cannot be guessed, and is not held up"
    assert passkey.post("/sign-in/passkey/", {"credential": "{}"}).headers["Location"] == "/sign-in/?passkey=no"


def test_the_list_of_sessions_ends_the_others(cast: Cast) -> None:
    here, there = Client(HTTP_USER_AGENT="Here"), Client(HTTP_USER_AGENT="There")
    for browser, ago in ((there, 0), (here, -1)):
        password(browser)
        assert second(browser, code_of_app(periods_ago=ago)).status_code == 302
    listed = here.get("/account/sessions/").content.decode()
    assert "Here, now" in listed
    assert "There" in listed
    asked = here.post("/account/sessions/")
    assert asked.headers["Location"].startswith("/account/again/"), "ending others asks who is there"
    here.post("/account/again/", {"password": PASSWORD})
    assert here.post("/account/sessions/").status_code == 302
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert UserSession.objects.count() == 1


def test_a_new_password_ends_what_was_opened_with_the_old_one(cast: Cast) -> None:
    here, there = with_both(cast.accounts["Ben"]), with_both(cast.accounts["Ben"])
    new = "a row of words nobody knows"
    wrong = here.post("/account/password/", {"oldpassword": "x", "password1": new, "password2": new})
    assert wrong.status_code == 422
    short = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    assert short.status_code == 422
    done = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (done.status_code, done.headers["Location"]) == (302, "/account/")
    assert here.get("/desk/").status_code == 200
    assert there.get("/desk/").status_code == 302
    assert password(Client(), secret=new).headers["Location"] == SECOND


CHANGES = ["/account/app/remove/", "/account/codes/", "/account/codes/new/", "/account/passkey/"]


@pytest.mark.parametrize("address", CHANGES)
def test_whatever_changes_the_factors_asks_again(cast: Cast, address: str) -> None:
    client = with_both(cast.accounts["Ben"])
    assert client.get(address).status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 301
    session.save()
    assert client.get(address).headers["Location"].startswith("/account/again/")
    assert address.endswith("codes/") or client.post(address).headers["Location"].startswith("/account/again/")
    client.post(f"/account/again/?next={address}", {"password": "something else"})
    assert client.get(address).status_code == 302
    client.post(f"/account/again/?next={address}", {"password": PASSWORD})
    assert client.get(address).status_code == 200


def test_the_last_second_factor_stays(cast: Cast) -> None:
    client = with_both(cast.accounts["Ben"])
    page = client.post("/account/app/remove/")
    assert page.status_code == 422
    assert "only second factor" in page.content.decode()
    assert Authenticator.objects.filter(user=cast.accounts["Ben"], type="totp").exists()


def test_setting_up_an_app(transactional_db: None, cast: Cast) -> None:
    """From the password alone to both, and the rest of the house opens; the key of the session changes with it."""
    eli, client = cast.accounts["Eli"], Client()
    assert password(client, "eli@example.org").headers["Location"] == "/"
    assert client.get("/office/instruments/").headers["Location"] == "/account/"
    assert client.get("/account/app/").headers["Location"].startswith("/account/again/")
    client.post("/account/again/", {"password": PASSWORD})
    assert "<svg" in client.get("/account/app/").content.decode()
    before, seed = key_of(client), client.session["mfa.totp.secret"]
    assert client.post("/account/app/", {"code": "000000"}).status_code == 422
    done = client.post("/account/app/", {"code": code_of_app(seed)})
    assert done.headers["Location"] == "/account/codes/"
    assert key_of(client) != before
    assert client.get("/account/codes/").content.decode().count("<code>") == 10
    assert client.get("/office/instruments/").status_code == 200
    assert Event.objects.filter(verb="factor.added", actor=eli.person_id).exists()


def test_a_lost_phone_and_a_recovery_code(transactional_db: None, cast: Cast) -> None:
    """In by a code; the app of a new phone takes the place of the lost one's, and the other codes stay."""
    ben, client = cast.accounts["Ben"], Client()
    kept = Authenticator.objects.get(user=ben, type="recovery_codes").wrap().get_unused_codes()
    password(client)
    assert second(client, kept[0]).status_code == 302
    asked = client.get("/account/app/").headers["Location"]
    assert asked.startswith("/account/again/"), "whoever found one code on paper knows no password"
    assert client.post("/account/app/", {"code": "000000"}).headers["Location"].startswith("/account/again/")
    client.post("/account/again/", {"password": PASSWORD})
    assert "opens nothing here any more" in client.get("/account/app/").content.decode()
    seed, before = client.session["mfa.totp.secret"], key_of(client)
    assert client.post("/account/app/", {"code": code_of_app()}).status_code == 422, "the lost phone shows another"
    assert Authenticator.objects.filter(user=ben, type="totp").count() == 1
    assert client.post("/account/app/", {"code": code_of_app(seed)}).headers["Location"] == "/account/"
    assert key_of(client) != before
    new = Client()
    password(new)
    assert second(new, code_of_app()).status_code == 422
    assert second(new, code_of_app(seed)).status_code == 302
    assert Authenticator.objects.get(user=ben, type="recovery_codes").wrap().get_unused_codes() == kept[1:]
    verbs = Event.objects.filter(actor=ben.person_id).values_list("verb", flat=True).order_by("seq")
    assert [verb for verb in verbs if verb.startswith("factor.")] == ["factor.removed", "factor.added"]


def test_who_has_a_second_factor_cannot_set_up_another_to_get_around_it(cast: Cast) -> None:
    client = with_password_only(cast.accounts["Ben"])
    for address in ("/account/", "/account/app/", "/account/passkey/", "/account/password/", "/desk/"):
        assert client.get(address).headers["Location"] == f"/account/again/code/?next={address}"
    client.post("/account/again/code/", {"code": code_of_app()})
    assert client.get("/desk/").status_code == 200
