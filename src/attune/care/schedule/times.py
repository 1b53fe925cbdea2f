"""Times as people say them, and the instants that they mean: zones and clocks that change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as in_words
from django.utils.translation import gettext, ngettext

from attune.base.errors import Refused
from attune.people.actions import check_zone


@dataclass(frozen=True)
class When:
    """A time as people say it: a day, an hour, a zone, and where."""

    day: date
    time: time
    zone: str
    place: str = ""

    def instant(self) -> datetime:
        """The instant it means, the first of an hour that comes twice; `Refused` for one that the clocks skip."""
        if self.is_skipped():
            raise Refused(
                "The clocks skip this hour on that day: choose another.", {"time": "This hour does not exist."}
            )
        return self._wall().astimezone(UTC)

    def is_skipped(self) -> bool:
        """The clocks go forward over this hour on that day."""
        wall = self._wall()
        return wall.astimezone(UTC).astimezone(wall.tzinfo).replace(tzinfo=None) != wall.replace(tzinfo=None)

    def comes_twice(self) -> bool:
        """The clocks go back over this hour on that day."""
        wall = self._wall()
        return not self.is_skipped() and wall.utcoffset() != wall.replace(fold=1).utcoffset()

    def _wall(self) -> datetime:
        if not date.min.year < self.day.year < date.max.year:  # their first and last hours are none in other zones
            raise Refused("This day lies too far off.", {"day": "Choose a day within two years."})
        return datetime.combine(self.day, self.time, tzinfo=check_zone(self.zone))


def told(at: datetime, zone: str) -> str:
    """A moment in words, as the clocks of this zone show it."""
    return in_words(at.astimezone(ZoneInfo(zone)), "l j F Y, H:i")


def notice(said_at: datetime, starts_at: datetime, zone: str) -> str:
    """How long before its hour something was said, as people count: in days of the calendar, on the day in hours."""
    said, starts = (at.astimezone(ZoneInfo(zone)) for at in (said_at, starts_at))
    if said_at >= starts_at:
        return gettext("entered after its hour")
    days, hours = (starts.date() - said.date()).days, int((starts_at - said_at).total_seconds() // 3600)
    if days == 1:
        return gettext("the day before")
    if days:
        return ngettext("%(n)d day before", "%(n)d days before", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour before", "%(n)d hours before", hours) % {"n": hours}
    return gettext("less than an hour before")
