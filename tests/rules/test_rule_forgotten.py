"""What was said in a session is nowhere in clear, neither while its transcript is kept nor after it was withdrawn."""

import logging
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from support.both_factors import with_both
from support.cast import NOW, Cast, make_cast
from support.sessions_told import SAID, vtt, yesterdays_session

from attune.base.clock import fixed
from attune.care.schedule.models import Session
from attune.people.readers import get_installation
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import keyring
from attune.vault.models import OwnerKey

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

#: In a client's words, in the therapist's question that a rule points at, in a name, in the name of the file.
CANARY = "zaunkoenig-7141"
TOLD = (
    *SAID,
    ("Ben", f"What was that like for you, with the {CANARY}?"),
    ("Amara", f"I have told nobody of the {CANARY}."),
    (f"Aunt {CANARY}", "I was there, too."),
)


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """On disk, as a clinic's rows are."""
    with fixed(NOW):
        yield make_cast()
    get_installation.cache_clear()


def rows() -> Iterator[str]:
    """Every row of every table, as it is stored; on PostgreSQL this is all that can be looked at."""
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            yield f"{model._meta.label} {[bytes(v) if isinstance(v, memoryview) else v for v in row]}"


def files() -> Iterator[Path]:
    """Everything under the house's own folder, and the databases with their journals."""
    yield from (path for path in settings.ATTUNE.home.rglob("*") if path.is_file())
    if connection.vendor == "sqlite":
        for named in (Path(connections[alias].settings_dict["NAME"]) for alias in connections):
            yield from named.parent.glob(f"{named.name}*")


def where_it_is(phrase: str) -> list[str]:
    """The rows and files that hold the phrase."""
    found = [row.split()[0] for row in rows() if phrase in row]
    return found + [path.name for path in files() if phrase.encode() in path.read_bytes()]


def walk(ben: Client, session: Session) -> list["Page"]:
    """Consent, a file that is refused, one that is taken, a finding contested, the page read."""
    address = f"/desk/sessions/{session.id}/transcript/"
    agreed = {"do": "consent", "participant": session.episode.participants.get().id, "how": "paper"}
    pages = [ben.post(address, agreed | {"given_on": "2026-11-16"})]
    refused = SimpleUploadedFile(f"{CANARY}.vtt", f"WEBVTT\n\n00:05.000 --> 00:01.000\n{CANARY}\n".encode())
    pages += [ben.post(address, {"do": "upload", "file": refused})]
    pages += [ben.post(address, {"do": "upload", "file": SimpleUploadedFile(f"{CANARY}.vtt", vtt(TOLD))})]
    assert [page.status_code for page in pages] == [302, 422, 302]
    finding = Finding.objects.latest("utterance")
    assert finding.utterance == len(SAID), "a rule points at the very phrase"
    pages += [ben.post(f"/desk/findings/{finding.id}/", {"do": "contest", "whose": "client"})]
    read = ben.get(pages[2].headers["Location"])
    assert CANARY in read.content.decode(), "it is read where it should be"
    assert not [page for page in pages if CANARY in page.content.decode()]
    return [*pages, read]


def outside(page: "Page") -> str:
    """All of an answer but its body."""
    return f"{page.headers} {page.cookies} {page.reason_phrase} {page.wsgi_request.get_full_path()}"


def test_what_was_said_is_forgotten(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with keyring():
        session = yesterdays_session(cast.amara, by=cast.ben)
    ben = with_both(cast.accounts["Ben"])
    pages = walk(ben, session)
    kept = Transcript.objects.get()
    assert where_it_is(CANARY) == []

    sealed = bytes(Transcript.objects.values_list("content", flat=True).get())
    pages.append(ben.post(f"/desk/transcripts/{kept.id}/withdraw/"))
    assert not Transcript.objects.exists()
    assert not Finding.objects.exists()
    assert not OwnerKey.objects.filter(kind="transcript").exists()
    assert where_it_is(CANARY) == []
    assert sealed not in b"".join(path.read_bytes() for path in files()), "not even sealed"
    assert not [page.status_code for page in pages if CANARY in outside(page)]
    assert CANARY not in caplog.text


def test_the_search_would_find_it(cast: Cast) -> None:
    """A phrase that is kept in clear is found in the rows, and in a file beside them."""
    house = get_installation()
    house.name = CANARY
    house.save()
    stray = settings.ATTUNE.home / "stray.bin"
    stray.write_bytes(pickle.dumps({"said": CANARY}))
    try:
        found = where_it_is(CANARY)
    finally:
        stray.unlink()
    assert {"people.Installation", "stray.bin"} <= set(found)
    if connection.vendor == "sqlite":
        assert [name for name in found if name.startswith("test-default")]
