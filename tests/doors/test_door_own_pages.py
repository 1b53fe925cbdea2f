"""A client's own pages: opened at the desk at their wish, entered by a code, a link or a passkey, theirs alone."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from doors_cast import THREE, after, answered, held, link, phq9, planned
from doors_cast import signed_in as at_the_desk
from support.both_factors import key_of, signed_in
from support.cast import NOW, PASSWORD, Cast
from support.sessions_told import transcribed, yesterdays_session

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.consent.models import Asked, Consent
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Assignment, KeptOut, Participant
from attune.care.workflows.own_pages import open_own_pages
from attune.people import letters
from attune.people.limits import Limit
from attune.people.models import Account
from attune.people.own_account import WRONG_PINS, set_pins
from attune.people.viewers import Viewer
from attune.transcripts.models import Transcript
from attune.vault.keys import keyring

OWN = ["/my/", "/my/said/", "/my/record/", "/my/looked/", "/my/ways/", "/my/pins/"]


@pytest.fixture
def ben(cast: Cast) -> Client:
    return at_the_desk(cast)


@pytest.fixture
def amara(cast: Cast) -> Client:
    return signed_in(opened(cast))


def opened(cast: Cast, who: Participant | None = None, email: str = "amara@example.org") -> Account:
    """This client can sign in."""
    who = who or cast.amara
    with keyring():
        open_own_pages(who.id, email=email, by=cast.ben, at=NOW - timedelta(days=7))
    return Account.objects.get(person=who.person_id)


def with_pins(cast: Cast) -> Account:
    """The same, with a PIN for dates and one for everything."""
    account = opened(cast)
    set_pins(account, dates="1234", whole="9753", by=Viewer(account.person_id), at=NOW)
    return account


def at_desk(cast: Cast) -> str:
    return f"/desk/participants/{cast.amara.id}/own-pages/"


def text_of(browser: Client, address: str, status: int = 200) -> str:
    page = browser.get(address)
    assert page.status_code == status, (address, page.status_code)
    return page.content.decode()


def link_in(page: bytes) -> str:
    found = re.search(rb"http://\S+?(/welcome/[\w-]+/)", page)
    assert found
    return found[1].decode()


# --- at the desk


def test_a_therapist_opens_them_at_the_clients_wish(cast: Cast, ben: Client) -> None:
    assert at_desk(cast) in text_of(ben, f"/desk/episodes/{cast.amara.episode_id}/")
    assert "has no account" in text_of(ben, at_desk(cast))
    assert ben.post(at_desk(cast), {"do": "open", "email": "amara@example.org"}).status_code == 302
    account = Account.objects.get(person=cast.amara.person_id)
    assert (account.kind, account.has_usable_password()) == ("client", False)
    text = text_of(ben, at_desk(cast))
    assert "amara@example.org" in text
    assert "Make a way in" in text
    assert {"account.given", "own-pages.opened"} <= set(Event.objects.values_list("verb", flat=True))


@pytest.mark.parametrize("email", ["", "amara", "amara@", "ben@example.org", "BEN@example.org"])
def test_an_address_that_cannot_be_used_comes_back(cast: Cast, ben: Client, email: str) -> None:
    page = ben.post(at_desk(cast), {"do": "open", "email": email})
    assert page.status_code == 422
    assert f'value="{email}"' in page.content.decode()
    assert not Account.objects.filter(person=cast.amara.person_id).exists()
    assert "Ben" not in page.content.decode().split("<main", 1)[1], "whose it is, is not told"


def test_twice_is_told_and_a_press_that_is_none_is_missing(cast: Cast, ben: Client) -> None:
    opened(cast)
    assert ben.post(at_desk(cast), {"do": "open", "email": "other@example.org"}).status_code == 409
    assert ben.post(at_desk(cast), {"do": "nothing"}).status_code == 404
    assert Account.objects.get(person=cast.amara.person_id).email == "amara@example.org"


def test_the_way_in_opens_once_and_looking_uses_nothing_up(cast: Cast, ben: Client) -> None:
    opened(cast)
    page = ben.post(at_desk(cast), {"do": "link"})
    link, phone = link_in(page.content), Client()
    assert "svg" in page.content.decode()
    for _ in range(2):
        assert "Come in" in text_of(phone, link)
    assert phone.get("/my/").status_code == 302
    assert phone.post(link).status_code == 302
    assert "Hello, Amara" in text_of(phone, "/my/")
    assert Client().post(link).status_code == 410


def test_a_new_way_in_shuts_the_old_ones(cast: Cast, ben: Client) -> None:
    before, account = signed_in(with_pins(cast)), opened_account(cast)
    Authenticator.objects.create(user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "Old phone"})
    old = link_in(ben.post(at_desk(cast), {"do": "link"}).content)
    link = link_in(ben.post(at_desk(cast), {"do": "link"}).content)
    assert Client().post(old).status_code == 410
    phone = Client()
    phone.post(link)
    assert "Hello, Amara" in text_of(phone, "/my/"), "the PIN that was lost is not asked for"
    assert not Authenticator.objects.filter(user_id=account.pk).exists()
    assert before.get("/my/").status_code == 302


def opened_account(cast: Cast) -> Account:
    return Account.objects.get(person=cast.amara.person_id)


def test_another_address_and_the_end(cast: Cast, ben: Client, amara: Client) -> None:
    assert ben.post(at_desk(cast), {"do": "move", "email": "ben@example.org"}).status_code == 422
    assert ben.post(at_desk(cast), {"do": "move", "email": " new@example.org "}).status_code == 302
    assert opened_account(cast).email == "new@example.org"
    browser = signed_in(opened_account(cast))
    assert browser.get("/my/").status_code == 200
    assert ben.post(at_desk(cast), {"do": "close"}).status_code == 302
    assert browser.get("/my/").status_code == 302
    assert ben.post(at_desk(cast), {"do": "close"}).status_code == 302, "twice is once"
    assert ben.post(at_desk(cast), {"do": "open", "email": "again@example.org"}).status_code == 302
    assert signed_in(opened_account(cast)).get("/my/").status_code == 200


def test_a_way_in_made_in_one_work_shows_that_work_alone(cast: Cast, ben: Client) -> None:
    """Somebody else's therapist, who makes one, reads nothing that was said to Ben."""
    ola = at_the_desk(cast, "Ola")
    other = Participant.objects.create(episode=cast.dana.episode, person=cast.amara.person, since=NOW)
    opened(cast)
    page = f"/desk/participants/{other.id}/own-pages/"
    assert "does not find this work there" in text_of(ola, page)
    assert ola.post(page, {"do": "link"}).status_code == 409, "it does not stand there yet"
    assert ola.post(page, {"do": "show"}).status_code == 302
    link = link_in(ola.post(page, {"do": "link"}).content)
    phone = Client()
    phone.post(link)
    assert [str(one) for one in text_of(phone, "/my/").split() if one in ("Ben.", "Ola.")] == ["Ola."]
    assert ben.get(at_desk(cast)).status_code == 200
    assert "Codes go to amara@example.org" in text_of(ben, at_desk(cast)), "the client says whether it is theirs"
    assert ben.post(at_desk(cast), {"do": "show"}).status_code == 302
    assert phone.get("/my/").status_code == 302, "whoever was in before, or holds a link, is out"
    text = text_of(signed_in(opened_account(cast)), "/my/")
    assert all(f"With {name}." in text for name in ("Ben", "Ola"))


