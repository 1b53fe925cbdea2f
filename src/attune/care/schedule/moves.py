"""An appointment is moved: to when, at whose wish; from when is kept."""

from datetime import datetime

from attune.audit.journal import unit
from attune.base.errors import Conflict, Refused
from attune.care.schedule.actions import record_change
from attune.care.schedule.models import Appointment, Move, Session
from attune.care.schedule.promises import check_can_promise, check_side, locked, promised_once
from attune.care.schedule.times import When, told
from attune.people.viewers import Viewer


def move_appointment(
    appointment: Appointment, *, to: When, side: str, seen: datetime, by: Viewer, at: datetime
) -> Appointment:
    """Give it another time, or another place. `seen`: when it was to begin, as whoever moves it saw it.

    Refuses what was called off or took place, what somebody else has moved since it was seen, and a time that is taken.
    """
    starts_at = check_can_promise(to, at=at)
    if not side:
        raise Refused("Say at whose wish.", {"side": "Say at whose wish it is moved."})
    check_side(side)
    with promised_once(), unit() as record:
        appointment = locked(appointment)
        check_can_move(appointment)
        if appointment.starts_at != seen:
            now = told(appointment.starts_at, appointment.zone)
            raise Conflict(f"Meanwhile somebody moved it to {now}. Look whether yours still holds, and press again.")
        if (starts_at, to.place) == (appointment.starts_at, appointment.place):
            raise Refused("Nothing would change.", {"time": "It begins at this time already."})
        if starts_at != appointment.starts_at:
            Move.objects.create(appointment=appointment, from_at=appointment.starts_at, side=side, moved_at=at)
        appointment.day, appointment.time, appointment.zone = to.day, to.time, to.zone
        appointment.starts_at, appointment.place = starts_at, to.place
        appointment.save(update_fields=["day", "time", "zone", "starts_at", "place"])
        record_change(record, "appointment.moved", appointment, by=by, at=at)
    return appointment


def check_can_move(appointment: Appointment) -> None:
    """Only what still stands and has not taken place."""
    if appointment.state != Appointment.State.PLANNED:
        raise Conflict("This appointment does not stand any more: plan a new one instead.")
    if Session.objects.filter(appointment=appointment).exists():
        raise Conflict("This session took place: it cannot be moved any more.")
