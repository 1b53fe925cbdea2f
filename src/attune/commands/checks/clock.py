"""The machine's clock. Nobody is asked whom the operator did not set up: it is laid beside what is at hand.

A code of an app holds for half a minute to either side; invitations, sessions and the audit tell their times by it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attune.audit.models import Event
from attune.base import clock
from attune.commands.checks.postgres import list_postgres
from attune.commands.checks.releases import RELEASED

#: So far off is not yet wrong.
_OFF = timedelta(seconds=60)
_SET_IT = "let the machine set it from the network (timedatectl set-ntp true), and start again"


def before_the_release() -> Iterator[str]:
    """A clock that has not come to the day of this program."""
    now = clock.now()
    if now.date() < RELEASED:
        yield f"This machine's clock says {now:%Y-%m-%d}, before the day on which this release was made: {_SET_IT}."


def behind_the_audit() -> Iterator[str]:
    """Something was done later than now: the clock went back, or was ahead when it was done."""
    now, newest = clock.now(), Event.objects.order_by("-seq").values_list("at", flat=True).first()
    if newest is not None and newest - now > _OFF:
        yield (
            f"The newest event of the audit is of {newest:%Y-%m-%d %H:%M:%S} UTC, and this machine's clock says "
            f"{now:%Y-%m-%d %H:%M:%S}: {_SET_IT}; if the clock is right now and was ahead then, say so by "
            "`attune audit clock-is-right`."
        )


def beside_postgres() -> Iterator[str]:
    """The clock of a database's server and this one: one of the two is wrong. Here, they are one clock."""
    for name, connection in list_postgres():
        before = clock.now()
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            there: datetime = cursor.fetchone()[0]
        after = clock.now()
        if not before - _OFF <= there <= after + _OFF:
            seconds = round(abs((there - before).total_seconds()))
            yield (
                f"This machine's clock and that of the PostgreSQL server of {name} are {seconds} seconds apart: on "
                f"both, {_SET_IT}."
            )
