"""Bodies that no browser sends: in another alphabet, and what stands in for a passkey. Refused, never a fault."""

from io import BytesIO

import pytest
from django.test import Client, RequestFactory
from doors_cast import link, phq9, signed_in
from support.as_served import AsServed
from support.askings import ask
from support.both_factors import with_both
from support.cast import NOW, PASSWORD, Cast

from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode
from attune.pages.components import scale
from attune.people.links import make_link
from attune.people.models import EntryLink
from attune.people.viewers import MACHINE
from attune.wsgi import application

FORM = "application/x-www-form-urlencoded"
OTHERS = ("latin-1", "utf-16", "base64", "rot13", "undefined", "unicode_escape", "idna", "nothing-known", '"zlib"')
_LIKE_ONE = (
    '{"id":"AA","rawId":"AA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AA",'
    '"attestationObject":"AA","authenticatorData":"AA","signature":"AA","userHandle":"\\ud800"}}'
)
#: No passkey, each in its own way: nested too deep, a number too long, without what must be there, of another shape.
NO_PASSKEYS = (
    *("[" * 100_000, "1" * 5000, "1e400", "{}", "[]", '"x"', '{"id":null,"response":[]}'),
    '{"response":{"userHandle":1}}',
    '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
    _LIKE_ONE,
)


def by_server(address: str, kind: str, body: bytes, query: str = "") -> int:
    """The status that the application itself answers with, as a server asks it."""
    environ = RequestFactory()._base_environ(
        PATH_INFO=address,
        REQUEST_METHOD="POST",
        CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(len(body)),
        QUERY_STRING=query,
        **{"wsgi.input": BytesIO(body)},
    )
    came: list[str] = []
    b"".join(application(environ, lambda status, *_: came.append(status)))
    return int(came[0].split()[0])


@pytest.mark.parametrize("named", OTHERS)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain"])
def test_another_alphabet_is_refused(cast: Cast, kind: str, named: str) -> None:
    many = "&".join(f"a{n}=%zz" for n in range(300))
    for query in ("", "a=%ff%zz", many):
        assert by_server("/sign-in/", f"{kind}; charset={named}", b"x", query) == 400
    for extended in (f"{kind}; charset*={named}''x", f"{kind}; charset*0={named}", f"{kind}; a*={named}''%ff"):
        assert by_server("/sign-in/", extended, b"x") == 400


def test_what_is_refused_for_its_alphabet_is_not_kept(cast: Cast) -> None:
    browser = Client()
    browser.handler = AsServed(enforce_csrf_checks=False)
    address = f"/c/{link(cast.amara, cast.ben, phq9())}/"
    refused = browser.generic("POST", address, b"item-1=1", f"{FORM}; charset=latin-1")
    assert refused.status_code == 400
    assert refused.headers["Content-Security-Policy"]
    assert not Response.objects.exists()
    for ours in ("utf-8", '"UTF-8"', "us-ascii"):
        assert browser.generic("POST", address, b"item-1=nine", f"{FORM};charset={ours}").status_code == 422


@pytest.mark.parametrize("sent", NO_PASSKEYS, ids=lambda sent: sent[:20])
def test_what_is_no_passkey_does_not_sign_in(cast: Cast, sent: str) -> None:
    browser = Client()
    browser.get("/sign-in/passkey/")
    page = browser.post("/sign-in/passkey/", {"credential": sent})
    assert (page.status_code, page.headers["Location"]) == (302, "/sign-in/?passkey=no")
    with_both(cast.accounts["Ben"])
    half = Client()
    assert half.post("/sign-in/", {"login": "ben@example.org", "password": PASSWORD}).status_code == 302
    assert half.post("/sign-in/second/", {"credential": sent}).status_code == 422
    assert half.get("/account/").status_code == 302


@pytest.mark.parametrize("sent", NO_PASSKEYS, ids=lambda sent: sent[:20])
def test_what_is_no_passkey_is_not_set_up(cast: Cast, sent: str) -> None:
    ben = signed_in(cast)
    ben.get("/account/passkey/")
    assert ben.post("/account/passkey/", {"credential": sent}).status_code == 422
    assert "Passkey 1" not in ben.get("/account/").content.decode()


def test_what_was_typed_into_a_line_does_not_stay_in_memory(cast: Cast) -> None:
    """Rows of keys are kept from one page to the next: only as many as there are keys, with nobody's words in them."""
    scale._row.cache_clear()
    address = f"/c/{link(cast.amara, cast.ben, ask('after', 'attune-session', 'three'))}/"
    sizes: list[int] = []
    for n in range(3):
        assert Client().post(address, {"presence": f"{n} and a half"}).status_code == 422
        sizes.append(scale._row.cache_info().currsize)
    assert sizes[0] == sizes[-1]


def test_a_form_that_was_answered_is_not_asked_for_again(cast: Cast) -> None:
    """What cannot be read of a second answer is given back, to be copied: it is not said that it came."""
    address = f"/c/{link(cast.amara, cast.ben, phq9())}/"
    assert Client().post(address, {"item-1": "1"}).status_code == 302
    page = Client().post(address, {"item-1": "nine", "less": "The sheet."})
    assert page.status_code == 409
    assert Response.objects.count() == 1


def test_more_in_an_address_than_is_read_is_refused_before_anything_is_kept(cast: Cast) -> None:
    token = make_link(cast.accounts["Ola"], by=MACHINE, at=NOW)
    address = f"/welcome/{token}/?{'&'.join(f'a{n}=1' for n in range(300))}"
    assert Client().post(address, {"password": "words that nobody has used"}).status_code == 400
    assert EntryLink.objects.get(account=cast.accounts["Ola"]).used_at is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_day_beyond_all_days_is_refused_in_every_zone(cast: Cast, day: str, zone: str) -> None:
    """The first hours of the first day are none any more, elsewhere."""
    Episode.objects.filter(pk=cast.amara.episode_id).update(zone=zone)
    page = signed_in(cast).post(
        f"/desk/episodes/{cast.amara.episode_id}/appointments/new/", {"day": day, "time": "00:01"}
    )
    assert page.status_code == 422
    assert 'id="day-error"' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("time", "\u0661\u0666:\u0660\u0660"), ("time", "\uff11\uff16:\uff10\uff10"), ("day", "\u0662026-12-01")],
)
def test_digits_of_another_script_are_no_hour_and_no_day(cast: Cast, field: str, typed: str) -> None:
    sent = {"day": "2026-12-01", "time": "16:00"} | {field: typed}
    page = signed_in(cast).post(f"/desk/episodes/{cast.amara.episode_id}/appointments/new/", sent)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.content.decode()


@pytest.mark.parametrize(
    "name", ["sessionid", "csrftoken", "attune_browser", "attune_tablet", "messages", "django_language"]
)
@pytest.mark.parametrize("value", [r'"\000aaaaaaaaaaaaaaaa"', r'"\377\376aaaaaaaa"', "x" * 6000, "a:b:c", "{}", "%00"])
def test_a_cookie_that_nobody_gave_opens_nothing(cast: Cast, name: str, value: str) -> None:
    odd = {"HTTP_COOKIE": f"{name}={value}"}
    assert Client().get("/desk/", **odd).status_code == 302
    assert Client().get("/sign-in/", **odd).status_code == 200
    address = f"/c/{link(cast.amara, cast.ben, phq9())}/"
    assert Client().get(address, **odd).status_code == 200
    assert Client().post(address, {"item-1": "1"}, **odd).status_code == 302
