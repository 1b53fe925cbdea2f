"""What may change about times: an appointment is planned or called off, a session took place."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, QuerySet

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment, Session
from attune.care.schedule.promises import check_can_promise, check_side, lock_times, locked, promised_once
from attune.care.schedule.times import When
from attune.people.viewers import Viewer

#: A slip of the finger is undone within these minutes.
UNDONE_WITHIN = timedelta(minutes=10)
#: More than so many minutes early or late is not how a time was kept, but another time.
MOST_OFF = 180


def plan_appointment(episode: Episode, *, when: When, by: Viewer, at: datetime) -> Appointment:
    """Promise a time. Two appointments of one episode never begin together."""
    starts_at = check_can_promise(when, at=at)
    with promised_once(), unit() as record:
        lock_times(episode.id)
        appointment = Appointment.objects.create(
            episode=episode, day=when.day, time=when.time, zone=when.zone, starts_at=starts_at, place=when.place
        )
        record_change(record, "appointment.planned", appointment, by=by, at=at)
    return appointment


def record_change(record: Record, verb: str, appointment: Appointment, *, by: Viewer, at: datetime) -> None:
    """Note what was done to an appointment."""
    record(verb, by=by, at=at, subject=appointment.id, subject_kind="appointment", episode=appointment.episode_id)


def cancel_appointment(
    appointment: Appointment, *, side: str = "", following: bool = False, by: Viewer, at: datetime
) -> None:
    """The appointment will not take place; with `following`, nor will any later one of its series.

    Refuses what took place, and what somebody else has cancelled meanwhile in another way. Twice is once.
    """
    check_side(side)
    with unit() as record:
        appointment = locked(appointment)
        done = appointment.state == Appointment.State.CANCELLED and appointment.cancelled_by == side
        if done and not (following and list_following(appointment).exists()):
            return
        check_can_cancel(appointment)
        off = [appointment, *(list_following(appointment) if following else ())]
        Appointment.objects.filter(pk__in=[one.pk for one in off]).update(
            state=Appointment.State.CANCELLED, cancelled_by=side, told_at=at
        )
        for one in off:
            record_change(record, "appointment.cancelled", one, by=by, at=at)


def check_can_cancel(appointment: Appointment) -> None:
    """Only what has not taken place, and was not cancelled already."""
    if Session.objects.filter(appointment=appointment).exists():
        raise Conflict("This session took place: it cannot be cancelled any more.")
    if appointment.state == Appointment.State.CANCELLED:
        raise Conflict("This appointment was cancelled meanwhile: open the episode again.")


def list_following(appointment: Appointment) -> QuerySet[Appointment]:
    """The later ones of its series that are still planned, in their order; none where it stands alone."""
    later = Appointment.objects.filter(state=Appointment.State.PLANNED, session=None, series__isnull=False)
    return later.filter(series=appointment.series_id, starts_at__gt=appointment.starts_at).order_by("starts_at")


def reinstate_appointment(appointment: Appointment, *, together: bool = False, by: Viewer, at: datetime) -> None:
    """It takes place after all; with `together`, so does what was cancelled by the same press and still can be.

    Where one of those hours was promised anew meanwhile, nothing changes.
    """
    with promised_once(), unit() as record:
        appointment = locked(appointment)
        check_can_reinstate(appointment, at=at)
        others = list_cancelled_with(appointment) if together else ()
        back = [appointment, *(one for one in others if can_reinstate(one, at=at))]
        back = [one for one in back if one.state != Appointment.State.PLANNED]
        Appointment.objects.filter(pk__in=[one.pk for one in back]).update(
            state=Appointment.State.PLANNED, cancelled_by="", told_at=None
        )
        for one in back:
            record_change(record, "appointment.reinstated", one, by=by, at=at)


def list_cancelled_with(appointment: Appointment) -> QuerySet[Appointment]:
    """The others of its series that were cancelled by the same press."""
    off = Appointment.objects.filter(state=Appointment.State.CANCELLED, told_at__isnull=False, series__isnull=False)
    return off.filter(series=appointment.series_id, told_at=appointment.told_at).exclude(pk=appointment.pk)


def check_can_reinstate(appointment: Appointment, *, at: datetime) -> None:
    """As long as its hour has not come; a slip of the finger soon after it was made, and *not seen* as long as no
    later session was entered: sessions are numbered in the order in which they took place.
    """
    if appointment.starts_at > at:
        return
    slip = appointment.told_at is not None and at - appointment.told_at <= UNDONE_WITHIN
    if not slip and appointment.state != Appointment.State.NOT_SEEN:
        raise Conflict("Its hour has passed: plan a new appointment instead.")
    if Session.objects.filter(episode=appointment.episode_id, held_at__gt=appointment.starts_at).exists():
        raise Conflict("A later session has been entered: this one stays as it is.")


def can_reinstate(appointment: Appointment, *, at: datetime) -> bool:
    """Whether `check_can_reinstate` would pass."""
    try:
        check_can_reinstate(appointment, at=at)
    except Conflict:
        return False
    return True


def note_not_seen(appointment: Appointment, *, by: Viewer, at: datetime) -> None:
    """Its hour came, the client did not, and nobody had said. Twice is once."""
    with unit() as record:
        appointment = locked(appointment)
        if appointment.state == Appointment.State.NOT_SEEN:
            return
        if Session.objects.filter(appointment=appointment).exists():
            raise Conflict("This session took place: it was entered so meanwhile.")
        if appointment.state != Appointment.State.PLANNED:
            raise Conflict("This appointment was cancelled: nobody was expected.")
        if appointment.starts_at > at:
            raise Conflict("This appointment still lies ahead.")
        Appointment.objects.filter(pk=appointment.pk).update(state=Appointment.State.NOT_SEEN, told_at=at)
        record_change(record, "appointment.not-seen", appointment, by=by, at=at)


def hold_session(appointment: Appointment, *, by: Viewer, at: datetime) -> Session:
    """Say that the session took place; saying it twice is saying it once."""
    with unit() as record:
        appointment = locked(appointment)
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
    """A session can be entered once its hour has begun, unless the appointment was called off."""
    if appointment.state == Appointment.State.CANCELLED:
        raise Conflict("This appointment was cancelled: plan a new one first.")
    if appointment.state == Appointment.State.NOT_SEEN:
        raise Conflict("It was entered that nobody came: take that back first.")
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


def note_time_kept(session_id: UUID, *, kept: str, off_by: int | None = None, by: Viewer, at: datetime) -> None:
    """How the time of a session was kept, and by how many minutes it was not; nothing where nobody says."""
    if kept not in ("", *Session.Kept.values):
        raise Refused("Say how its time was kept.", {"kept": "Choose one of these, or none."})
    if kept in ("", Session.Kept.PLANNED):
        off_by = None
    elif off_by is not None and not 1 <= off_by <= MOST_OFF:
        raise Refused("These minutes cannot be.", {"off_by": f"Minutes from 1 to {MOST_OFF}, or leave it empty."})
    with unit() as record:
        held = Session.objects.select_for_update().get(pk=session_id)
        Session.objects.filter(pk=held.pk).update(kept=kept, off_by=off_by)
        record("session.time-kept", by=by, at=at, subject=held.id, subject_kind="session", episode=held.episode_id)
