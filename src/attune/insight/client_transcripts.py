"""Transcripts as a client sees them: what they were asked, what they agreed to, and the text, which is theirs too."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_is_own, own_participations
from attune.care.consent.models import Asked, Consent
from attune.care.consent.readers import list_who_must_agree
from attune.care.schedule.models import Session
from attune.insight.checkin_form import names_of_readers
from attune.insight.transcript_page import TranscriptPage, page_of
from attune.people.viewers import Viewer
from attune.transcripts.models import Transcript
from attune.transcripts.readers import get_own_transcript


@dataclass(frozen=True)
class OwnConsent:
    """A consent of theirs that stands, and the transcript that rests on it, where one was read in."""

    consent: Consent
    transcript_id: UUID | None


@dataclass(frozen=True)
class OwnTranscripts:
    """Everything that the page names."""

    asked: list[Asked]
    agreed: list[OwnConsent]


@dataclass(frozen=True)
class Question:
    """What one client is asked about one session. `several`: others must agree, too."""

    session: Session
    readers: tuple[str, ...]
    several: bool
    asked: Asked | None = None
    agreed: OwnConsent | None = None


def list_own_transcripts(viewer: Viewer, *, at: datetime) -> OwnTranscripts:
    """What waits for their answer, and what they agreed to; leaves one event."""
    own = own_participations(viewer)
    if not own.exists():
        raise NotYours
    agreed = list(
        Consent.objects.select_related("session__appointment")
        .filter(participant__in=own, revoked_at=None)
        .order_by("-session__held_at")
    )
    there = dict(Transcript.objects.filter(session__in=[one.session_id for one in agreed]).values_list("session", "id"))
    page = OwnTranscripts(list_asked(viewer), [OwnConsent(one, there.get(one.session_id)) for one in agreed])
    note("transcripts.listed", by=viewer, at=at, shown=[viewer.me])
    return page


def list_asked(viewer: Viewer) -> list[Asked]:
    """What they were asked and have not answered, for sessions to which they never agreed otherwise."""
    own = own_participations(viewer)
    agreed = Consent.objects.filter(participant__in=own).values("session")
    waiting = Asked.objects.filter(participant__in=own, answered_at=None).exclude(session__in=agreed)
    return list(waiting.select_related("session__appointment").order_by("-asked_at"))


def get_own_asked(viewer: Viewer, asked_id: UUID, *, at: datetime) -> Question:
    """What they were asked, in all its sentences; leaves one event."""
    asked = Asked.objects.select_related("session__appointment").filter(pk=asked_id).first()
    if asked is None:
        raise NotYours
    check_is_own(viewer, asked.participant_id)
    standing = Consent.objects.filter(participant=asked.participant_id, session=asked.session_id, revoked_at=None)
    agreed = _with_transcript(standing.first())
    return _question(viewer, asked.session, asked=asked, agreed=agreed, at=at)


def get_own_consent(viewer: Viewer, consent_id: UUID, *, at: datetime) -> Question:
    """What they agreed to, in all its sentences, `agreed` if it still stands; leaves one event."""
    consent = Consent.objects.select_related("session__appointment").filter(pk=consent_id).first()
    if consent is None:
        raise NotYours
    check_is_own(viewer, consent.participant_id)
    agreed = _with_transcript(consent if consent.revoked_at is None else None)
    return _question(viewer, consent.session, agreed=agreed, at=at)


def _with_transcript(consent: Consent | None) -> OwnConsent | None:
    if consent is None:
        return None
    there = Transcript.objects.filter(session=consent.session_id).values_list("id", flat=True).first()
    return OwnConsent(consent, there)


def _question(
    viewer: Viewer,
    session: Session,
    *,
    asked: Asked | None = None,
    agreed: OwnConsent | None = None,
    at: datetime,
) -> Question:
    question = Question(
        session, names_of_readers(session.episode_id, at=at), len(list_who_must_agree(session)) > 1, asked, agreed
    )
    note(
        "consent.read",
        by=viewer,
        at=at,
        subject=session.id,
        subject_kind="session",
        episode=session.episode_id,
        shown=[viewer.me],
    )
    return question


def get_own_transcript_page(viewer: Viewer, transcript_id: UUID, *, at: datetime) -> TranscriptPage:
    """The text with its findings, for a client whose consent it rests on; leaves one event."""
    return page_of(viewer, get_own_transcript(viewer, transcript_id), at=at)
