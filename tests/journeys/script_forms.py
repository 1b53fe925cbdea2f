"""Forms that come back with what was typed: refused, begun, closed, come too late, sent while nothing can be kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Page
from script_world import WORDED, Told, enter_for
from support.cast import NOW
from support.scripts_tried import nulls

from attune.base.clock import fixed
from attune.care.checkins.models import Response
from attune.care.safety.models import Concern
from attune.care.schedule.models import Session
from attune.people.models import Installation
from attune.people.readers import get_installation

#: Somebody opens a page, and somebody looks whether a text stands on it as words.
Open = Callable[[str], Page]
Look = Callable[[Page, str], None]
#: A file may be called so; a stroke would end its name.
FILE = "<svg onload=ran(1)>.toml"


def fill(page: Page, text: str, where: str = "textarea") -> None:
    """Write it everywhere, whatever the browser would let somebody type there."""
    page.locator("#main form").first.evaluate("form => { form.noValidate = true }")
    page.locator(f"#main {where}").evaluate_all(
        "(fields, text) => fields.forEach(field => { field.type = 'text'; field.value = text })"
        if where != "textarea"
        else "(fields, text) => fields.forEach(field => { field.value = text })",
        text,
    )


def send(page: Page, button: str = "#main button.solid") -> None:
    page.locator(button).first.evaluate("button => button.click()")
    page.wait_for_load_state()


def in_one_line(text: str) -> str:
    """As a browser sends it from a field of one line."""
    return text.replace("\n", "")


def a_clients(told: Told, stranger: Open, look: Look, patch: pytest.MonkeyPatch) -> None:
    """Refused, kept for later, sent, and changed; and in another browser: not kept, and sent while nothing can be."""
    phone, other = stranger("phone"), stranger("other")
    phone.goto(told.before)
    fill(phone, " ".join(nulls()))
    with phone.expect_navigation():
        send(phone)
    look(phone, " ".join(nulls()).replace("\0", "\ufffd"))  # as a browser shows a sign that no text holds
    for page in (phone, other):
        page.goto(told.before)
        fill(page, told.text)
    with phone.expect_navigation():
        send(phone, "button[formaction]")
    phone.goto(told.before)
    look(phone, told.text)
    phone.locator("input[name=wellbeing][value='4']").evaluate("one => { one.checked = true; one.value = '44' }")
    with phone.expect_navigation():
        send(phone)
    look(phone, told.text)
    phone.locator("input[name=wellbeing][value='4']").evaluate("one => { one.checked = true }")
    with phone.expect_navigation():
        send(phone)
    phone.goto(f"{told.before}correct/")
    look(phone, told.text)
    with patch.context() as broken, other.expect_navigation():
        broken.setattr("attune.doors.portal.checkins.receive_checkin", _silent)
        send(other)
    look(other, told.text)
    with other.expect_navigation():
        send(other, "button:text('Send it again')")
    look(other, told.text)


def _silent(**_: Any) -> None:
    raise OperationalError


def a_therapists(told: Told, ben: Page, look: Look) -> None:
    """Entered by hand, refused and entered a second time; a name, a day; what was written when the session was over."""
    address = enter_for(told.cast.farah)
    again = ben.context.new_page()
    for page in (ben, again):
        page.goto(address)
        fill(page, told.text)
    with ben.expect_navigation():
        send(ben)
    look(ben, told.text)
    for page in (ben, again):
        page.locator("input[name=channel]").first.evaluate("one => { one.checked = true }")
        with page.expect_navigation():
            send(page)
        look(page, told.text)
    again.close()
    episode = told.cast.farah.episode_id
    for address in ("/desk/episodes/new/", reverse("desk:new-appointment", args=[episode])):
        ben.goto(address)
        fill(ben, told.text, "input.input")
        with ben.expect_navigation():
            send(ben)
        look(ben, in_one_line(told.text))
    ben.goto(reverse("desk:letters", args=[told.cast.farah.id]))
    fill(ben, told.text, "input.input")
    with ben.expect_navigation():
        send(ben, "form:has(#address) button")
    look(ben, in_one_line(told.text))
    ben.goto(reverse("desk:messages", args=[told.cast.farah.id]))
    key = ben.locator("input[name=submission]").input_value()
    for words in (told.text, f"{told.text} again"):  # a page that has sent already gives back what else was typed
        ben.locator("input[name=submission]").evaluate("(one, key) => { one.value = key }", key)
        fill(ben, words)
        with ben.expect_navigation():
            send(ben)
        look(ben, told.text)
    ben.goto("/desk/notes/")
    ben.locator("input[name=take]").first.check()
    with ben.expect_navigation():
        send(ben)
    look(ben, told.text)
    ben.goto(reverse("desk:answer-concern", args=[Concern.objects.get(participant=told.cast.amara).id]))
    fill(ben, told.text)
    with fixed(NOW + timedelta(minutes=20)), ben.expect_navigation():
        send(ben)
    look(ben, told.text)


def not_looked_at_yet(told: Told, ben: Page, look: Look) -> None:
    """What stands before a page that has not been opened, and what an invitation and a demo say of people."""
    amara, farah = told.cast.amara, told.cast.farah
    response = Response.objects.filter(participant=amara, replaced_by=None).latest("given_at")
    Response.objects.filter(participant=amara).update(read_at=None)
    last = Session.objects.filter(episode=farah.episode_id).latest("number")
    for address in (
        reverse("desk:brief", args=[amara.episode_id]),
        reverse("desk:response", args=[response.id]),
        reverse("desk:enter-after", args=[last.id, farah.id]),
    ):
        ben.goto(address)
        look(ben, told.text)
    ben.goto(reverse("desk:episode", args=[farah.episode_id]))
    with ben.expect_navigation():
        send(ben, f"form[action='{reverse('desk:invite', args=[farah.id])}'] button")
    look(ben, told.text)
    ben.goto(reverse("desk:own-pages", args=[amara.id]))
    with ben.expect_navigation():
        ben.get_by_role("button", name="Make a way in").click()
    look(ben, told.text)
    Installation.objects.update(kind="demo")
    get_installation.cache_clear()
    ben.goto("/demo/")
    look(ben, told.text)
    Installation.objects.update(kind="clinic")
    get_installation.cache_clear()


def an_operators(told: Told, eli: Page, look: Look) -> None:
    """A wording that is not taken: its file's name, and what is said about what stands in it."""
    eli.goto(f"/office/instruments/{WORDED}/")
    eli.locator("input[name=licence]").check()
    bad = f"instrument = {told.text}".encode()
    eli.locator("input[name=file]").set_input_files({"name": FILE, "mimeType": "text/plain", "buffer": bad})
    with eli.expect_navigation():
        send(eli, "button:text('Load it')")
    look(eli, FILE)


def at_the_entrance(told: Told, stranger: Open, ben: Page, look: Look) -> None:
    """An address that is none, twice; a mail, which is plain text; and the names that browsers give themselves."""
    page = stranger("entrance")
    for address in ("/sign-in/", "/sign-in/code/"):
        page.goto(address)
        fill(page, told.text, "input.input")
        with page.expect_navigation():
            send(page)
        look(page, in_one_line(told.text))
    page.goto("/sign-in/code/")
    fill(page, "ben@example.org", "input.input")
    with page.expect_navigation():
        send(page)
    letter = mail.outbox[-1]
    assert (letter.content_subtype, getattr(letter, "alternatives", [])) == ("plain", [])
    assert told.text not in f"{letter.subject} {letter.body}"
    key = next(one["value"] for one in ben.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    agent = told.text[:200]
    UserSession.objects.update_or_create(
        session_key=key, defaults={"user": told.cast.accounts["Ben"], "ip": "127.0.0.1", "user_agent": agent}
    )
    ben.goto("/account/sessions/")
    look(ben, agent)