def test_a_link_from_before_does_not_open_what_was_added_since(cast: Cast, ben: Client) -> None:
    ola = at_the_desk(cast, "Ola")
    other = Participant.objects.create(episode=cast.dana.episode, person=cast.amara.person, since=NOW)
    opened(cast)
    link = link_in(ben.post(at_desk(cast), {"do": "link"}).content)
    assert ola.post(f"/desk/participants/{other.id}/own-pages/", {"do": "show"}).status_code == 302
    assert Client().post(link).status_code == 410


def test_who_is_kept_out_does_not_get_in_by_a_link_that_they_made(cast: Cast, ben: Client) -> None:
    opened(cast)
    Assignment.objects.create(
        episode=cast.amara.episode, therapist_id=cast.accounts["Ola"].person_id, since=NOW - timedelta(days=1)
    )
    link = link_in(ben.post(at_desk(cast), {"do": "link"}).content)
    KeptOut.objects.create(participant=cast.amara, staff_id=cast.ben.me, since=NOW - timedelta(minutes=1))
    assert Client().post(link).status_code == 410


def test_a_clients_link_is_not_used_up_where_a_therapist_is_signed_in(cast: Cast, ben: Client) -> None:
    opened(cast)
    link = link_in(ben.post(at_desk(cast), {"do": "link"}).content)
    assert "Come in" not in text_of(ben, link)
    assert ben.post(link).status_code == 409
    assert ben.get("/desk/").status_code == 200
    assert Client().post(link).status_code == 302


