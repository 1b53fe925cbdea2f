"""What may change about consent: it is recorded as it was given, and it ends when the client says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.care.consent.models import Asked, Consent
from attune.care.consent.readers import Meeting, list_who_must_agree
from attune.care.episodes.models import Participant
from attune.people.viewers import Viewer

#: The version of what is put before a client. Other sentences are another version.
TERMS = "1"


def record_consent(
    session: Meeting, participant: Participant, *, how: str, given_on: date, by: Viewer, at: datetime
) -> Consent:
    """Enter that this client agreed, for this session: how and on which day. Refuses a day that has not come."""
    if participant not in list_who_must_agree(session):
        raise Refused("This client was not in this session.")
    if how not in Consent.How.values:
        raise Refused("This was not taken.", {"how": "Say how it was given: on paper, or by phone."})
    if given_on > at.astimezone(ZoneInfo(participant.episode.zone)).date():
        raise Refused("This was not taken.", {"given_on": "This day has not come yet."})
    with _once(), unit() as record:
        consent = Consent.objects.create(
            participant=participant,
            session_id=session.id,
            terms=TERMS,
            how=how,
            given_on=given_on,
            recorded_by_id=by.me,
            recorded_at=at,
        )
        record(
            "consent.recorded",
            by=by,
            at=at,
            subject=consent.id,
            subject_kind="consent",
            episode=participant.episode_id,
        )
    return consent


@contextmanager
def _once() -> Iterator[None]:
    """The database refuses a second standing consent, whoever comes first."""
    try:
        yield
    except IntegrityError as problem:
        raise Conflict("This consent has been recorded already.") from problem


def revoke_consent(consent: Consent, *, by: Viewer, at: datetime) -> None:
    """The client takes it back; from now on it does not stand. What rests on it goes with the workflow that calls."""
    with unit() as record:
        standing = Consent.objects.filter(pk=consent.pk, revoked_at=None)
        if not standing.update(revoked_at=at, revoked_by_id=by.me):
            raise Conflict("This consent has been taken back already.")
        record(
            "consent.revoked",
            by=by,
            at=at,
            subject=consent.id,
            subject_kind="consent",
            episode=consent.participant.episode_id,
        )


def ask(session: Meeting, participant: Participant, *, by: Viewer, at: datetime) -> Asked:
    """Put it before a client in their own pages, once. Refuses whoever has none, was not there, or has agreed."""
    if participant.own_pages_since is None or participant not in list_who_must_agree(session):
        raise Refused("This client cannot be asked here.")
    if Consent.objects.filter(participant=participant, session_id=session.id, revoked_at=None).exists():
        raise Conflict("This consent has been recorded already.")
    try:
        with unit() as record:
            asked = Asked.objects.create(participant=participant, session_id=session.id, asked_by_id=by.me, asked_at=at)
            _record("consent.asked", asked, record, by=by, at=at)
    except IntegrityError as problem:
        raise Conflict("This client was asked already. Nobody is asked twice.") from problem
    return asked


def answer(asked: Asked, *, agrees: bool, by: Viewer, at: datetime) -> None:
    """The client's own word: a consent from now on, or nothing that anybody is told."""
    zone = ZoneInfo(asked.participant.episode.zone)
    with unit() as record:
        if not Asked.objects.filter(pk=asked.pk, answered_at=None).update(answered_at=at):
            raise Conflict("You have answered this already. What you agreed to stands under Transcripts.")
        _record("consent.answered", asked, record, by=by, at=at)
        if agrees:
            how, day = Consent.How.OWN_PAGES, at.astimezone(zone).date()
            record_consent(asked.session, asked.participant, how=how, given_on=day, by=by, at=at)


def _record(verb: str, asked: Asked, record: Record, *, by: Viewer, at: datetime) -> None:
    episode = asked.participant.episode_id
    record(verb, by=by, at=at, subject=asked.id, subject_kind="asked", episode=episode)
