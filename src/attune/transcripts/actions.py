"""What may change about a transcript: it is read in, its roles are set, a finding is contested, all of it goes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connections

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Gone, Refused
from attune.care.schedule.models import Session
from attune.people.viewers import Viewer
from attune.transcripts.content import Content, measures_of, open_content
from attune.transcripts.models import Finding, Transcript
from attune.vault.keys import destroy
from attune_science.conversation.analysis import VERSION, Analysis
from attune_science.conversation.formats import read_transcript
from attune_science.conversation.roles import ROLES, Role, assign_roles
from attune_science.conversation.transcript import Transcript as Spoken
from attune_science.conversation.transcript import TranscriptRefused
from attune_science.errors import ScienceError

#: A session of many hours is some hundred kilobytes; more is refused before it is read.
LARGEST = 20 * 1024 * 1024
#: A session of an hour has some thousand; a page of more than this could not be read, nor shown in good time.
MOST_LINES = 10_000


@dataclass(frozen=True)
class File:
    """A file as it was sent: its name tells the format, and is kept nowhere."""

    name: str
    data: bytes = field(repr=False)


def read_in(file: File, known: Mapping[str, Role]) -> Content:
    """Read a file, whole or not at all, and count in it. Nothing is kept yet; of what is refused, nothing ever is.

    `known`: who was there, by name, with their role.
    """
    if len(file.data) > LARGEST:
        raise Refused("The file was not taken.", {"file": "It is larger than 20 MB. Choose the transcript alone."})
    try:
        transcript = read_transcript(file.data, file.name)
    except TranscriptRefused as problem:
        raise Refused("The file was not taken; nothing of it is kept.", {"file": str(problem)}) from problem
    if len(transcript.utterances) > MOST_LINES:
        raise Refused(
            "The file was not taken; nothing of it is kept.",
            {"file": f"It has more than {MOST_LINES} lines, more than any session. Choose that of one."},
        )
    content = Content(transcript, assign_roles(transcript, _by_name(transcript, known)))
    _ = content.analysis  # now: while it is kept, others wait for the database
    return content


def _by_name(transcript: Spoken, known: Mapping[str, Role]) -> dict[str, Role]:
    """Who of those that speak is called like somebody who was there: “Ben”, “ben”, “Ben Carter”."""
    named = {name.casefold(): role for name, role in known.items() if name}
    heads = {speaker: speaker.casefold().split()[0] for speaker in transcript.speakers if speaker}
    found = {speaker: named.get(speaker.casefold(), named.get(head)) for speaker, head in heads.items()}
    return {speaker: role for speaker, role in found.items() if role}


def add_transcript(session: Session, *, content: Content, by: Viewer, at: datetime) -> Transcript:
    """Seal what was read with a key of its own, and keep what rules found. The file itself is kept nowhere.

    Whoever calls has made sure that everybody's consent stands.
    """
    with _once(), unit() as record:
        kept = Transcript.objects.create(
            episode_id=session.episode_id,
            session=session,
            format=content.transcript.format,
            version=VERSION,
            uploaded_by_id=by.me,
            uploaded_at=at,
            measures=measures_of(content.analysis),
            content=content.to_json(),
        )
        _keep_findings(kept, content.analysis, {})
        _record("transcript.added", kept, record, by=by, at=at)
    return kept


def check_is_first(session: Session) -> None:
    """A session has one transcript: another is read only after the first was withdrawn."""
    if Transcript.objects.filter(session=session).exists():
        raise _there_already()


@contextmanager
def _once() -> Iterator[None]:
    """The database refuses a second transcript of a session, whoever comes first."""
    try:
        yield
    except IntegrityError as problem:
        raise _there_already() from problem


def _there_already() -> Conflict:
    return Conflict("This session has a transcript already. Withdraw it first, if another is to be read.")


def _keep_findings(kept: Transcript, analysis: Analysis, contested: Mapping[tuple[object, ...], Finding]) -> None:
    rows = []
    for found in dict.fromkeys(analysis.findings):
        row = Finding(
            transcript=kept,
            utterance=found.utterance,
            start=found.start,
            end=found.end,
            code=found.code,
            rule=found.rule,
            version=found.version,
        )
        before = contested.get(_place(row))
        if before is not None:
            row.contested_by, row.contested_at = before.contested_by, before.contested_at
            row.contested_person_id = before.contested_person_id
        rows.append(row)
    Finding.objects.bulk_create(rows)


def _place(row: Finding) -> tuple[object, ...]:
    return row.utterance, row.start, row.end, row.code, row.rule


def _record(verb: str, kept: Transcript, record: Record, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=kept.id, subject_kind="transcript", episode=kept.episode_id)


def set_roles(kept: Transcript, *, roles: Mapping[str, str], by: Viewer, at: datetime) -> None:
    """Say who is who, and count anew. What was contested stays contested where a rule still points."""
    transcript = open_content(kept).transcript
    given: dict[str, Role] = {name: role for name in roles for role in ROLES if roles[name] == role}
    if set(given) != {name for name in transcript.speakers if name}:
        raise Refused("Say for everybody who speaks whether they are therapist, client or somebody else.")
    try:
        content = Content(transcript, assign_roles(transcript, given))
    except ScienceError as problem:
        raise Refused(str(problem)) from problem
    measures, sealed = measures_of(content.analysis), content.to_json()
    with unit() as record:
        if not Transcript.objects.select_for_update().filter(pk=kept.pk).exists():
            raise Gone("This transcript was erased in the meantime.")
        contested = {_place(row): row for row in kept.findings.exclude(contested_at=None)}
        kept.findings.all().delete()
        kept.content, kept.measures, kept.version = sealed, measures, VERSION
        kept.save(update_fields=["content", "measures", "version"])
        _keep_findings(kept, content.analysis, contested)
        _record("transcript.roles-set", kept, record, by=by, at=at)


def contest(finding: Finding, *, at_word_of: str, by: Viewer, at: datetime) -> None:
    """Somebody says that this is not so: it leaves every sum and every reading."""
    if at_word_of not in Finding.Whose.values:
        raise Refused("Say at whose word: the client's, or yours.")
    _set(finding, {"contested_by": at_word_of, "contested_at": at}, "finding.contested", by=by, at=at)


def contest_own(finding: Finding, *, by: Viewer, at: datetime) -> None:
    """A client says so themselves, in their own pages."""
    said = {"contested_by": Finding.Whose.CLIENT, "contested_person_id": by.me, "contested_at": at}
    _set(finding, said, "finding.contested", by=by, at=at)


def let_own_stand(finding: Finding, *, by: Viewer, at: datetime) -> None:
    """A client takes back what they contested themselves, and nobody else's word."""
    if finding.contested_at is not None and finding.contested_person_id != by.me:
        raise Conflict("Somebody else says that this is not so: it counts nowhere.")
    let_stand(finding, by=by, at=at)


