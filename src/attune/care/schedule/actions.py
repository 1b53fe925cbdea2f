"""What may change about times: an appointment is planned or cancelled, a session took place."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError
from django.db.models import Max, QuerySet

from attune.audit.journal import unit
from attune.base.errors import Conflict, Refused
from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment, Session
from attune.people.actions import check_zone
from attune.people.viewers import Viewer

#: A day farther off than this is a slip of the finger.
FARTHEST = timedelta(days=731)


@dataclass(frozen=True)
class When:
    """A time as people say it: a day, an hour, a zone, and where."""

    day: date
    time: time
    zone: str
    place: str = ""

    def instant(self) -> datetime:
        """The instant it means; raises `Refused` for an hour that the clocks skip on that day."""
        zone = check_zone(self.zone)
        wall = datetime.combine(self.day, self.time, tzinfo=zone)
        try:
            instant = wall.astimezone(UTC)
        except OverflowError as problem:  # the first day of all days, or the last, is none in every zone
            raise _too_far_off() from problem
        if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise Refused(
                "The clocks skip this hour on that day: choose another.", {"time": "This hour does not exist."}
            )
        return instant


def _too_far_off() -> Refused:
    return Refused("This day lies too far off.", {"day": "Choose a day within two years."})


def plan_appointment(episode: Episode, *, when: When, by: Viewer, at: datetime) -> Appointment:
    """Promise a time. Two appointments of one episode never begin together."""
    starts_at = when.instant()
    if abs(starts_at - at) > FARTHEST:
        raise _too_far_off()
    if when.place not in ("", *Appointment.Place.values):
        raise Refused("Choose a room or video.", {"place": "Unknown place."})
    with _promised_once(), unit() as record:
        appointment = Appointment.objects.create(
            episode=episode, day=when.day, time=when.time, zone=when.zone, starts_at=starts_at, place=when.place
        )
        record(
            "appointment.planned", by=by, at=at, subject=appointment.id, subject_kind="appointment", episode=episode.id
        )
    return appointment


@contextmanager
def _promised_once() -> Iterator[None]:
    """The database refuses a second planned appointment at the same time, whoever comes first."""
    try:
        yield
    except IntegrityError as problem:
        raise Conflict("There is an appointment at this time already.") from problem


def _locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now, under the lock of its episode: times of one episode change one after another."""
    Episode.objects.select_for_update().get(pk=appointment.episode_id)
    return Appointment.objects.get(pk=appointment.pk)


def cancel_appointment(appointment: Appointment, *, by: Viewer, at: datetime) -> None:
    """The appointment will not take place."""
    with unit() as record:
        appointment = _locked(appointment)
        if Session.objects.filter(appointment=appointment).exists():
            raise Conflict("This session took place: it cannot be cancelled any more.")
        Appointment.objects.filter(pk=appointment.pk).update(state=Appointment.State.CANCELLED)
        record(
            "appointment.cancelled",
            by=by,
            at=at,
            subject=appointment.id,
            subject_kind="appointment",
            episode=appointment.episode_id,
        )


def reinstate_appointment(appointment: Appointment, *, by: Viewer, at: datetime) -> None:
    """Undo a cancellation: it takes place after all, as long as its hour has not come."""
    if appointment.starts_at <= at:
        raise Conflict("Its hour has passed: plan a new appointment instead.")
    with _promised_once(), unit() as record:
        Appointment.objects.filter(pk=_locked(appointment).pk).update(state=Appointment.State.PLANNED)
        record(
            "appointment.reinstated",
            by=by,
            at=at,
            subject=appointment.id,
            subject_kind="appointment",
            episode=appointment.episode_id,
        )


def hold_session(appointment: Appointment, *, by: Viewer, at: datetime) -> Session:
    """Say that the session took place; saying it twice is saying it once."""
    with unit() as record:
        appointment = _locked(appointment)
        held = Session.objects.filter(appointment=appointment).first()
        if held is not None:
            return held
        check_can_hold(appointment, at=at)
        last = Session.objects.filter(episode_id=appointment.episode_id).aggregate(last=Max("number"))["last"] or 0
        held = Session.objects.create(
            episode_id=appointment.episode_id, appointment=appointment, number=last + 1, held_at=appointment.starts_at
        )
        record("session.held", by=by, at=at, subject=held.id, subject_kind="session", episode=appointment.episode_id)
    return held


def check_can_hold(appointment: Appointment, *, at: datetime) -> None:
    """A session can be entered once its hour has begun, unless the appointment was cancelled."""
    if appointment.state != Appointment.State.PLANNED:
        raise Conflict("This appointment was cancelled: plan a new one first.")
    if appointment.starts_at > at:
        raise Conflict("This appointment still lies ahead: say that it took place when it has begun.")
    if _open_before(appointment).exists():  # sessions are numbered in the order in which they took place
        raise Conflict("An earlier appointment is still open: say first whether that one took place.")


def _open_before(appointment: Appointment) -> QuerySet[Appointment]:
    open_ones = Appointment.objects.filter(state=Appointment.State.PLANNED, session=None)
    return open_ones.filter(episode=appointment.episode_id, starts_at__lt=appointment.starts_at)


def can_hold(appointment: Appointment, *, at: datetime) -> bool:
    """Whether `check_can_hold` would pass."""
    try:
        check_can_hold(appointment, at=at)
    except Conflict:
        return False
    return True
