"""A series: the same hour every so many weeks, within bounds, made whole or not at all."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import WEEKLY, rrule
from django.utils.dateformat import format as in_words

from attune.audit.journal import unit
from attune.base.errors import Refused
from attune.care.episodes.models import Episode
from attune.care.schedule.actions import record_change
from attune.care.schedule.models import Appointment, Series
from attune.care.schedule.promises import check_near, check_place, lock_times, promised_once
from attune.care.schedule.times import When
from attune.people.viewers import Viewer

#: A year of weeks: whoever plans farther plans again, and looks at it then.
MOST = 52
#: Every week, or every second.
WEEKS = (1, 2)


@dataclass(frozen=True)
class Repeats:
    """Every so many weeks, until a day or so many times: one of the two, since a series always has an end."""

    weeks: int
    until: date | None = None
    times: int | None = None

    def days_from(self, first: date) -> list[date]:
        """The days, the first among them; `Refused` for a series without an end, with two, too long or too short."""
        self._check_has_an_end()
        if self.until is not None and self.until < first:
            raise Refused("The last day comes before the first.", {"until": "Choose a day after the first."})
        starts = datetime.combine(first, time())
        last = datetime.combine(self.until, time()) if self.until else None
        days = [one.date() for one in islice(rrule(WEEKLY, interval=self.weeks, dtstart=starts, until=last), MOST + 1)]
        days = days[: self.times]
        field = "until" if self.until else "times"
        if len(days) > MOST:
            raise Refused("This series is too long.", {field: f"At most {MOST} appointments: plan the rest later."})
        if len(days) < 2:
            raise Refused("This is one appointment.", {field: "This would be one appointment: choose “once”."})
        return days

    def _check_has_an_end(self) -> None:
        if self.weeks not in WEEKS:
            raise Refused("Say how often.", {"repeat": "Choose one of these."})
        if self.until is None and self.times is None:
            raise Refused(
                "A series needs an end.", {"until": "Say until which day, or how many times: a series needs an end."}
            )
        if self.until is not None and self.times is not None:
            raise Refused("A series has one end.", {"until": "Say until which day, or how many times: not both."})
        if self.times is not None and not 1 <= self.times <= MOST:
            raise Refused("So many cannot be planned.", {"times": f"From 2 to {MOST}."})


def plan_series(
    episode: Episode, *, first: When, repeats: Repeats, leave_out: bool = False, by: Viewer, at: datetime
) -> Series:
    """Promise the same hour of the wall clock on all its days.

    Where some of them cannot be promised, `Refused` names them and nothing is made; with `leave_out` the others are.
    """
    check_place(first.place)
    check_near(datetime.combine(first.day, first.time, tzinfo=at.tzinfo), at=at)
    whens = [replace(first, day=day) for day in repeats.days_from(first.day)]
    with promised_once(), unit() as record:
        lock_times(episode.id)
        free, wrong = _sorted_out(episode, whens)
        if wrong and not (leave_out and free):
            raise Refused("Some of these days cannot be planned.", {"leave_out" if free else "day": " ".join(wrong)})
        check_near(free[-1].instant(), at=at, field="until" if repeats.until else "times")
        series = Series.objects.create(episode=episode, weeks=repeats.weeks, made_at=at)
        made = [
            Appointment(
                episode=episode,
                series=series,
                day=when.day,
                time=when.time,
                zone=when.zone,
                starts_at=when.instant(),
                place=when.place,
            )
            for when in free
        ]
        Appointment.objects.bulk_create(made)
        record("series.planned", by=by, at=at, subject=series.id, subject_kind="series", episode=episode.id)
        for one in made:
            record_change(record, "appointment.planned", one, by=by, at=at)
    return series


def _sorted_out(episode: Episode, whens: list[When]) -> tuple[list[When], list[str]]:
    """Those that can be promised, and a sentence for each that cannot."""
    standing = Appointment.objects.filter(episode=episode).exclude(state=Appointment.State.CANCELLED)
    taken = set(standing.values_list("starts_at", flat=True))
    free, wrong = [], []
    for when in whens:
        if when.is_skipped():
            wrong.append(f"{in_words(when.day, 'l j F Y')}: the clocks skip this hour.")
        elif when.instant() in taken:
            wrong.append(f"{in_words(when.day, 'l j F Y')}: there is an appointment at this time already.")
        else:
            free.append(when)
    return free, wrong