def test_staff_who_are_clients_here_are_not_given_a_second_account(cast: Cast, ben: Client) -> None:
    eli = cast.accounts["Eli"]
    who = Participant.objects.create(episode=cast.amara.episode, person=eli.person, since=NOW)
    page = f"/desk/participants/{who.id}/own-pages/"
    for do in ("open", "move", "link"):
        assert ben.post(page, {"do": do, "email": "eli2@example.org"}).status_code == 409, do
    assert ben.post(page, {"do": "show"}).status_code == 302
    assert ben.post(page, {"do": "link"}).status_code == 409
    assert "Hello, Eli" in text_of(at_the_desk(cast, "Eli"), "/my/")
    assert ben.post(page, {"do": "close"}).status_code == 302
    assert Account.objects.get(pk=eli.pk).is_active


# --- signing in


def test_a_code_by_mail_opens_without_a_second_factor(cast: Cast) -> None:
    opened(cast)
    phone = Client()
    phone.post("/sign-in/code/", {"email": "amara@example.org"})
    letters.wait()
    letter = mail.outbox[-1]
    found = re.search(r"^ {4}(\S+)$", str(letter.body), re.MULTILINE)
    assert found
    assert not re.search("therap|clinic|client|session|attune|amara", str(letter.body), re.IGNORECASE)
    assert phone.post("/sign-in/code/enter/", {"code": found[1]}).headers["Location"] == "/"
    assert phone.get("/").headers["Location"] == "/my/"
    assert "Hello, Amara" in text_of(phone, "/my/")
    assert Account.objects.get(email="amara@example.org").last_login, "by it it is known that they were here"


def test_there_is_no_password(cast: Cast) -> None:
    opened(cast)
    for secret in ("", PASSWORD, "!"):
        assert Client().post("/sign-in/", {"login": "amara@example.org", "password": secret}).status_code == 422


def test_half_an_hour_without_a_press_and_not_a_quarter(cast: Cast, amara: Client) -> None:
    assert amara.get("/my/").status_code == 200
    with fixed(NOW + timedelta(minutes=29)):
        assert amara.get("/my/").status_code == 200
    with fixed(NOW + timedelta(minutes=60)):
        assert amara.get("/my/").headers["Location"] == "/sign-in/?next=/my/"


@pytest.mark.parametrize("address", ["/desk/", "/desk/caseload/", "/office/", "/account/", "/account/password/"])
def test_no_page_of_the_staff(cast: Cast, amara: Client, address: str) -> None:
    nothing = Client().get("/nothing/here/").content
    page = amara.get(address)
    assert (page.status_code, page.content) == (404, nothing)


def test_how_one_signs_in_is_changed_only_just_after_the_sign_in(cast: Cast, amara: Client) -> None:
    changing = ["/my/ways/", "/my/pins/", "/account/passkey/", "/account/sessions/"]
    for address in changing:
        assert amara.get(address).status_code == 200, address
    with fixed(NOW + timedelta(minutes=6)):
        for address in changing:
            page = amara.get(address)
            assert (page.status_code, "Who is there?" in page.content.decode()) == (403, True), address
        assert amara.post("/my/pins/", {"dates": "1234", "whole": "9753"}).status_code == 403
        assert amara.post("/my/again/").headers["Location"] == "/sign-in/?next=/my/ways/"
        assert amara.get("/my/").status_code == 302
    assert not opened_account(cast).has_pins


# --- two PINs


