"""Transcripts at the desk: agreed to, read in, contested, withdrawn; and everything that is refused."""

import re
from datetime import timedelta
from html import unescape
from time import process_time
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from doors_cast import held, signed_in
from support.cast import NOW, Cast
from support.sessions_told import SAID, agree, long_session, transcribed, vtt

from attune.audit.models import Event, Shown
from attune.care.consent.models import Consent
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Session
from attune.transcripts.actions import MOST_LINES
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import Owner, destroy, keyring
from attune.vault.models import OwnerKey


def text_of(page: Any) -> str:
    """A page as it is read: without its marks, blanks joined."""
    main = page.content.decode().split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


@pytest.fixture
def session(cast: Cast) -> Session:
    with keyring():
        return held(cast.amara, cast.ben, 2)


@pytest.fixture
def kept(cast: Cast, session: Session) -> Transcript:
    with keyring():
        return transcribed(session.id, by=cast.ben, at=NOW)


def where(session: Session) -> str:
    return f"/desk/sessions/{session.id}/transcript/"


def upload(ben: Client, session: Session, data: bytes, name: str = "session.vtt") -> Any:
    return ben.post(where(session), {"do": "upload", "file": SimpleUploadedFile(name, data)})


def consent(ben: Client, session: Session, who: UUID, **chosen: str) -> Any:
    sent = {"do": "consent", "participant": str(who), "how": "paper", "given_on": "2026-11-16"} | chosen
    return ben.post(where(session), sent)


def test_from_consent_to_the_margin(cast: Cast, ben: Client, session: Session) -> None:
    assert "Amara has not agreed" in text_of(ben.get(where(session)))
    assert consent(ben, session, cast.amara.id).status_code == 302
    text = text_of(ben.get(where(session)))
    assert "Amara , on paper, signed agreed on 16 November 2026 · entered by Ben" in text
    came = upload(ben, session, vtt())
    kept = Transcript.objects.get()
    assert came.headers["Location"] == f"/desk/transcripts/{kept.id}/"
    page = ben.get(came.headers["Location"])
    text = text_of(page)
    for words in (
        "Amara agreed on 16 November 2026.",
        "Nothing here tells how anybody felt, nor how the alliance is.",
        "Open invitation 3 times.",
        "Asked for feedback 1 time.",
        "Therapist: Ben",
        "Client: Amara",
        "3 questions. 3 open invitations.",
        "1 silence of three seconds or more, of 4 seconds.",
        "(a silence of 4 seconds)",
        "rule “how-was-this”, version 1",
    ):
        assert words in text
    assert '<mark class="found">how was this for you today?</mark>' in page.content.decode()
    assert "session.vtt" not in text, "the name of a file may tell of somebody"


def test_a_page_leaves_one_event_that_names_everybody(cast: Cast, ben: Client, kept: Transcript) -> None:
    before = Event.objects.count()
    ben.get(f"/desk/transcripts/{kept.id}/")
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("seq")
    assert (event.verb, event.subject) == ("transcript.shown", kept.id)
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_no_file_is_read_before_everybody_agreed(cast: Cast, ben: Client) -> None:
    with keyring():
        session = held(cast.farah, cast.ben)
    for missing in ("Farah, Gil", "Gil"):
        page = upload(ben, session, vtt())
        assert page.status_code == 409
        assert f"Still missing: {missing}." in text_of(page)
        assert not Transcript.objects.exists()
        if missing == "Farah, Gil":
            consent(ben, session, cast.farah.id)
            assert "Not yet: somebody has still to agree." in text_of(ben.get(where(session)))
    consent(ben, session, cast.gil.id, how="phone")
    assert upload(ben, session, vtt()).status_code == 302
    assert "Check-in" not in text_of(ben.get(f"/desk/transcripts/{Transcript.objects.get().id}/"))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"how": ""}, "Say how it was given: on paper, or by phone."),
        ({"given_on": ""}, "Write the day as 2026-03-19."),
        ({"given_on": "2026-11-18"}, "This day has not come yet."),
        ({"participant": "x"}, "Choose who agreed, from the list."),
    ],
)
def test_a_consent_that_cannot_be_entered(
    cast: Cast, ben: Client, session: Session, chosen: dict[str, str], words: str
) -> None:
    page = consent(ben, session, cast.amara.id, **chosen)
    assert page.status_code == 422
    assert words in text_of(page)
    assert not Consent.objects.exists()
    if "given_on" not in chosen:
        assert 'value="2026-11-16"' in page.content.decode(), "what was chosen is kept"


