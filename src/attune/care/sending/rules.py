"""At which moment a check-in is sent, and until when it makes sense: by the clocks where the client lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.care.sending.models import Sending

_How = Sending.How
#: What may be chosen for which moment.
CHOICES: dict[str, tuple[Sending.How, ...]] = {
    Sending.Moment.BEFORE: (_How.DAY, _How.HOURS),
    Sending.Moment.AFTER: (_How.END, _How.EVENING),
}
DAY_BEFORE, EVENING = time(18), time(19)
HOURS_BEFORE = timedelta(hours=2)
#: So long after a session its check-in still tells of it; a mail server that is away for a day loses none.
FRESH = timedelta(hours=48)
#: In work with several people each one's letter goes at a time of its own: so far apart, and irregular on top.
APART, IRREGULAR = timedelta(minutes=35), 20


@dataclass(frozen=True)
class Window:
    """From when on it is sent, and until when it makes sense."""

    due: datetime
    until: datetime


def before_window(how: str, *, starts_at: datetime, zone: str) -> Window:
    """The check-in before an appointment, which makes sense until that begins."""
    if how == _How.HOURS:
        return Window(starts_at - HOURS_BEFORE, starts_at)
    day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    return Window(_on(day, DAY_BEFORE, zone), starts_at)


def after_window(how: str, *, ended_at: datetime, zone: str) -> Window:
    """The check-in after a session; in the evening never before it has ended."""
    due = ended_at
    if how == _How.EVENING:
        due = max(ended_at, _on(ended_at.astimezone(ZoneInfo(zone)).date(), EVENING, zone))
    return Window(due, due + FRESH)


def set_apart(window: Window, *, moment: str, about: UUID, who: UUID, people: Sequence[UUID]) -> Window:
    """The same for one of several: nobody is written to at the time of another, nor always first.

    The order and the minutes follow from the meeting, so that a sweep that runs again finds the same.
    """
    order = sorted(people, key=lambda one: _drawn(about, one))
    off = order.index(who) * APART + timedelta(minutes=_drawn(about, who)[0] % IRREGULAR)
    return Window(window.due - off if moment == Sending.Moment.BEFORE else window.due + off, window.until)


def _drawn(about: UUID, who: UUID) -> bytes:
    return sha256(about.bytes + who.bytes).digest()


def _on(day: date, hour: time, zone: str) -> datetime:
    """The instant at which the clocks there show this hour; where they skip it, the one after the gap."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)
