"""A session's transcript: who has agreed to it, and the text with what rules found in it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import zip_longest
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_read_episode
from attune.care.consent.models import Asked, Consent
from attune.care.consent.readers import get_standing_consent, list_standing, list_who_must_agree
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.models import Session
from attune.insight.checkin_form import names_of_readers
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.transcripts.content import Content, open_content
from attune.transcripts.models import Finding, Transcript
from attune.transcripts.readers import get_transcript
from attune.vault.sealed import load_for
from attune_science.conversation.transcript import Utterance


@dataclass(frozen=True)
class Agreement:
    """One client who may be heard in a session, and how their consent to its transcript stands."""

    participant: Participant
    consent: Consent | None
    entered_by: str = ""
    asked: Asked | None = None

    @property
    def may_be_asked(self) -> bool:
        """Whether they have own pages and were not asked there."""
        return self.consent is None and self.asked is None and self.participant.own_pages_since is not None

    @property
    def name(self) -> str:
        """The name by which they go."""
        return str(self.participant.person.name)


@dataclass(frozen=True)
class SessionTranscript:
    """A session, who must agree, and the transcript where there is one. `readers`: who may read it at the desk."""

    session: Session
    agreements: list[Agreement]
    transcript: Transcript | None
    readers: tuple[str, ...]

    @property
    def names(self) -> str:
        """The names by which the clients go."""
        return ", ".join(one.name for one in self.agreements)

    @property
    def missing(self) -> list[Agreement]:
        """Those who have not agreed."""
        return [one for one in self.agreements if one.consent is None]

    @property
    def several(self) -> bool:
        """Whether more than one must agree."""
        return len(self.agreements) > 1

    @property
    def works(self) -> bool:
        """Whether anything new can be entered."""
        return self.session.episode.state == Episode.State.WORKING


def get_session_transcript(viewer: Viewer, session_id: UUID, *, at: datetime) -> SessionTranscript:
    """How consent stands for this session, for who may read its episode; leaves one event."""
    session = Session.objects.select_related("episode", "appointment").filter(pk=session_id).first()
    if session is None:
        raise NotYours
    check_can_read_episode(viewer, session.episode_id, at=at)
    page = SessionTranscript(
        session,
        _agreements(session),
        Transcript.objects.filter(session=session).defer("content").first(),
        names_of_readers(session.episode_id, at=at),
    )
    _note("transcript.consent-shown", viewer, page, at=at)
    return page


def get_consent_page(viewer: Viewer, consent_id: UUID, *, at: datetime) -> tuple[Agreement, SessionTranscript]:
    """One standing consent, with all that rests on it."""
    consent = get_standing_consent(viewer, consent_id, at=at)
    page = get_session_transcript(viewer, consent.session_id, at=at)
    return next(one for one in page.agreements if one.participant.id == consent.participant_id), page


def get_withdrawal(viewer: Viewer, transcript_id: UUID, *, at: datetime) -> SessionTranscript:
    """What goes when this transcript is withdrawn. Its text stays shut."""
    return get_session_transcript(viewer, get_transcript(viewer, transcript_id, at=at).session_id, at=at)


def _agreements(session: Session) -> list[Agreement]:
    standing = list_standing(session)
    people = list_who_must_agree(session)
    staff = Person.objects.in_bulk({consent.recorded_by_id for consent in standing.values()})
    load_for([*(who.person for who in people), *staff.values()])
    asked = {one.participant_id: one for one in Asked.objects.filter(session=session)}
    return [
        Agreement(who, consent, str(staff[consent.recorded_by_id].name) if consent else "", asked.get(who.id))
        for who in people
        for consent in (standing.get(who.id),)
    ]


def _note(verb: str, viewer: Viewer, page: SessionTranscript, *, at: datetime) -> None:
    people = [one.participant.person_id for one in page.agreements]
    note(
        verb,
        by=viewer,
        at=at,
        subject=page.transcript.id if page.transcript else page.session.id,
        subject_kind="transcript" if page.transcript else "session",
        episode=page.session.episode_id,
        shown=[viewer.me] if viewer.me in people else people,
    )


@dataclass(frozen=True)
class FindingShown:
    """One finding beside its line, with the first one that follows in another line."""

    finding: Finding
    following: Finding | None


@dataclass(frozen=True)
class LineShown:
    """One line of the text. `opens`: a new speaker begins with it; `silence`: seconds before it, where it was long."""

    utterance: Utterance
    role: str
    opens: bool
    silence: float | None
    findings: list[FindingShown]

    @property
    def number(self) -> int:
        """As people count."""
        return self.utterance.number + 1

    @property
    def spans(self) -> list[tuple[int, int, bool]]:
        """Which characters a rule points at, and whether somebody says that it is not so."""
        found = (one.finding for one in self.findings)
        return [(one.start, one.end, one.contested_at is not None) for one in found]


@dataclass(frozen=True)
class Practice:
    """One practice, and the findings of it that stand."""

    code: str
    found: list[Finding] = field(default_factory=list)
    contested: int = 0


@dataclass(frozen=True)
class TranscriptPage:
    """Everything that the page names."""

    about: SessionTranscript
    transcript: Transcript
    content: Content
    findings: list[Finding]

    @cached_property
    def practices(self) -> dict[str, Practice]:
        """By code. What is contested is in no sum."""
        standing: dict[str, list[Finding]] = defaultdict(list)
        contested: dict[str, int] = defaultdict(int)
        for one in self.findings:
            if one.contested_at is None:
                standing[one.code].append(one)
            else:
                contested[one.code] += 1
        return {code: Practice(code, standing[code], contested[code]) for code in {*standing, *contested}}

    @cached_property
    def lines(self) -> list[LineShown]:
        """The text, line by line."""
        found: dict[int, list[FindingShown]] = defaultdict(list)
        following: Finding | None = None
        for one, after in zip_longest(reversed(self.findings), reversed(self.findings[:-1])):
            found[one.utterance].insert(0, FindingShown(one, following))
            following = one if after is None or after.utterance != one.utterance else following
        silences = {silence.after + 1: silence.seconds for silence in self.content.analysis.timing.silences}
        lines, before = [], None
        for said in self.content.transcript.utterances:
            lines.append(
                LineShown(
                    said,
                    self.content.roles.by_speaker.get(said.speaker, "other"),
                    said.speaker != before,
                    silences.get(said.number),
                    found.get(said.number, []),
                )
            )
            before = said.speaker
        return lines

    @property
    def speakers(self) -> list[tuple[str, str]]:
        """Everybody who has a name in the file, with their role."""
        roles = self.content.roles.by_speaker
        return [(name, roles.get(name, "other")) for name in self.content.transcript.speakers if name]


def get_transcript_page(viewer: Viewer, transcript_id: UUID, *, at: datetime) -> TranscriptPage:
    """The text with its findings, for who may read the episode; leaves one event with everybody shown."""
    return page_of(viewer, get_transcript(viewer, transcript_id, at=at), at=at)


def page_of(viewer: Viewer, kept: Transcript, *, at: datetime) -> TranscriptPage:
    """The same for who may read it, which whoever calls has made sure of; leaves one event."""
    about = SessionTranscript(kept.session, _agreements(kept.session), kept, names_of_readers(kept.episode_id, at=at))
    content = open_content(kept)
    findings = list(kept.findings.order_by("utterance", "start", "end", "id"))
    _note("transcript.shown", viewer, about, at=at)
    return TranscriptPage(about, kept, content, findings)