def test_the_first_pin_opens_dates_and_shows_no_sign_of_more(cast: Cast) -> None:
    held(cast.amara, cast.ben)
    coming = planned(cast.amara, cast.ben, NOW + timedelta(days=2))
    browser = signed_in(with_pins(cast))
    assert browser.get("/my/said/").headers["Location"] == "/my/pin/?next=/my/said/"
    assert browser.post("/my/pin/?next=/my/said/", {"pin": "1234"}).headers["Location"] == "/my/"
    text = text_of(browser, "/my/")
    assert coming.starts_at.strftime("%-d %B %Y") in text
    for word in ("Amara", "Ben", "said", "record", "therap", "session", "Help"):
        assert word not in text.split("<main", 1)[1], word
    for address in [*OWN[1:], "/account/passkey/", "/account/sessions/", f"/my/not-these-people/{cast.amara.id}/"]:
        assert browser.get(address).status_code == 404, address
    assert browser.post(f"/my/check-in/{cast.amara.id}/").status_code == 404


def test_the_second_opens_everything_until_it_is_locked(cast: Cast) -> None:
    browser = signed_in(with_pins(cast))
    assert browser.post("/my/pin/", {"pin": "9753", "next": "/my/said/"}).headers["Location"] == "/my/said/"
    assert browser.get("/my/said/").status_code == 200
    assert browser.post("/my/lock/").headers["Location"] == "/my/pin/"
    assert browser.get("/my/said/").status_code == 302
    assert browser.post("/my/pin/", {"pin": "9753", "next": "//evil.example/"}).headers["Location"] == "/my/"


def test_a_wrong_pin_opens_nothing_and_five_of_them_wait(cast: Cast) -> None:
    browser = signed_in(with_pins(cast))
    for pin in ("", "0000", "12345", "x" * 500, "1234\n"):
        page = browser.post("/my/pin/", {"pin": pin})
        assert page.status_code == 422, pin
        assert not pin or f'value="{pin}"' not in page.content.decode()
    assert browser.post("/my/pin/", {"pin": "9753"}).status_code == 422, "held for five minutes"
    assert browser.get("/my/").status_code == 302


@pytest.mark.parametrize(
    ("dates", "whole", "field"),
    [
        ("123", "9753", "dates"),
        ("1111", "9753", "dates"),
        ("1234", "1234", "whole"),
        ("1234", "97a3", "whole"),
        ("1234", "\u0669753", "whole"),
    ],
)
def test_pins_that_are_refused(cast: Cast, amara: Client, dates: str, whole: str, field: str) -> None:
    page = amara.post("/my/pins/", {"dates": dates, "whole": whole})
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.content.decode()
    assert not opened_account(cast).has_pins


def test_pins_are_set_and_dropped(cast: Cast, amara: Client) -> None:
    assert amara.post("/my/pins/", {"dates": "1234", "whole": "9753"}).status_code == 302
    assert amara.get("/my/").status_code == 200, "who set them is not asked at once"
    account = opened_account(cast)
    assert "1234" not in account.dates_pin
    assert amara.post("/my/pins/", {"do": "drop"}).status_code == 302
    assert not opened_account(cast).has_pins
    assert amara.get("/my/pin/").status_code == 404


# --- what stands there


def test_home_says_when_next_and_opens_the_check_in(cast: Cast, amara: Client) -> None:
    assert "No time is planned yet" in text_of(amara, "/my/")
    held(cast.amara, cast.ben)
    text = text_of(amara, "/my/")
    assert "How was our last session?" in text
    to = amara.post(f"/my/check-in/{cast.amara.id}/")
    assert to.headers["Location"].startswith("/c/")
    assert "How was today" in text_of(amara, to.headers["Location"])


def test_what_was_begun_by_another_link_goes_on(cast: Cast, amara: Client) -> None:
    session = held(cast.amara, cast.ben)
    mailed = f"/c/{link(cast.amara, cast.ben, after(session))}/"
    begun = {"more": "Slower, please.", "submission": str(new_id()), "presence": "7"}
    assert amara.post(f"{mailed}draft/", begun).status_code == 200
    onward = amara.post(f"/my/check-in/{cast.amara.id}/").headers["Location"]
    text = text_of(amara, onward)
    assert "Slower, please." in text
    assert amara.get(mailed).status_code == 410
    other = signed_in(opened_account(cast))
    other_way = other.post(f"/my/check-in/{cast.amara.id}/").headers["Location"]
    assert "Slower, please." not in text_of(other, other_way), "in another browser it never was"


