"""A phrase said in confidence is found nowhere but where it was said: not in logs, events, addresses, nor on disk."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client
from support.askings import ask
from support.both_factors import signed_in, with_both
from support.cast import NOW, Cast, make_cast
from support.mail_server import MailServer, mail_server

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.models import Response
from attune.care.feedback.models import Word
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.workflows.own_pages import open_own_pages
from attune.care.workflows.receive_checkin import get_answers
from attune.commands import worker
from attune.people.models import Account
from attune.people.readers import get_installation
from attune.vault.keys import keyring
from attune_science import instruments

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

CANARY = "zaunkoenig-7141"
STARTS = NOW - timedelta(hours=2)


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """On disk, as a clinic's rows are."""
    with fixed(NOW):
        yield make_cast()
    get_installation.cache_clear()


def meet(cast: Cast) -> tuple[Appointment, Session]:
    """An appointment, and the session that came of it."""
    wall = STARTS.replace(tzinfo=None)
    with keyring():
        when = When(wall.date(), wall.time(), "Europe/London")
        appointment = plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=STARTS - timedelta(days=1))
        return appointment, hold_session(appointment, by=cast.ben, at=NOW)


def askings(cast: Cast) -> list[Asking]:
    """Each form that has lines for words."""
    appointment, session = meet(cast)
    return [
        ask("after", "attune-session", "eight", session_id=session.id),
        ask("before", "attune-before", "full", appointment_id=appointment.id),
    ]


def filled(asking: Asking) -> tuple[dict[str, str], set[str]]:
    """Every line for words filled with the phrase, every choice that opens one made; and the names of those lines."""
    part = asking.parts[0]
    items = instruments.get(part.instrument).asked(part.form)
    words = {item.key: f"{CANARY} in {item.key}" for item in items if item.kind == "words"}
    opened = {item.opened_by.item: item.opened_by.answers[0] for item in items if item.opened_by}
    return words | opened, set(words)


def send(asking: Asking, cast: Cast) -> tuple[list["Page"], set[str]]:
    """The form is refused once, then taken; the pages that came, and which lines held the phrase."""
    with keyring():
        token = invite(cast.amara, asking=asking, by=cast.ben, at=NOW)[1]
    answers, words = filled(asking)
    number = next(item.key for item in instruments.get(asking.parts[0].instrument).items if item.kind == "rating")
    client, address = Client(), f"/c/{token}/"
    refused = client.post(address, answers | {number: "eleven", "submission": str(uuid4())})
    assert refused.status_code == 422
    assert CANARY in refused.content.decode(), "what was typed comes back to the one who typed it"
    taken = client.post(address, answers | {"submission": str(uuid4())})
    assert taken.status_code == 302
    again = client.post(address, {key: f"{CANARY} again" for key in words} | {"submission": str(uuid4())})
    shown = [client.get(address), client.get(f"{address}received/")]
    assert [page.status_code for page in (again, *shown)] == [409, 200, 200]
    assert not any(CANARY in page.content.decode() for page in shown)
    told = again.content.decode()
    assert told.count(f"{CANARY} again") == told.count(CANARY) > 0, (
        "what was just typed, to be copied; nothing before it"
    )
    return [refused, taken, again, *shown], words


def write_between_sessions(cast: Cast) -> list["Page"]:
    """Both write to each other, something is asked for and answered, and a session is told: each with the phrase."""
    with keyring():
        open_own_pages(cast.amara.id, email="amara@example.net", by=cast.ben, at=NOW)
    amara, ben = signed_in(Account.objects.get(person=cast.amara.person_id)), with_both(cast.accounts["Ben"])
    wrote = {"do": "send", "words": CANARY}
    asked = amara.post(f"/my/feedback/{cast.amara.id}/", {"do": "say", "words": CANARY, "submission": str(uuid4())})
    opened = ben.post(f"/desk/participants/{cast.amara.id}/feedback/", {"do": "open"})
    word = Word.objects.get(kind=Word.Kind.ANY)
    answer = {"kind": "kept", "words": CANARY, "submission": str(uuid4())}
    return [
        asked,
        opened,
        ben.post(f"/desk/words/{word.id}/answer/", answer),
        amara.post(f"/my/messages/{cast.amara.id}/", wrote | {"submission": str(uuid4())}),
        ben.post(f"/desk/participants/{cast.amara.id}/messages/", wrote | {"submission": str(uuid4())}),
        ben.post(f"/desk/sessions/{Session.objects.latest('number').id}/summary/", {"do": "release", "words": CANARY}),
    ]


def carried(server: MailServer) -> str:
    """What the mail server was told: the letters that say that something came."""
    worker.sweep(at=NOW + timedelta(hours=1))
    assert sorted(server.to) == ["amara@example.net", "ben@example.org"]
    return " ".join(f"{to} {data.decode()}" for to, data in server.letters)


def read_it_all(cast: Cast) -> list["Page"]:
    """The therapist opens everything."""
    ben = with_both(cast.accounts["Ben"])
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    pages = [ben.post(f"{episode}brief/"), ben.get(f"{episode}brief/"), ben.get(episode), ben.get("/desk/")]
    each = [f"/desk/responses/{one}/" for one in Response.objects.values_list("id", flat=True)]
    pages += [ben.post(address) for address in each]
    responses = [ben.get(address) for address in each]
    assert all(CANARY in page.content.decode() for page in responses), "it is read where it should be"
    return pages + responses


def outside(page: "Page") -> str:
    """All of an answer but its body: headers, cookies, where it leads, what was asked for."""
    return f"{page.headers} {page.cookies} {page.reason_phrase} {page.wsgi_request.get_full_path()}"


def rows() -> Iterator[str]:
    """Every row of every table, as it is stored."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            yield f"{model._meta.label} {[bytes(v) if isinstance(v, memoryview) else v for v in row]}"


def files() -> list[Path]:
    """The databases on disk, with what has not been moved into them yet."""
    named = [Path(connections[alias].settings_dict["NAME"]) for alias in connections]
    return [path for name in named for path in name.parent.glob(f"{name.name}*")]


def test_a_phrase_stays_where_it_was_said(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    came, held = zip(*(send(asking, cast) for asking in askings(cast)), strict=True)
    pages = [page for listed in came for page in listed] + read_it_all(cast)
    _it_was_kept(held)
    pages += (between := write_between_sessions(cast))
    assert [page.status_code for page in between] == [302] * 6
    with mail_server() as server:
        letters = carried(server)
    assert not [word for word in (CANARY, "Amara", "Ben", "A practice") if word in letters]
    assert not [page.status_code for page in pages if CANARY in outside(page)]
    assert CANARY not in caplog.text
    assert Event.objects.exists()
    assert not [row for row in rows() if CANARY in row]
    if connection.vendor == "sqlite":
        assert len(files()) >= 2
        assert not [path.name for path in files() if CANARY.encode() in path.read_bytes()]


def test_the_search_would_find_it(cast: Cast) -> None:
    """A phrase in a field that is not sealed is found in the rows and on the disk."""
    get_installation.cache_clear()
    house = get_installation()
    house.name = CANARY
    house.save()
    assert [row for row in rows() if CANARY in row]
    if connection.vendor == "sqlite":
        assert [path for path in files() if CANARY.encode() in path.read_bytes()]


def _it_was_kept(held: tuple[set[str], ...]) -> None:
    with keyring():
        kept = [get_answers(response).words for response in Response.objects.order_by("given_at", "id")]
    assert sorted(map(sorted, kept)) == sorted(map(sorted, held)), "each line for words was tried, and kept"
    assert all(CANARY in words for said in kept for words in said.values())
