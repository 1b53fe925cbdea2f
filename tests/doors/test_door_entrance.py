"""The front door: signing in and out, help now, health, and what is shown when something is wrong."""

import pytest
from django.db import OperationalError
from django.test import Client
from doors_cast import signed_in
from support.cast import PASSWORD, Cast

from attune.audit.models import Event
from attune.doors.desk import today as today_page
from attune.doors.middleware import CONTENT_SECURITY_POLICY

PAGES = ["/", "/sign-in/", "/help-now/", "/health/", "/desk/", "/desk/episodes/new/", "/c/nothing/", "/nowhere/"]


def test_signed_out_is_dead_on_the_server(cast: Cast) -> None:
    client, thief = signed_in(cast), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/desk/").status_code == 200
    assert client.get("/sign-out/").status_code == 405
    left = client.post("/sign-out/")
    assert (left.status_code, left.headers["Clear-Site-Data"]) == (302, '"cache"')
    assert thief.get("/desk/").headers["Location"].startswith("/sign-in/")
    assert Event.objects.filter(verb="sign-out.done").count() == 1


def test_help_now_needs_nobody(cast: Cast) -> None:
    page = Client().get("/help-now/")
    assert page.status_code == 200
    assert 'href="tel:' in page.content.decode()


def test_health_says_only_that(cast: Cast) -> None:
    page = Client().get("/health/")
    assert (page.status_code, page.content) == (200, b"well\n")


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_keeps_its_windows_shut(cast: Cast, address: str, signed: bool) -> None:
    headers = (signed_in(cast) if signed else Client()).get(address).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_database_that_is_down_is_nobodys_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise OperationalError("a table with a name")

    monkeypatch.setattr(today_page, "get_today", down)
    page = signed_in(cast).get("/desk/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "a table with a name" not in page.content.decode()
    assert page.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


def test_a_fault_of_ours_says_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("what a client wrote")

    monkeypatch.setattr(today_page, "get_today", broken)
    client = signed_in(cast)
    client.raise_request_exception = False
    page = client.get("/desk/")
    assert page.status_code == 500
    assert "what a client wrote" not in page.content.decode()


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"login": "ben@example.org", "password": PASSWORD}).status_code == 403


def test_a_clinic_has_no_demo(cast: Cast) -> None:
    assert Client().get("/demo/").status_code == 404
    assert Client().get("/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize(("name", "at_work"), [("Ben", "/desk/"), ("Eli", "/office/instruments/"), ("Chidi", "/")])
def test_everybody_finds_how_they_sign_in(cast: Cast, name: str, at_work: str) -> None:
    """From their own name, above their work: a phone is lost on a day when nobody looks an address up."""
    assert 'href="/account/"' in signed_in(cast, name).get(at_work).content.decode()


def test_staff_without_a_desk_are_told_so_and_can_sign_out(cast: Cast) -> None:
    chidi = signed_in(cast, "Chidi")
    page = chidi.get("/")
    assert page.status_code == 200
    assert "no page for your role yet" in page.content.decode()
    assert "Amara" not in page.content.decode()
    assert signed_in(cast, "Ben").get("/").headers["Location"] == "/desk/"
