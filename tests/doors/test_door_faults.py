"""The database does not answer: told as what it is, nothing typed is lost, and it can be sent again as it was."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError, connections
from django.test import Client, RequestFactory
from django.urls import resolve
from doors_cast import THREE, after, held, link, signed_in
from pytest_django import Settings
from support.cast import PASSWORD, Cast

from attune.care.checkins.models import Response
from attune.doors import errors
from attune.doors.typed import get_typed
from attune.people.readers import get_installation

WORDS = 'My father. "Slowly" <b>now</b>\r\nand Größe, 日本'
FORM = "application/x-www-form-urlencoded"
TYPED = THREE | {"relative": "a_little_harder", "hurt": "yes", "more": WORDS, "less": "Less talk."}


@contextmanager
def down(problem: type[Exception] = OperationalError) -> Iterator[None]:
    """Neither database answers anything."""

    def silent(*_: object) -> None:
        raise problem("a table with a name in it")

    get_installation.cache_clear()
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(silent))
        yield


def post(client: Client, address: str, fields: dict[str, str]) -> Any:
    """As a browser sends a form without files."""
    return client.post(address, urlencode(fields), FORM)


def hidden(page: str) -> dict[str, str]:
    """What a page's form would send."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)}


@pytest.mark.parametrize("problem", [OperationalError, InterfaceError])
def test_what_was_typed_is_on_the_page_and_can_be_sent_again(cast: Cast, problem: type[Exception]) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 4)))
    client = Client(enforce_csrf_checks=True)
    form = client.get(f"/c/{token}/").content.decode()
    sent = hidden(form) | TYPED
    with down(problem):
        page = post(client, f"/c/{token}/", sent)
    shown = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "a table with a name" not in shown
    assert {name: text.replace("\r\n", "\n") for name, text in hidden(shown).items()} == {
        name: text.replace("\r\n", "\n") for name, text in sent.items()
    }
    said = [unescape(text) for text in re.findall(r"<blockquote><p>(.*?)</p>", shown, re.DOTALL)]
    assert said == [WORDS, "Less talk."]
    assert 'href="/help-now/"' in shown
    assert not page.cookies, "the token that was sent still holds: none is set"
    assert post(client, f"/c/{token}/", hidden(shown)).status_code == 302
    assert Response.objects.get().submission.hex == sent["submission"].replace("-", "")


def test_a_reply_lost_after_the_commit_is_the_same_receipt_when_sent_again(cast: Cast) -> None:
    token, fields = (
        link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2))),
        TYPED | {"submission": str(uuid4())},
    )
    first = post(Client(), f"/c/{token}/", fields)
    again = post(Client(), f"/c/{token}/", fields)  # the reply of the first was never read
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert Response.objects.count() == 1


def test_two_tabs_of_one_link_and_the_back_button(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 4)))
    client = Client()
    one, two = (hidden(client.get(f"/c/{token}/").content.decode()) for _ in range(2))
    assert one["submission"] != two["submission"]
    assert post(client, f"/c/{token}/", one | TYPED).status_code == 302
    assert post(client, f"/c/{token}/", one | TYPED).status_code == 302, "back, and sent again as it was"
    assert post(client, f"/c/{token}/", one | TYPED | {"presence": "1"}).status_code == 409, "back, changed, sent again"
    other = post(client, f"/c/{token}/", two | TYPED)
    assert other.status_code == 409
    assert "Less talk." in other.content.decode(), "the second tab's words are shown, to be copied"
    assert Response.objects.count() == 1


def test_a_desks_form_comes_back_too_and_no_help_stands_on_it(cast: Cast) -> None:
    client = signed_in(cast)
    address = f"/desk/episodes/{cast.amara.episode_id}/appointments/new/"
    with down():
        shown = post(client, address, {"day": "2026-11-20", "note": "A line of Ben's."}).content.decode()
    assert hidden(shown) == {"day": "2026-11-20", "note": "A line of Ben's."}
    assert "help-now" not in shown


def test_a_page_that_was_only_looked_at_has_nothing_to_send(cast: Cast) -> None:
    with down():
        page = Client().get("/c/nothing/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "<form" not in page.content.decode()


def test_a_password_is_never_sent_back(cast: Cast) -> None:
    with down():
        page = post(Client(), "/sign-in/", {"login": "ben@example.org", "password": PASSWORD})
    assert page.status_code == 503
    assert PASSWORD not in page.content.decode()
    assert "<form" not in page.content.decode()


def test_files_and_secrets_are_not_given_back(rf: RequestFactory) -> None:
    files, secret = rf.post("/desk/", {"note": "A line."}), rf.post("/desk/", "note=A", FORM)
    for request in (files, secret):
        request.resolver_match = resolve("/desk/")
    secret.sensitive_post_parameters = ["note"]  # type: ignore[attr-defined]
    plain = rf.post("/desk/", "note=A", FORM)
    plain.resolver_match = resolve("/desk/")
    assert get_typed(plain) is not None
    assert [get_typed(files), get_typed(secret)] == [None, None]


def test_help_now_needs_no_database(cast: Cast) -> None:
    with down():
        page = Client().get("/help-now/")
    assert page.status_code == 200
    assert "tel:" in page.content.decode()


def test_a_session_that_cannot_be_kept_is_not_the_senders_fault(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Django calls a session that the database did not update a bad request: 400."""
    client = signed_in(cast)
    save = SessionStore.save

    def silent(self: SessionStore, must_create: bool = False) -> None:
        with down():
            save(self, must_create)

    monkeypatch.setattr(SessionStore, "save", silent)
    settings.SESSION_SAVE_EVERY_REQUEST = True
    page = client.get("/help-now/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")


def test_around_the_pages_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)

    def silent(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", silent)
    assert client.get("/help-now/").status_code == 503
    monkeypatch.undo()


def test_what_is_no_fault_of_the_database_stays_what_it_is(rf: RequestFactory) -> None:
    assert errors.bad_request(rf.get("/"), ValueError()).status_code == 400
    assert errors.server_error(rf.get("/")).status_code == 500
