"""One hour as its therapist goes through it: who comes, what they would like from today, and one's own note of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.models import Word
from attune.care.notes.actions import Hour as About
from attune.care.notes.models import PrivateNote
from attune.care.notes.readers import get_days, get_note, moments_of
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.insight.names import names_of
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for

_NEAR = timedelta(minutes=30)


@dataclass(frozen=True)
class Wish:
    """What the client would like from today. `waits`: something came in that has not been opened, or tells of danger:
    it is read in its own place, never here.
    """

    text: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Hour:
    """Everything that the pages of an hour name. `session`: it was entered that it took place."""

    appointment: Appointment
    episode: Episode
    names: str
    session: Session | None
    own: PrivateNote | None
    days: int
    at: datetime

    @property
    def about(self) -> About:
        """What an action needs to know of it."""
        return About(self.appointment.id, self.appointment.episode_id)

    @property
    def ends_at(self) -> datetime:
        """When it is planned to be over."""
        return self.appointment.starts_at + timedelta(minutes=self.appointment.minutes)

    @property
    def begun(self) -> bool:
        """Its time has come."""
        return self.appointment.starts_at <= self.at

    @property
    def called_off(self) -> bool:
        """Nobody comes, or nobody came."""
        return self.appointment.state != Appointment.State.PLANNED

    @property
    def near(self) -> bool:
        """It begins within half an hour, or has begun."""
        return self.appointment.starts_at - _NEAR <= self.at

    @property
    def revision(self) -> int:
        """What one's next writing follows on."""
        return self.own.revision if self.own else 0

    @property
    def moments(self) -> list[datetime]:
        """What one wants to come back to."""
        return moments_of(self.own, self.appointment.zone)


def get_hour(viewer: Viewer, appointment_id: UUID, *, at: datetime) -> Hour:
    """The hour, for who may read its episode; leaves one event."""
    appointment = Appointment.objects.select_related("session").filter(pk=appointment_id).first()
    if appointment is None:
        raise NotYours
    episode = check_can_read_episode(viewer, appointment.episode_id, at=at)
    people = [who.person for who in episode.participants.select_related("person").order_by("since", "id")]
    own = get_note(viewer, appointment.id, at=at)
    load_for([*people, *([own] if own else [])])
    note(
        "hour.read",
        by=viewer,
        at=at,
        subject=appointment.id,
        subject_kind="appointment",
        episode=episode.id,
        shown=[one.id for one in people],
    )
    days = own.days if own else get_days(viewer)
    return Hour(appointment, episode, names_of(people), getattr(appointment, "session", None), own, days, at)


def get_wish(hour: Hour) -> Wish:
    """What may stand on a page that lies open in the room: one client's own words, once they were read.

    Nothing of several clients (the others look on), and nothing where an answer told of danger.
    """
    if hour.episode.kind != Episode.Kind.INDIVIDUAL:
        return Wish()
    who = Participant.objects.select_related("person").get(episode=hour.episode)
    if Concern.objects.filter(participant=who, answered_at=None).exists():
        return Wish(waits=True)
    came = Response.objects.filter(invitation__appointment=hour.appointment, instrument="attune-before")
    standing = came.filter(replaced_by=None).defer("answers").order_by("given_at").first()
    if standing is None:
        return Wish()
    if standing.read_at is None:
        return Wish(waits=not hour.begun)  # what comes in during the hour is no signal: it waits until afterwards
    word = Word.objects.filter(response=standing, kind=Word.Kind.TODAY).first()
    if word is None:
        return Wish()
    word.participant = who
    return Wish(word.text or "")
