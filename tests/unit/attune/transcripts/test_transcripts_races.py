"""Consent that is taken back while a transcript comes in: whatever comes first, none stays without consent."""

from collections.abc import Iterator
from threading import Barrier, Event
from typing import Any

import pytest
from support.at_once import together
from support.cast import NOW, Cast, make_cast
from support.sessions_told import agree, vtt, yesterdays_session

from attune.base.errors import Conflict, Gone
from attune.care.consent.models import Consent
from attune.care.schedule.models import Session
from attune.people.readers import get_installation
from attune.transcripts import actions, content
from attune.transcripts.consented import add_transcript, take_consent_back, withdraw_transcript
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import keyring
from attune.vault.models import OwnerKey

FILE = actions.File("a.vtt", vtt())


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()
    get_installation.cache_clear()


@pytest.fixture
def session(cast: Cast) -> Session:
    session = yesterdays_session(cast.amara, by=cast.ben)
    agree(session, by=cast.ben, at=NOW)
    return session


def nothing_stays() -> bool:
    """No text, no finding, no key that would open a text."""
    kept = Transcript.objects.exists() or Finding.objects.exists()
    return not kept and not OwnerKey.objects.filter(kind="transcript").exists()


def test_taken_back_while_the_transcript_is_being_kept(
    cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upload holds the consent; whoever takes it back waits, and then erases what came in."""
    holds, kept_before = Event(), actions.add_transcript
    consent = Consent.objects.get()

    def slowly(*given: Any, **named: Any) -> Transcript:
        holds.set()
        Event().wait(0.5)
        return kept_before(*given, **named)

    monkeypatch.setattr(actions, "add_transcript", slowly)

    def take_back() -> None:
        assert holds.wait(10)
        take_consent_back(consent.id, by=cast.ben, at=NOW)

    came = together(lambda: add_transcript(session.id, file=FILE, by=cast.ben, at=NOW), take_back)
    assert isinstance(came[0], Transcript)
    assert came[1] is None
    assert not Consent.objects.filter(revoked_at=None).exists()
    assert nothing_stays()


def test_taken_back_while_the_file_is_being_read(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the first look at the consent and the second: nothing is kept."""
    read_before = actions.read_in

    def read(*given: Any) -> Any:
        take_consent_back(Consent.objects.get().id, by=cast.ben, at=NOW)
        return read_before(*given)

    monkeypatch.setattr(actions, "read_in", read)
    with pytest.raises(Conflict, match="Still missing: Amara"):
        add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)
    assert nothing_stays()


def test_two_files_at_once_leave_one_transcript(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, read_before = Barrier(2), actions.read_in

    def read(*given: Any) -> Any:
        ready.wait(10)
        return read_before(*given)

    monkeypatch.setattr(actions, "read_in", read)

    def upload() -> Transcript:
        return add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)

    came = together(upload, upload)
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "Transcript"]
    assert Transcript.objects.count() == 1


def test_roles_set_on_what_was_erased_meanwhile(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever still had the page open is told so, and nothing comes back."""
    open_before = content.open_content

    def read(kept: Transcript) -> object:
        read_so_far = open_before(kept)
        withdraw_transcript(kept.id, by=cast.ben, at=NOW)
        return read_so_far

    with keyring():
        kept = add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)
        monkeypatch.setattr(actions, "open_content", read)
        with pytest.raises(Gone):
            actions.set_roles(kept, roles={"Ben": "client", "Amara": "other"}, by=cast.ben, at=NOW)
    assert nothing_stays()
