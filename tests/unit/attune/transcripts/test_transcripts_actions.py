"""A transcript is kept sealed and whole, or not at all; findings point and quote nothing; erasing is for good."""

from collections.abc import Iterator

import pytest
from django.forms import model_to_dict
from support.cast import NOW, Cast, make_cast
from support.sessions_told import SAID, agree, transcribed, vtt, yesterdays_session

from attune.audit.models import Event
from attune.base.errors import Conflict, Gone, NotYours, Refused
from attune.care.consent.models import Consent
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Session
from attune.people.viewers import Viewer, get_viewer
from attune.transcripts import actions
from attune.transcripts.consented import Agreed, add_transcript, give_consent, take_consent_back, withdraw_transcript
from attune.transcripts.content import open_content
from attune.transcripts.models import Finding, Transcript
from attune.transcripts.readers import get_finding, get_transcript, list_heard
from attune.vault.keys import keyring
from attune.vault.models import OwnerKey

FILE = actions.File("a.vtt", vtt())


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()


@pytest.fixture
def session(cast: Cast) -> Session:
    return yesterdays_session(cast.amara, by=cast.ben)


@pytest.fixture
def kept(cast: Cast, session: Session) -> Transcript:
    return transcribed(session.id, by=cast.ben, at=NOW)


@pytest.fixture
def ola(cast: Cast) -> Viewer:
    return get_viewer(cast.accounts["Ola"].person_id, at=NOW)


def stored(kept: Transcript) -> bytes:
    """The text as the database has it."""
    return bytes(Transcript.objects.values_list("content", flat=True).get(pk=kept.pk))


def test_what_was_said_comes_back_exactly(kept: Transcript) -> None:
    said = open_content(Transcript.objects.get(pk=kept.pk)).transcript
    assert [(one.speaker, one.text) for one in said.utterances] == list(SAID)
    assert said.utterances[5].start == 29.0
    assert not [text for _, text in SAID if text.encode() in stored(kept)]


def test_it_has_a_key_of_its_own(cast: Cast, kept: Transcript) -> None:
    key = OwnerKey.objects.get(kind="transcript")
    assert key.owner == kept.id
    assert stored(kept)[1:17] == key.id.bytes


def test_findings_and_measures_quote_nothing(kept: Transcript) -> None:
    rows = [model_to_dict(row) for row in Finding.objects.filter(transcript=kept)]
    assert len(rows) == 4
    told = f"{rows} {kept.measures}"
    assert not [word for _, text in SAID for word in text.split() if len(word) > 6 and word.strip(".,?") in told]
    assert set(kept.measures) == {"therapist", "client"}
    assert kept.measures["therapist"]["questions"] == 3


def test_the_names_in_the_record_tell_who_is_who(kept: Transcript) -> None:
    roles = open_content(kept).roles
    assert dict(roles.by_speaker) == {"Ben": "therapist", "Amara": "client"}
    assert not roles.guessed
    assert roles.warnings == ()


@pytest.mark.parametrize("name", ["ben", "BEN", "Ben Carter"])
def test_names_as_people_write_them(cast: Cast, session: Session, name: str) -> None:
    agree(session, by=cast.ben, at=NOW)
    said = tuple((name if speaker == "Ben" else speaker, text) for speaker, text in SAID)
    kept = add_transcript(session.id, file=actions.File("a.vtt", vtt(said)), by=cast.ben, at=NOW)
    assert open_content(kept).roles.by_speaker[name] == "therapist"


def test_a_name_that_both_bear_tells_nothing(cast: Cast, session: Session) -> None:
    agree(session, by=cast.ben, at=NOW)
    person = cast.amara.person
    person.name = "Ben"
    person.save()
    kept = add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)
    assert open_content(kept).roles.warnings


def test_all_of_it_or_nothing(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    agree(session, by=cast.ben, at=NOW)
    events = Event.objects.count()

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Finding.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)
    assert not Transcript.objects.exists()
    assert Event.objects.count() == events


def test_events_name_what_was_done(cast: Cast, kept: Transcript) -> None:
    found = kept.findings.latest("utterance")
    actions.contest(found, at_word_of="client", by=cast.ben, at=NOW)
    actions.let_stand(found, by=cast.ben, at=NOW)
    actions.set_roles(kept, roles={"Ben": "client", "Amara": "other"}, by=cast.ben, at=NOW)
    withdraw_transcript(kept.id, by=cast.ben, at=NOW)
    take_consent_back(Consent.objects.get().id, by=cast.ben, at=NOW)
    done = Event.objects.filter(episode=cast.amara.episode_id).order_by("seq").values_list("verb", flat=True)
    assert list(done)[-7:] == [
        "consent.recorded",
        "transcript.added",
        "finding.contested",
        "finding.let-stand",
        "transcript.roles-set",
        "transcript.withdrawn",
        "consent.revoked",
    ]


def test_what_is_contested_is_heard_no_more(cast: Cast, session: Session, kept: Transcript) -> None:
    heard = list_heard([session.id]).get(session.id)
    assert heard is not None
    assert (heard.invitations, heard.feedback) == ((1, 5, 10), (10,))
    actions.contest(kept.findings.get(code="feedback-asked"), at_word_of="client", by=cast.ben, at=NOW)
    after = list_heard([session.id]).get(session.id)
    assert after is not None
    assert (after.invitations, after.feedback) == ((1, 5, 10), ())


