"""Appointments on an episode's page: those still open, and those called off, each with what was said of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext

from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.actions import can_hold, can_reinstate
from attune.care.schedule.models import Appointment, Move
from attune.care.schedule.times import When, notice, told

#: So many open appointments stand on the page; a longer series is folded away behind them.
AT_ONCE = 4


@dataclass(frozen=True)
class Planned:
    """An appointment that has not been entered as held: planned, cancelled, or not seen.

    `press`: what was cancelled together has the same; nothing where one was cancelled by itself.
    """

    appointment: Appointment
    may_hold: bool
    ahead: bool
    may_reinstate: bool
    press: tuple[UUID, datetime] | None
    responses: list[Response]
    people: list[Participant]

    @property
    def is_open(self) -> bool:
        """It still stands."""
        return self.appointment.state == Appointment.State.PLANNED

    @property
    def unanswered(self) -> list[Participant]:
        """Whose check-in before it has not come in: only to them one can be offered."""
        answered = {one.participant_id for one in self.responses}
        return [who for who in self.people if who.id not in answered]

    @property
    def rhythm(self) -> str:
        """How often its series comes; nothing where it stands alone."""
        if self.appointment.series is None:
            return ""
        return gettext("every week") if self.appointment.series.weeks == 1 else gettext("every second week")

    @property
    def said(self) -> list[str]:
        """What is to be known of it, a sentence each."""
        one = self.appointment
        found = list(moved_in_words(one))
        if When(one.day, one.time, one.zone).comes_twice():
            found.append(gettext("The clocks go back: this hour comes twice that day, and the first is meant."))
        if one.state == Appointment.State.CANCELLED:
            found.append(cancelled_in_words(one))
        if one.state == Appointment.State.NOT_SEEN:
            found.append(gettext("Nobody came, and nobody had said. That may mean nothing."))
        return found


def moved_in_words(one: Appointment) -> Iterator[str]:
    """From when, at whose wish, and how long before the hour that it left."""
    moves: list[Move] = sorted(one.moves.all(), key=lambda move: move.moved_at)
    for move in moves:
        yield gettext("Moved from %(day)s at the wish of %(who)s, %(notice)s.") % {
            "day": told(move.from_at, one.zone),
            "who": move.get_side_display(),
            "notice": notice(move.moved_at, move.from_at, one.zone),
        }


def cancelled_in_words(one: Appointment) -> str:
    """By whom and how long before, as far as that is known."""
    if one.told_at is None:
        return gettext("Cancelled.")
    said = {"who": one.get_cancelled_by_display(), "notice": notice(one.told_at, one.starts_at, one.zone)}
    if one.cancelled_by:
        return gettext("Cancelled by %(who)s, %(notice)s.") % said
    return gettext("Cancelled, %(notice)s.") % said


@dataclass(frozen=True)
class CalledOff:
    """One appointment, or the first of those that were cancelled by one press, with the others."""

    first: Planned
    others: list[Planned]

    @property
    def all(self) -> int:
        """How many they are."""
        return 1 + len(self.others)

    @property
    def may_reinstate_all(self) -> bool:
        """They can be taken back as a whole."""
        return bool(self.others) and self.first.may_reinstate


def by_press(off: list[Planned]) -> list[CalledOff]:
    """Those called off, in their order; what was cancelled together stands together."""
    found: dict[object, CalledOff] = {}
    for one in off:
        key = one.press or one.appointment.id
        if key in found:
            found[key].others.append(one)
        else:
            found[key] = CalledOff(one, [])
    return list(found.values())


def list_planned(
    episode: Episode, people: list[Participant], responses: list[Response], *, at: datetime
) -> list[Planned]:
    """Open appointments; and of those called off what lies ahead, came since the last session, or was spoken to.

    Older ones stay in the record and are not counted up on a page.
    """
    last = episode.sessions.aggregate(last=Max("held_at"))["last"]
    rows = episode.appointments.filter(session=None).select_related("series").prefetch_related("moves")
    listed = list(rows.order_by("starts_at"))
    presses = Counter(_press(one) for one in listed)
    found = []
    for one in listed:
        said = [response for response in responses if response.invitation.appointment_id == one.id]
        press = _press(one)
        is_open, lately = one.state == Appointment.State.PLANNED, last is None or one.starts_at > last
        if not (is_open or said or lately or one.starts_at > at):
            continue
        found.append(
            Planned(
                appointment=one,
                may_hold=can_hold(one, at=at),
                ahead=one.starts_at > at,
                may_reinstate=not is_open and can_reinstate(one, at=at),
                press=press if presses[press] > 1 else None,
                responses=said,
                people=people,
            )
        )
    return found


def _press(one: Appointment) -> tuple[UUID, datetime] | None:
    """What was cancelled together: of one series, at one moment."""
    if one.state != Appointment.State.CANCELLED or one.series_id is None or one.told_at is None:
        return None
    return one.series_id, one.told_at
