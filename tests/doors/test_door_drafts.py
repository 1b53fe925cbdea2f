"""A check-in that was begun: it waits in its own browser, is seen in no other, and goes when it is sent."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import EIGHT, THREE, after, answered, held, link, phq9
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.checkins.actions import forget_drafts
from attune.care.checkins.models import Draft, Response
from attune.care.episodes.actions import end_episode
from attune.doors.portal.browser import COOKIE
from attune.vault.keys import keyring

BEGUN = {"presence": "6", "more": "Going slowly.", "helped": "interpreter"}


def save(browser: Client, token: str, typed: dict[str, str], *, script: bool = True) -> int:
    """As the script does, or as the button."""
    quiet = {"quiet": "1"} if script else {}
    return browser.post(f"/c/{token}/draft/", typed | quiet | {"submission": str(uuid4())}).status_code


@pytest.fixture
def token(cast: Cast) -> str:
    return link(cast.amara, cast.ben, after(held(cast.amara, cast.ben), "eight"))


def test_everything_typed_comes_back_in_its_own_browser(token: str) -> None:
    phone = Client()
    assert save(phone, token, BEGUN) == 204
    shown = phone.get(f"/c/{token}/").content.decode()
    assert "Going slowly." in shown
    assert 'name="presence" value="6" checked' in shown
    assert 'value="interpreter" checked' in shown


def test_no_other_browser_sees_it(token: str) -> None:
    phone = Client()
    save(phone, token, BEGUN)
    other = Client()
    assert "Going slowly." not in other.get(f"/c/{token}/").content.decode()
    other.cookies[COOKIE] = "x" * 22
    assert "Going slowly." not in other.get(f"/c/{token}/").content.decode()
    other.cookies[COOKIE] = ""
    assert "Going slowly." not in other.get(f"/c/{token}/").content.decode()


def test_the_cookie_is_set_by_saving_alone(token: str) -> None:
    phone = Client()
    for method in (phone.get, phone.head):
        assert COOKIE not in method(f"/c/{token}/").cookies
    assert not Draft.objects.exists()
    saved = phone.post(f"/c/{token}/draft/", BEGUN | {"quiet": "1"})
    kept = saved.cookies[COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Lax", "/", 72 * 3600)
    assert len(kept.value) == 22, "128 bits"
    assert phone.post(f"/c/{token}/draft/", BEGUN).cookies[COOKIE].value == kept.value


def test_two_on_their_way_at_once_are_of_one_browser(token: str) -> None:
    """Before the first was answered neither has the cookie; whichever answer comes last, the draft is found."""
    key, first, second = str(uuid4()), Client(), Client()
    kept = [
        one.post(f"/c/{token}/draft/", BEGUN | {"quiet": "1", "submission": key}).cookies[COOKIE].value
        for one in (first, second)
    ]
    assert kept[0] == kept[1]
    assert "Going slowly." in first.get(f"/c/{token}/").content.decode()
    other = Client().post(f"/c/{token}/draft/", BEGUN | {"quiet": "1", "submission": str(uuid4())})
    assert other.cookies[COOKIE].value != kept[0]


def test_what_is_kept_is_sealed_and_names_no_browser(cast: Cast, token: str) -> None:
    phone = Client()
    save(phone, token, BEGUN | {"hurt": "rather_not", "foreign": "x"})
    save(phone, second := link(cast.amara, cast.ben, phq9()), {"item-1": "2"})
    row = Draft.objects.values().first()
    assert row is not None
    assert b"slowly" not in bytes(row["fields"])
    assert phone.cookies[COOKIE].value not in str(row)
    assert len(set(Draft.objects.values_list("browser", flat=True))) == 2, "two check-ins of one browser look like two"
    with keyring():
        kept = Draft.objects.exclude(invitation__kind="questionnaire").get().fields or ""
    assert "rather_not" not in kept, "an answer that is taken as none is not kept even here"
    assert "foreign" not in kept
    assert second


def test_the_button_works_without_a_script(token: str) -> None:
    phone = Client()
    form = phone.get(f"/c/{token}/").content.decode()
    assert f'formaction="/c/{token}/draft/"' in form
    page = phone.post(f"/c/{token}/draft/", BEGUN)
    assert page.status_code == 200
    assert "Kept for later" in page.content.decode()
    assert "Going slowly." not in page.content.decode()
    assert "Going slowly." in phone.get(f"/c/{token}/").content.decode()


def test_it_goes_when_it_is_sent(token: str) -> None:
    phone = Client()
    save(phone, token, BEGUN)
    assert phone.post(f"/c/{token}/", EIGHT | {"submission": str(uuid4())}).status_code == 302
    assert not Draft.objects.exists()
    assert save(phone, token, BEGUN) == 409, "a late script keeps nothing of what was sent"
    assert not Draft.objects.exists()


def test_emptied_it_is_gone_and_nothing_is_told(token: str) -> None:
    phone, events = Client(), Event.objects.count()
    save(phone, token, BEGUN)
    assert Event.objects.count() == events, "whether somebody has begun is nobody's business"
    assert save(phone, token, {"presence": ""}) == 204
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "next_thing",
    [
        lambda cast: save(Client(), link(cast.amara, cast.ben, phq9()), {"item-1": "1"}),
        lambda cast: answered(cast.amara, cast.ben, phq9(), {"item-1": "1"}),
        lambda cast: forget_drafts(at=NOW + timedelta(hours=72)),
    ],
    ids=["saves", "submits", "starts"],
)
def test_after_three_days_whoever_comes_next_deletes_it(
    cast: Cast, token: str, next_thing: Callable[[Cast], object]
) -> None:
    phone = Client()
    with fixed(NOW - timedelta(hours=72)):
        assert save(phone, token, BEGUN) == 204
    assert "Going slowly." not in phone.get(f"/c/{token}/").content.decode(), "not even before it is deleted"
    next_thing(cast)
    assert not Draft.objects.exclude(saved_at=NOW).exists()


def test_with_several_people_nothing_waits(cast: Cast) -> None:
    token = link(cast.farah, cast.ben, phq9())
    form = Client().get(f"/c/{token}/").content.decode()
    assert "Keep it for later" not in form
    assert "draft" not in form
    assert save(Client(), token, {"item-1": "2"}) == 409
    page = Client().post(f"/c/{token}/draft/", {"item-1": "2"})
    assert page.status_code == 409
    assert COOKIE not in page.cookies
    sent = Client().post(f"/c/{token}/", {"item-1": "2", "submission": str(uuid4())})
    assert sent.status_code == 302
    assert COOKIE not in sent.cookies
    assert Response.objects.get().browser == ""


def test_wrong_state(cast: Cast, token: str) -> None:
    assert save(Client(), "nothing", BEGUN) == 404
    assert Client().get(f"/c/{token}/draft/").status_code == 405
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert save(Client(), token, BEGUN) == 410
    page = Client().post(f"/c/{token}/draft/", BEGUN)
    assert page.status_code == 410
    assert "Going slowly." in page.content.decode(), "what was typed is shown, to be copied"
    assert not Draft.objects.exists()


def test_the_last_browser_that_saves_holds_it(token: str) -> None:
    phone, laptop = Client(), Client()
    save(phone, token, BEGUN)
    save(laptop, token, THREE | {"more": "Something else."})
    assert "Going slowly." not in phone.get(f"/c/{token}/").content.decode()
    assert "Something else." in laptop.get(f"/c/{token}/").content.decode()