def test_contested_stays_contested_when_counted_anew(cast: Cast, kept: Transcript) -> None:
    actions.contest(kept.findings.get(code="feedback-asked"), at_word_of="client", by=cast.ben, at=NOW)
    actions.set_roles(kept, roles={"Ben": "therapist", "Amara": "other"}, by=cast.ben, at=NOW)
    assert Finding.objects.exclude(contested_at=None).get().code == "feedback-asked"
    assert set(Transcript.objects.get().measures) == {"therapist", "other"}


def test_lines_without_a_speaker_take_no_role(cast: Cast, session: Session) -> None:
    agree(session, by=cast.ben, at=NOW)
    data = b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ben>How are things?\n\n00:01.000 --> 00:02.000\nSlow.\n"
    kept = add_transcript(session.id, file=actions.File("a.vtt", data), by=cast.ben, at=NOW)
    actions.set_roles(kept, roles={"Ben": "therapist"}, by=cast.ben, at=NOW)
    assert open_content(kept).roles.by_speaker[""] == "other"


def test_a_row_copied_from_a_backup_does_not_open_any_more(cast: Cast, kept: Transcript) -> None:
    blob, row = stored(kept), Transcript.objects.values().get(pk=kept.pk)
    withdraw_transcript(kept.id, by=cast.ben, at=NOW)
    Transcript.objects.bulk_create([Transcript(**{**row, "content": blob})])
    with keyring(), pytest.raises(Gone):
        open_content(Transcript.objects.get(pk=row["id"]))
    withdraw_transcript(row["id"], by=cast.ben, at=NOW)
    assert not Transcript.objects.exists(), "and it can be taken out again"


def test_consent_is_of_one_session_alone(cast: Cast) -> None:
    agree(yesterdays_session(cast.amara, by=cast.ben, ago=8), by=cast.ben, at=NOW)
    other = yesterdays_session(cast.amara, by=cast.ben)
    with pytest.raises(Conflict, match="Still missing: Amara"):
        add_transcript(other.id, file=FILE, by=cast.ben, at=NOW)


def test_who_has_left_before_need_not_agree_and_who_left_later_must(cast: Cast) -> None:
    session = yesterdays_session(cast.farah, by=cast.ben)
    give_consent(session.id, Agreed(cast.farah.id, "phone", NOW.date()), by=cast.ben, at=NOW)
    Participant.objects.filter(pk=cast.gil.pk).update(until=NOW)
    with pytest.raises(Conflict, match="Still missing: Gil"):
        add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)
    Participant.objects.filter(pk=cast.gil.pk).update(until=session.held_at.replace(year=2025))
    assert add_transcript(session.id, file=FILE, by=cast.ben, at=NOW).pk


def test_either_of_a_couple_ends_it_for_both(cast: Cast) -> None:
    session = yesterdays_session(cast.farah, by=cast.ben)
    transcribed(session.id, by=cast.ben, at=NOW)
    take_consent_back(Consent.objects.get(participant=cast.gil).id, by=cast.ben, at=NOW)
    assert not Transcript.objects.exists()
    assert Consent.objects.get(participant=cast.farah).revoked_at is None


def test_nothing_is_read_before_the_consent(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("It was read.")

    monkeypatch.setattr(actions, "read_transcript", never)
    with pytest.raises(Conflict):
        add_transcript(session.id, file=FILE, by=cast.ben, at=NOW)


def test_who_may_not_read_the_episode_may_nothing(cast: Cast, session: Session, kept: Transcript, ola: Viewer) -> None:
    consent, finding = Consent.objects.get(), kept.findings.latest("utterance")
    agreed = Agreed(cast.amara.id, "paper", NOW.date())
    for attempt in (
        lambda: add_transcript(session.id, file=FILE, by=ola, at=NOW),
        lambda: give_consent(session.id, agreed, by=ola, at=NOW),
        lambda: take_consent_back(consent.id, by=ola, at=NOW),
        lambda: withdraw_transcript(kept.id, by=ola, at=NOW),
        lambda: get_transcript(ola, kept.id, at=NOW),
        lambda: get_finding(ola, finding.id, at=NOW),
    ):
        with pytest.raises(NotYours):
            attempt()
    assert Transcript.objects.get() == kept


def test_ended_work_takes_nothing_new_but_can_be_erased(cast: Cast, session: Session, kept: Transcript) -> None:
    Episode.objects.update(state=Episode.State.ENDED)
    with pytest.raises(Conflict):
        give_consent(session.id, Agreed(cast.amara.id, "paper", NOW.date()), by=cast.ben, at=NOW)
    take_consent_back(Consent.objects.get().id, by=cast.ben, at=NOW)
    assert not Transcript.objects.exists()


def test_a_file_prints_no_content() -> None:
    assert "father" not in repr(FILE)


def test_a_larger_file_is_not_read(cast: Cast, session: Session) -> None:
    agree(session, by=cast.ben, at=NOW)
    with pytest.raises(Refused) as refused:
        add_transcript(session.id, file=actions.File("a.txt", b"x" * (actions.LARGEST + 1)), by=cast.ben, at=NOW)
    assert "20 MB" in refused.value.fields["file"]