def test_what_was_said_stands_as_it_was_given_and_without_a_score(cast: Cast, amara: Client) -> None:
    assert "Nothing yet" in text_of(amara, "/my/said/")
    session = held(cast.amara, cast.ben)
    response = answered(cast.amara, cast.ben, after(session), THREE | {"more": "Slower, please."})
    assert f"/my/said/{response.id}/" in text_of(amara, "/my/said/")
    text = text_of(amara, f"/my/said/{response.id}/")
    assert "Slower, please." in text
    assert "You can read it, and so can Ben." in text
    for word in ("score", "Score", "mean", "signal", "noticed"):
        assert word not in text.split("<main", 1)[1].replace("noticed how I really was", ""), word
    assert Response.objects.get(pk=response.pk).read_at is None, "the client's own look is not the therapist's"


def test_nobody_elses_words(cast: Cast, amara: Client) -> None:
    session = held(cast.farah, cast.ben)
    hers = answered(cast.farah, cast.ben, after(session), THREE)
    farah = signed_in(opened(cast, cast.farah, "farah@example.org"))
    gil = signed_in(opened(cast, cast.gil, "gil@example.org"))
    assert farah.get(f"/my/said/{hers.id}/").status_code == 200
    for browser in (amara, gil):
        assert browser.get(f"/my/said/{hers.id}/").status_code == 404
        assert str(hers.id) not in text_of(browser, "/my/said/")
        assert browser.get(f"/my/not-these-people/{cast.farah.id}/").status_code == 404


def test_who_looked_by_day_up_to_yesterday(cast: Cast, ben: Client, amara: Client) -> None:
    assert "Nobody, up to yesterday." in text_of(amara, "/my/looked/")
    with fixed(NOW - timedelta(days=2)):
        at_the_desk(cast).get(f"/desk/episodes/{cast.amara.episode_id}/")
    ben.get(f"/desk/episodes/{cast.amara.episode_id}/")
    text = text_of(amara, "/my/looked/").split("<main", 1)[1]
    assert "Sunday 15 November" in text
    assert "Ben" in text
    assert "17 November" not in text, "today tells of the moment"
    assert not re.search(r"\d\d:\d\d", text)


def test_not_these_people_by_the_client(cast: Cast, ben: Client, amara: Client) -> None:
    page = f"/my/not-these-people/{cast.amara.id}/"
    ola, therapist = cast.accounts["Ola"].person_id, cast.accounts["Ben"].person_id
    assert "The list is seen by you, and by Ben." in text_of(amara, page)
    assert amara.post(page, {"do": "keep-out", "staff": str(ola)}).status_code == 302
    assert KeptOut.objects.filter(participant=cast.amara, staff=ola, until=None).exists()
    refused = amara.post(page, {"do": "keep-out", "staff": str(therapist)})
    assert (refused.status_code, "Nobody would be left here" in refused.content.decode()) == (422, True)
    assert not KeptOut.objects.filter(staff=therapist).exists()
    assert amara.post(page, {"do": "let-in", "staff": str(ola)}).status_code == 302
    assert amara.post(page, {"do": "nothing"}).status_code == 404


def test_ended_work_still_stands_there(cast: Cast, amara: Client) -> None:
    with keyring():
        end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    text = text_of(amara, "/my/")
    assert "This work has ended" in text
    assert amara.post(f"/my/check-in/{cast.amara.id}/").status_code == 409
    assert amara.get("/my/said/").status_code == 200


# --- transcripts


@pytest.fixture
def asked(cast: Cast, ben: Client, amara: Client) -> str:
    """Ben asks for yesterday's session; the address at which Amara answers."""
    session = yesterdays_session(cast.amara, by=cast.ben)
    page = f"/desk/sessions/{session.id}/transcript/"
    assert "Ask in their own pages" in text_of(ben, page)
    assert ben.post(page, {"do": "ask", "participant": str(cast.amara.id)}).status_code == 302
    return f"/my/asked/{Asked.objects.get().id}/"


def of_session() -> str:
    return f"/desk/sessions/{Asked.objects.get().session_id}/transcript/"


