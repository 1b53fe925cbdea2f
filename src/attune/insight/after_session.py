"""What the therapist needs after a session: whose answers they foretell, by which form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.actions import check_can_predict
from attune.care.episodes.models import Participant
from attune.care.questionnaires.readers import get_form_for
from attune.care.schedule.models import Session
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science import instruments
from attune_science.instruments import Definition


@dataclass(frozen=True)
class AfterSession:
    """The session, the client, and the form."""

    session: Session
    participant: Participant
    definition: Definition
    form: str
    name: str
    me: str


def get_after_session(viewer: Viewer, session_id: UUID, participant_id: UUID, *, at: datetime) -> AfterSession:
    """The page, or `NotYours`; `Conflict` when it was said already or the client's answer was opened."""
    session = Session.objects.select_related("appointment").filter(pk=session_id).first()
    if session is None:
        raise NotYours
    episode = check_can_read_episode(viewer, session.episode_id, at=at)
    participant = episode.participants.select_related("person").filter(pk=participant_id).first()
    if participant is None:
        raise NotYours
    check_can_predict(session.id, participant, by=viewer)
    me = Person.objects.get(pk=viewer.me)
    load_for([participant.person, me])
    note("after-session.opened", by=viewer, at=at, episode=episode.id, shown=[participant.person_id])
    return AfterSession(
        session=session,
        participant=participant,
        definition=instruments.get("attune-therapist"),
        form=get_form_for(participant, number=session.number),
        name=str(participant.person.name),
        me=str(me.name),
    )
