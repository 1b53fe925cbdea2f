"""The ways of a transcript: in with everybody's consent, out at anybody's word."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import check_can_work_in, check_is_own, list_readers
from attune.care.consent.actions import answer, ask, record_consent, revoke_consent
from attune.care.consent.models import Asked, Consent
from attune.care.consent.readers import get_standing_consent, list_standing, list_who_must_agree
from attune.care.episodes.models import Participant
from attune.care.schedule.models import Session
from attune.people.viewers import Viewer
from attune.transcripts import actions
from attune.transcripts.models import Transcript
from attune.transcripts.readers import get_transcript
from attune.vault.sealed import load_for
from attune_science.conversation.roles import Role


def get_session_to_work_in(session_id: UUID, *, by: Viewer, at: datetime) -> Session:
    """The session, or `NotYours`; `Conflict` where the work has ended."""
    session = Session.objects.select_related("episode", "appointment").filter(pk=session_id).first()
    if session is None:
        raise NotYours
    check_can_work_in(by, session.episode_id, at=at)
    return session


def add_transcript(session_id: UUID, *, file: actions.File, by: Viewer, at: datetime) -> Transcript:
    """Take a transcript of this session, if every client who was there has agreed to just that."""
    session = get_session_to_work_in(session_id, by=by, at=at)
    _check_everybody_agreed(session)  # before a word of it is read
    actions.check_is_first(session)
    content = actions.read_in(file, _who_was_there(session, at=at))
    with unit():
        # A consent that is taken back at this moment waits for us, or we for it.
        list(Consent.objects.select_for_update().filter(session=session, revoked_at=None))
        _check_everybody_agreed(session)
        return actions.add_transcript(session, content=content, by=by, at=at)


def _who_was_there(session: Session, *, at: datetime) -> dict[str, Role]:
    """The names of therapists and clients with their roles; a name that both have tells nothing."""
    staff = list_readers(session.episode_id, at=at)
    clients = [who.person for who in list_who_must_agree(session)]
    load_for([*staff, *clients])
    therapists, theirs = {str(one.name) for one in staff}, {str(one.name) for one in clients}
    roles: dict[str, Role] = dict.fromkeys(therapists - theirs, "therapist")
    return roles | dict.fromkeys(theirs - therapists, "client")


def _check_everybody_agreed(session: Session) -> None:
    if not list_who_must_agree(session):
        raise Conflict("Nobody is left in this work who could agree, so no transcript is read.")
    missing = list_who_has_not_agreed(session)
    if missing:
        load_for(who.person for who in missing)
        names = ", ".join(str(who.person.name) for who in missing)
        raise Conflict(f"No transcript is read before everybody has agreed. Still missing: {names}.")


@dataclass(frozen=True)
class Agreed:
    """Who agreed, how, and on which day."""

    participant_id: UUID
    how: str
    given_on: date


def give_consent(session_id: UUID, agreed: Agreed, *, by: Viewer, at: datetime) -> Consent:
    """Enter that a client agreed: from the paper that they signed, or as they said by phone."""
    if agreed.how == Consent.How.OWN_PAGES:
        raise Refused("This was not taken.", {"how": "That is for the client to say, in their own pages."})
    session = get_session_to_work_in(session_id, by=by, at=at)
    who = Participant.objects.select_related("person", "episode").filter(pk=agreed.participant_id).first()
    if who is None or who.episode_id != session.episode_id:
        raise NotYours
    return record_consent(session, who, how=agreed.how, given_on=agreed.given_on, by=by, at=at)


def ask_for_consent(session_id: UUID, participant_id: UUID, *, by: Viewer, at: datetime) -> Asked:
    """Ask a client in their own pages, where they answer when they like, or never."""
    session = get_session_to_work_in(session_id, by=by, at=at)
    who = Participant.objects.select_related("episode").filter(pk=participant_id, episode=session.episode_id).first()
    if who is None:
        raise NotYours
    return ask(session, who, by=by, at=at)


def answer_asked(asked_id: UUID, *, agrees: bool, by: Viewer, at: datetime) -> None:
    """The client says yes or no, in their own pages. A no holds, whatever was entered or pressed before."""
    asked = Asked.objects.select_related("participant__episode", "session").filter(pk=asked_id).first()
    if asked is None:
        raise NotYours
    check_is_own(by, asked.participant_id)
    standing = Consent.objects.filter(participant=asked.participant, session=asked.session, revoked_at=None).first()
    if standing is not None and not agrees:
        take_consent_back(standing.id, by=by, at=at)
    answer(asked, agrees=agrees and standing is None, by=by, at=at)


def list_who_has_not_agreed(session: Session) -> list[Participant]:
    """The clients of this session whose consent does not stand."""
    standing = list_standing(session)
    return [who for who in list_who_must_agree(session) if who.id not in standing]


def take_consent_back(consent_id: UUID, *, by: Viewer, at: datetime) -> None:
    """A client takes their consent back: the transcript that rests on it is erased at once."""
    consent = get_standing_consent(by, consent_id, at=at)
    _erase_what_rests_on(consent, by=by, at=at)  # first: a consent may stand without a transcript, never the reverse
    revoke_consent(consent, by=by, at=at)
    _erase_what_rests_on(consent, by=by, at=at)  # one that came in meanwhile


def _erase_what_rests_on(consent: Consent, *, by: Viewer, at: datetime) -> None:
    for kept in Transcript.objects.filter(session=consent.session):
        actions.withdraw(kept, by=by, at=at)


def withdraw_transcript(transcript_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Erase one transcript, whatever was consented: the wrong file, or a client who asks for just that."""
    actions.withdraw(get_transcript(by, transcript_id, at=at), by=by, at=at)