def test_a_consent_is_asked_for_and_given_in_own_pages(cast: Cast, ben: Client, amara: Client, asked: str) -> None:
    assert asked in text_of(amara, "/my/")
    assert asked in text_of(amara, "/my/transcripts/")
    assert "Your care and what you pay stay the same" in text_of(amara, asked)
    assert amara.post(asked, {"answer": "maybe"}).status_code == 404
    assert amara.post(asked, {"answer": "yes"}).status_code == 302
    consent = Consent.objects.get()
    assert (consent.how, consent.recorded_by_id) == ("own-pages", cast.amara.person_id)
    assert amara.post(asked, {"answer": "yes"}).status_code == 302, "twice is once"
    assert Consent.objects.filter(revoked_at=None).count() == 1
    assert "in their own pages" in text_of(ben, of_session())
    assert asked not in text_of(amara, "/my/")


def test_a_no_is_told_to_nobody_and_asked_once(cast: Cast, ben: Client, amara: Client, asked: str) -> None:
    before = text_of(ben, of_session())
    assert amara.post(asked, {"answer": "no"}).status_code == 302
    without = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert without.sub("", text_of(ben, of_session())) == without.sub("", before)
    assert "Ask in their own pages" not in before
    assert ben.post(of_session(), {"do": "ask", "participant": str(cast.amara.id)}).status_code == 409
    assert not Consent.objects.exists()
    assert asked not in text_of(amara, "/my/")


def test_a_therapist_cannot_say_it_for_them(cast: Cast, ben: Client, amara: Client, asked: str) -> None:
    sent = {"do": "consent", "participant": str(cast.amara.id), "how": "own-pages", "given_on": "2026-11-16"}
    assert ben.post(of_session(), sent).status_code == 422
    assert ben.post(of_session(), {"do": "ask", "participant": str(cast.dana.id)}).status_code == 404
    assert ben.post(of_session(), {"do": "ask", "participant": "x"}).status_code == 404
    assert not Consent.objects.exists()


def test_who_has_no_own_pages_is_not_asked_there(cast: Cast, ben: Client) -> None:
    session = yesterdays_session(cast.amara, by=cast.ben)
    page = f"/desk/sessions/{session.id}/transcript/"
    assert "Ask in their own pages" not in text_of(ben, page)
    assert ben.post(page, {"do": "ask", "participant": str(cast.amara.id)}).status_code == 422


def test_the_text_is_theirs_to_read_to_contest_and_to_erase(cast: Cast, ben: Client, amara: Client) -> None:
    session = yesterdays_session(cast.amara, by=cast.ben)
    with keyring():
        kept = transcribed(session.id, by=cast.ben, at=NOW)
    page, found = f"/my/transcripts/{kept.id}/", kept.findings.earliest("utterance")
    assert page in text_of(amara, "/my/transcripts/")
    assert "This is not so" in text_of(amara, page)
    assert amara.post(f"/my/findings/{found.id}/", {"do": "contest"}).headers["Location"].startswith(page)
    assert "Not so, you said." in text_of(amara, page)
    assert "Not so, at the client’s word." in text_of(ben, f"/desk/transcripts/{kept.id}/")
    assert amara.post(f"/my/findings/{found.id}/", {"do": "let-stand"}).status_code == 302
    assert ben.post(f"/desk/findings/{found.id}/", {"do": "contest", "whose": "therapist"}).status_code == 302
    assert amara.post(f"/my/findings/{found.id}/", {"do": "let-stand"}).status_code == 409
    consent = Consent.objects.get()
    assert "erase the text" in text_of(amara, f"/my/consent/{consent.id}/")
    assert amara.post(f"/my/consent/{consent.id}/").status_code == 302
    assert not Transcript.objects.exists()
    assert amara.get(page).status_code == 404
    for press in (amara.get, amara.post):
        assert press(f"/my/consent/{consent.id}/").headers["Location"] == "/my/transcripts/", "twice is once"