def let_stand(finding: Finding, *, by: Viewer, at: datetime) -> None:
    """Take back that it was contested."""
    _set(
        finding,
        {"contested_by": "", "contested_person_id": None, "contested_at": None},
        "finding.let-stand",
        by=by,
        at=at,
    )


def _set(finding: Finding, values: Mapping[str, object], verb: str, *, by: Viewer, at: datetime) -> None:
    contests = values["contested_at"] is not None
    with unit() as record:
        if not Finding.objects.filter(pk=finding.pk, contested_at__isnull=contests).update(**values):
            raise Conflict("This has been contested already." if contests else "This is not contested any more.")
        episode = finding.transcript.episode_id
        record(verb, by=by, at=at, subject=finding.id, subject_kind="finding", episode=episode)


def withdraw(kept: Transcript, *, by: Viewer, at: datetime) -> None:
    """Erase it: its key first, so that no copy can ever be opened again; then its rows. Cannot be undone."""
    destroy(kept.seal_owner())
    with unit() as record:
        _record("transcript.withdrawn", kept, record, by=by, at=at)
        kept.findings.all().delete()
        kept.delete()
    _forget_journals()


def _forget_journals() -> None:
    """What SQLite keeps beside its file until the next checkpoint is written over now."""
    for connection in connections.all():
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