def test_a_consent_of_somebody_else_is_missing(cast: Cast, ben: Client, session: Session) -> None:
    assert consent(ben, session, cast.farah.id).status_code == 404
    assert ben.post(where(session), {"do": "everything"}).status_code == 404


def test_a_consent_is_entered_once(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    assert consent(ben, session, cast.amara.id).status_code == 409
    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.vtt", b"", "empty"),
        ("cut.vtt", b"WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nNo.\n", "Line 3"),
        ("sound.mp3", bytes(range(256)) * 40, ""),
        ("bomb.docx", b"PK\x03\x04 nothing of a document", ""),
        ("notes.txt", b"T: Nobody is named here.\n\x00\x00", "choose the file again"),
    ],
)
def test_a_file_that_cannot_be_read(
    cast: Cast, ben: Client, session: Session, name: str, data: bytes, words: str
) -> None:
    consent(ben, session, cast.amara.id)
    keys = OwnerKey.objects.count()
    page = upload(ben, session, data, name)
    text = text_of(page)
    assert page.status_code == 422, text
    assert words in text
    assert "choose the file again" in text
    assert "Nobody is named here" not in text, "what was said is not in a refusal"
    assert not Transcript.objects.exists()
    assert OwnerKey.objects.count() == keys


def test_no_file_at_all(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    page = ben.post(where(session), {"do": "upload"})
    assert page.status_code == 422
    assert "No file arrived." in text_of(page)


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, 21 * 1024 * 1024])
def test_a_larger_file_is_one_sentence(cast: Cast, ben: Client, session: Session, size: int) -> None:
    consent(ben, session, cast.amara.id)
    page = upload(ben, session, b"T: word\n" * (size // 8 + 1))
    assert page.status_code == 422
    assert "It is larger than 20 MB." in text_of(page)
    assert not Transcript.objects.exists()


def test_a_second_file_waits_for_the_first_to_go(ben: Client, session: Session, kept: Transcript) -> None:
    page = upload(ben, session, vtt())
    assert page.status_code == 409
    assert "Withdraw it first" in text_of(page)
    assert Transcript.objects.get() == kept


def test_contested_at_her_word_and_let_stand_again(cast: Cast, ben: Client, kept: Transcript) -> None:
    found = Finding.objects.get(transcript=kept, code="feedback-asked")
    address = f"/desk/findings/{found.id}/"
    back = ben.post(address, {"do": "contest", "whose": "client"})
    assert back.headers["Location"] == f"/desk/transcripts/{kept.id}/#line-{found.utterance + 1}"
    page = ben.get(f"/desk/transcripts/{kept.id}/")
    text = text_of(page)
    assert "That feedback was asked for was not found by a rule. 1 contested, and not counted." in text
    assert "Not so, at the client’s word. It counts nowhere." in text
    assert "This is not so : Asked for feedback" not in text
    assert ben.post(address, {"do": "contest", "whose": "therapist"}).status_code == 409
    assert Finding.objects.get(pk=found.pk).contested_by == "client"
    assert ben.post(address, {"do": "let-stand"}).status_code == 302
    assert "Asked for feedback 1 time." in text_of(ben.get(f"/desk/transcripts/{kept.id}/"))
    assert ben.post(address, {"do": "let-stand"}).status_code == 409


@pytest.mark.parametrize(
    ("sent", "status"), [({"do": "contest"}, 422), ({"do": "contest", "whose": "me"}, 422), ({}, 404)]
)
def test_a_contest_names_whose_word(ben: Client, kept: Transcript, sent: dict[str, str], status: int) -> None:
    found = Finding.objects.filter(transcript=kept).first()
    assert found is not None
    assert ben.post(f"/desk/findings/{found.id}/", sent).status_code == status
    assert not Finding.objects.exclude(contested_at=None).exists()


def test_who_is_who_is_set_and_counted_anew(ben: Client, kept: Transcript) -> None:
    found = Finding.objects.get(transcript=kept, code="feedback-asked")
    ben.post(f"/desk/findings/{found.id}/", {"do": "contest", "whose": "therapist"})
    address = f"/desk/transcripts/{kept.id}/"
    assert "guessed" not in text_of(ben.get(address)), "their names are known here"
    sent = {"do": "roles", "name": ["Ben", "Amara"], "role": ["client", "therapist"]}
    assert ben.post(address, sent).status_code == 302
    text = text_of(ben.get(address))
    assert "Therapist: Amara" in text
    assert "No open invitation was found by a rule." in text
    ben.post(address, sent | {"role": ["therapist", "client"]})
    text = text_of(ben.get(address))
    assert "Open invitation 3 times." in text
    assert "Not so, at a therapist’s word." not in text, "what no rule pointed at any more was forgotten with it"


def test_roles_that_may_be_swapped_are_told_first(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    address = upload(ben, session, long_session(36)).headers["Location"]
    ben.post(address, {"do": "roles", "name": ["Ben", "Amara"], "role": ["client", "therapist"]})
    page = ben.get(address)
    text = text_of(page)
    assert text.index("look whether the roles are swapped") < text.index("What a transcript can tell")
    assert "<details open>" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "role"), [([], []), (["Ben"], ["therapist"]), (["Ben", "Amara"], ["therapist", "boss"])]
)
def test_roles_for_everybody(ben: Client, kept: Transcript, name: list[str], role: list[str]) -> None:
    page = ben.post(f"/desk/transcripts/{kept.id}/", {"do": "roles", "name": name, "role": role})
    assert page.status_code == 422
    assert "Say for everybody who speaks" in text_of(page)


def test_withdrawn_is_gone(cast: Cast, ben: Client, session: Session, kept: Transcript) -> None:
    address = f"/desk/transcripts/{kept.id}/withdraw/"
    assert "the key of this transcript" in text_of(ben.get(address))
    assert Transcript.objects.exists(), "asking erases nothing"
    assert ben.post(address).headers["Location"] == where(session)
    assert not Transcript.objects.exists()
    assert not Finding.objects.exists()
    assert not OwnerKey.objects.filter(kind="transcript").exists()
    assert ben.get(f"/desk/transcripts/{kept.id}/").status_code == ben.post(address).status_code == 404
    assert Consent.objects.filter(revoked_at=None).exists()
    assert upload(ben, session, vtt()).status_code == 302, "another file may be read in"


def test_taken_back_erases_at_once(cast: Cast, ben: Client, session: Session, kept: Transcript) -> None:
    given = Consent.objects.get()
    address = f"/desk/consents/{given.id}/take-back/"
    assert "Amara takes the consent back" in text_of(ben.get(address))
    assert ben.post(address).status_code == 302
    assert not Transcript.objects.exists()
    assert ben.post(address).status_code == ben.get(address).status_code == 409
    assert upload(ben, session, vtt()).status_code == 409
    assert consent(ben, session, cast.amara.id).status_code == 302, "she may agree anew"


def test_a_destroyed_key_is_said_kindly(ben: Client, kept: Transcript) -> None:
    destroy(Owner("transcript", kept.id))
    page = ben.get(f"/desk/transcripts/{kept.id}/")
    assert page.status_code == 410
    assert "was erased" in text_of(page)
    assert ben.post(f"/desk/transcripts/{kept.id}/withdraw/").status_code == 302


def test_ended_work_can_be_read_and_erased(cast: Cast, ben: Client, session: Session, kept: Transcript) -> None:
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert ben.get(f"/desk/transcripts/{kept.id}/").status_code == 200
    assert upload(ben, session, vtt()).status_code == 409
    assert ben.post(f"/desk/transcripts/{kept.id}/withdraw/").status_code == 302
    assert 'name="do"' not in ben.get(where(session)).content.decode()


def test_the_sheet_says_it_all(cast: Cast, ben: Client) -> None:
    with keyring():
        session = held(cast.farah, cast.ben)
    page = ben.get(f"{where(session)}consent-sheet/")
    text = text_of(page)
    for words in (
        "For Farah. Session 1",
        "For Gil. Session 1",
        "Your care and what you pay stay the same",
        "Nothing is sent anywhere",
        "Who can read it now: Ben.",
        "It cannot tell how you felt",
        "Signature",
        "version 1",
    ):
        assert words in text
    assert page.content.decode().count("Each of you is asked alone.") == 2


def test_the_episode_tells_how_far_it_is(cast: Cast, ben: Client, session: Session) -> None:
    episode = f"/desk/episodes/{cast.amara.episode_id}/"
    assert where(session) in ben.get(episode).content.decode()
    with keyring():
        agree(session, by=cast.ben, at=NOW)
    assert "Transcript : session 2 being agreed" in text_of(ben.get(episode))
    upload(ben, session, vtt())
    assert "Transcript : session 2 there" in text_of(ben.get(episode))


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_nobody_else_finds_them(cast: Cast, session: Session, kept: Transcript, name: str) -> None:
    other = signed_in(cast, name)
    found, given = Finding.objects.first(), Consent.objects.get()
    assert found is not None
    for address in (
        where(session),
        f"{where(session)}consent-sheet/",
        f"/desk/transcripts/{kept.id}/",
        f"/desk/transcripts/{kept.id}/withdraw/",
        f"/desk/consents/{given.id}/take-back/",
    ):
        assert other.get(address).status_code == 404
    assert other.post(f"/desk/transcripts/{kept.id}/withdraw/").status_code == 404
    assert other.post(f"/desk/consents/{given.id}/take-back/").status_code == 404
    assert other.post(f"/desk/findings/{found.id}/", {"do": "contest", "whose": "client"}).status_code == 404
    assert Transcript.objects.exists()


def test_another_language_is_told_so(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    german = "T: Wie war die Woche für Sie?\nC: Ruhig, ich habe viel geschlafen und war am See.\n" * 10
    came = upload(ben, session, german.encode(), "woche.txt")
    text = text_of(ben.get(came.headers["Location"]))
    assert "Nothing was looked for. This needs English" in text
    assert "Open invitations: none can be told. This needs English" in text
    assert "No times are told." in text


def test_what_was_said_is_only_text(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    said = 'T: What was <b>that</b> like for you & "him"?\nC: <script>alert(1)</script> Loud.\n'
    page = ben.get(upload(ben, session, said.encode(), "a.txt").headers["Location"])
    html = page.content.decode()
    assert "<script>" not in html
    assert "What was &lt;b&gt;that&lt;/b&gt; like for you &amp; &quot;him&quot;?" in html


def test_a_long_session_is_there_at_once(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    address = upload(ben, session, long_session(1500)).headers["Location"]
    assert ben.get(address).content.decode().count('class="turn') == 1500
    took = []
    for _ in range(3):
        began = process_time()  # the machine may have other work, too, and every line is traced for its coverage
        ben.get(address)
        took.append(process_time() - began)
    assert min(took) < 1, f"{min(took):.2f} s"


def test_findings_lead_from_one_to_the_next(ben: Client, kept: Transcript) -> None:
    html = ben.get(f"/desk/transcripts/{kept.id}/").content.decode()
    lines = [found.utterance + 1 for found in Finding.objects.order_by("utterance")]
    for line in lines:
        assert f'href="#line-{line}"' in html
        assert f'id="line-{line}"' in html
    assert len(SAID) == html.count('class="turn')
    assert NOW - timedelta(days=1) < kept.uploaded_at


def test_more_lines_than_any_session_has_are_refused(cast: Cast, ben: Client, session: Session) -> None:
    consent(ben, session, cast.amara.id)
    long = "\n".join(f"{'T' if n % 2 else 'C'}: Line." for n in range(MOST_LINES + 1)).encode()
    page = upload(ben, session, long, "long.txt")
    assert page.status_code == 422
    assert "more than any session" in text_of(page)
    assert not Transcript.objects.exists()


def test_where_nobody_could_agree_nothing_is_read(cast: Cast, ben: Client, session: Session) -> None:
    Participant.objects.filter(pk=cast.amara.pk).update(until=NOW - timedelta(weeks=3))
    page = upload(ben, session, vtt())
    assert page.status_code == 409
    assert not Transcript.objects.exists()