def test_of_two_each_takes_back_their_own(cast: Cast) -> None:
    session = yesterdays_session(cast.farah, by=cast.ben)
    with keyring():
        kept = transcribed(session.id, by=cast.ben, at=NOW)
    farah = signed_in(opened(cast, cast.farah, "farah@example.org"))
    assert farah.get(f"/my/transcripts/{kept.id}/").status_code == 200
    gils = Consent.objects.get(participant=cast.gil)
    for press in (farah.get, farah.post):
        assert press(f"/my/consent/{gils.id}/").status_code == 404
    assert farah.post(f"/my/consent/{Consent.objects.get(participant=cast.farah).id}/").status_code == 302
    assert not Transcript.objects.exists()


def test_a_no_holds_whatever_was_entered_or_pressed_before(cast: Cast, ben: Client, amara: Client, asked: str) -> None:
    """The form had been open: meanwhile Ben entered that she agreed, and a transcript was read in."""
    session = Asked.objects.get().session
    with keyring():
        transcribed(session.id, by=cast.ben, at=NOW)
    consent = f"/my/consent/{Consent.objects.get().id}/"
    assert amara.get(asked).headers["Location"] == consent, "there it is taken back"
    assert amara.post(asked, {"answer": "no"}).headers["Location"] == "/my/transcripts/"
    assert not Consent.objects.filter(revoked_at=None).exists()
    assert not Transcript.objects.exists()
    assert asked not in text_of(amara, "/my/"), "and is not asked again"


def test_a_no_after_a_yes_in_another_window_holds(amara: Client, asked: str) -> None:
    amara.post(asked, {"answer": "yes"})
    assert amara.post(asked, {"answer": "no"}).status_code == 302
    assert not Consent.objects.filter(revoked_at=None).exists()


def test_taken_back_it_is_not_asked_again(cast: Cast, ben: Client, amara: Client, asked: str) -> None:
    sent = {"do": "consent", "participant": str(cast.amara.id), "how": "phone", "given_on": "2026-11-16"}
    assert ben.post(of_session(), sent).status_code == 302
    assert amara.post(f"/my/consent/{Consent.objects.get().id}/").status_code == 302
    assert asked not in text_of(amara, "/my/")


def test_of_two_nobody_is_told_what_the_other_opened_or_contested(cast: Cast) -> None:
    session = yesterdays_session(cast.farah, by=cast.ben)
    with keyring():
        kept = transcribed(session.id, by=cast.ben, at=NOW)
    farah = signed_in(opened(cast, cast.farah, "farah@example.org"))
    gil = signed_in(opened(cast, cast.gil, "gil@example.org"))
    page, found = f"/my/transcripts/{kept.id}/", kept.findings.earliest("utterance")
    assert gil.get(page).status_code == 200
    assert gil.post(f"/my/findings/{found.id}/", {"do": "contest"}).status_code == 302
    text = text_of(farah, page)
    assert "Not so, somebody said." in text
    assert "you said" not in text
    assert farah.post(f"/my/findings/{found.id}/", {"do": "let-stand"}).status_code == 409
    assert "Not so, you said." in text_of(gil, page)
    with fixed(NOW + timedelta(days=1)):
        assert "Gil" not in text_of(signed_in(Account.objects.get(email="farah@example.org")), "/my/looked/")


# --- what a fresh eye found about PINs and sessions


def test_behind_pins_nothing_typed_comes_back_in_this_browser(cast: Cast) -> None:
    session = held(cast.amara, cast.ben)
    browser = signed_in(with_pins(cast))
    browser.post("/my/pin/", {"pin": "9753"})
    link = browser.post(f"/my/check-in/{cast.amara.id}/").headers["Location"]
    assert "Keep it for later" not in text_of(browser, link)
    assert browser.post(link, THREE | {"more": "Not for others.", "submission": str(new_id())}).status_code == 302
    browser.post("/my/lock/")
    browser.post("/my/pin/", {"pin": "1234"})
    assert "Not for others." not in browser.get(f"{link}correct/").content.decode()
    assert Response.objects.get(invitation__session=session).browser == ""


