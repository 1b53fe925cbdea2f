"""What holds whenever a time changes: times of one episode change one after another, and none is promised twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError

from attune.base.errors import Conflict, Refused
from attune.care.episodes.models import Episode
from attune.care.schedule.models import Appointment, Side
from attune.care.schedule.times import When

#: A day farther off than this is a slip of the finger.
FARTHEST = timedelta(days=731)


@contextmanager
def promised_once() -> Iterator[None]:
    """The database refuses a second appointment at the same time, whoever comes first."""
    try:
        yield
    except IntegrityError as problem:
        raise Conflict("There is an appointment at this time already.") from problem


def lock_times(episode_id: UUID) -> None:
    """Whoever else would change a time of this episode waits until this is done."""
    Episode.objects.select_for_update().get(pk=episode_id)


def locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now, under that lock."""
    lock_times(appointment.episode_id)
    return Appointment.objects.get(pk=appointment.pk)


def check_can_promise(when: When, *, at: datetime) -> datetime:
    """The instant of a time that may be promised; `Refused` for a day far off or an unknown place."""
    starts_at = when.instant()
    check_near(starts_at, at=at)
    check_place(when.place)
    return starts_at


def check_place(place: str) -> None:
    """A place that there is, or none."""
    if place not in ("", *Appointment.Place.values):
        raise Refused("Choose a room or video.", {"place": "Unknown place."})


def check_near(starts_at: datetime, *, at: datetime, field: str = "day") -> None:
    """`Refused` for a day that lies too far off."""
    if abs(starts_at - at) > FARTHEST:
        raise Refused("This day lies too far off.", {field: "Choose a day within two years."})


def check_side(side: str) -> None:
    """At whose wish: one of the three; empty where nobody said."""
    if side not in ("", *Side.values):
        raise Refused("Say at whose wish.", {"side": "Choose one of these."})