def test_what_was_typed_before_the_pins_does_not_come_back_after_them(cast: Cast) -> None:
    account, session = opened(cast), held(cast.amara, cast.ben)
    browser = signed_in(account)
    begun, mailed = f"/c/{link(cast.amara, cast.ben, after(session))}/", f"/c/{link(cast.amara, cast.ben, phq9())}/"
    browser.post(f"{begun}draft/", {"more": "Not for others.", "submission": str(new_id())})
    browser.post(mailed, {"item-1": "1", "submission": str(new_id())})
    assert "Not for others." in text_of(browser, begun)
    assert browser.get(f"{mailed}correct/").status_code == 200
    set_pins(account, dates="1234", whole="9753", by=Viewer(account.person_id), at=NOW)
    assert "Not for others." not in text_of(browser, begun)
    assert browser.get(f"{mailed}correct/").status_code == 409
    browser.post("/my/pin/", {"pin": "9753"})
    assert browser.post(f"/my/check-in/{cast.amara.id}/").status_code == 302, "and nothing stands in the way"


def test_of_many_pins_at_once_no_more_than_five_are_looked_at(db: None) -> None:
    assert [WRONG_PINS.take("somebody") for _ in range(7)] == [True] * 5 + [False] * 2
    limit = Limit("tried by many", 3, 300)
    with patch.object(Limit, "is_reached", return_value=False):  # as each of them saw it before any was counted
        assert sum(limit.take("somebody") for _ in range(9)) == 3


def test_a_therapist_is_not_told_of_other_work(cast: Cast, ben: Client) -> None:
    opened(cast)
    alone = text_of(ben, at_desk(cast)).split("<main", 1)[1]
    Participant.objects.create(episode=cast.dana.episode, person=cast.amara.person, since=NOW, own_pages_since=NOW)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub("", text_of(ben, at_desk(cast)).split("<main", 1)[1]) == token.sub("", alone)


def test_other_pins_shut_what_was_opened_by_the_old_ones(cast: Cast) -> None:
    account = with_pins(cast)
    browser = signed_in(account)
    browser.post("/my/pin/", {"pin": "9753"})
    assert browser.get("/my/said/").status_code == 200
    set_pins(account, dates="4321", whole="8642", by=Viewer(account.person_id), at=NOW)
    assert browser.get("/my/said/").status_code == 302


def test_locking_has_the_browser_forget_what_it_showed(cast: Cast) -> None:
    browser = signed_in(with_pins(cast))
    browser.post("/my/pin/", {"pin": "9753"})
    before = key_of(browser)
    assert browser.post("/my/lock/").headers["Clear-Site-Data"] == '"cache"'
    assert key_of(browser) != before


def test_a_wrong_pin_is_noted_and_a_right_one_forgets_the_wrong(cast: Cast) -> None:
    browser = signed_in(with_pins(cast))
    for _ in range(3):
        for pin in ("0000", "1111", "2222"):
            assert browser.post("/my/pin/", {"pin": pin}).status_code == 422
        assert browser.post("/my/pin/", {"pin": "9753"}).status_code == 302
    assert Event.objects.filter(verb="pin.refused").count() == 9


def test_just_now_begins_with_the_sign_in_whatever_is_opened_first(cast: Cast) -> None:
    browser = signed_in(opened(cast))
    browser.get("/help-now/")
    with fixed(NOW + timedelta(minutes=20)):
        assert browser.get("/my/ways/").status_code == 403


def test_a_list_that_names_a_client_counts_as_a_look(cast: Cast, amara: Client) -> None:
    with fixed(NOW - timedelta(days=1)):
        at_the_desk(cast).get("/desk/caseload/")
        at_the_desk(cast, "Ola").get("/desk/caseload/")  # she had worked with Amara, and does not find her any more
    text = text_of(amara, "/my/looked/").split("<main", 1)[1]
    assert "Ben" in text
    assert "Ola" not in text


def test_the_address_of_a_closed_account_is_free_again(cast: Cast, ben: Client, amara: Client) -> None:
    assert ben.post(at_desk(cast), {"do": "close"}).status_code == 302
    assert Account.objects.get(person=cast.amara.person_id).email.endswith("@ended.invalid")
    opened(cast, cast.farah, "amara@example.org")


def test_ended_work_can_be_opened_to_be_read(cast: Cast, ben: Client) -> None:
    with keyring():
        end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert ben.post(at_desk(cast), {"do": "open", "email": "amara@example.org"}).status_code == 302
    assert "This work has ended" in text_of(signed_in(opened_account(cast)), "/my/")
