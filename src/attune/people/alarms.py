"""Somebody is trying one way in after the other: told in the log, in the audit, and on the pages of the operator.

Told without a word about anybody: neither from where, nor for whom, nor what was tried. Once an hour while it goes on.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from attune.audit.journal import note
from attune.people.limits import Limit
from attune.people.viewers import MACHINE

log = logging.getLogger("attune")

#: Not told again within this time; and shown to the operator for so long.
_QUIET, _SHOWN = timedelta(hours=1), timedelta(days=7)


@dataclass(frozen=True)
class Alarm:
    """More tries than people make by mistake. `verb` is the event that is noted; `word` is what was tried."""

    verb: str
    word: str
    tries: Limit

    def hear(self, *, at: datetime) -> None:
        """One more try that was wrong, or was not looked at because there had been so many."""
        if not self.tries.count():
            return
        last = self.last_told()
        if last is not None and at - last < _QUIET:
            return
        cache.set(self._key, at.isoformat(), _SHOWN.total_seconds())
        log.warning(
            "Somebody is trying %s: %d wrong within %d seconds. Look where they come from in the log of your proxy.",
            self.word,
            self.tries.amount,
            self.tries.seconds,
        )
        note(self.verb, by=MACHINE, at=at)

    def last_told(self) -> datetime | None:
        """When it was told last, within a week."""
        told = cache.get(self._key)
        return datetime.fromisoformat(told) if told else None

    @property
    def _key(self) -> str:
        return f"alarm:{self.verb}"


#: 10,000 tries in an hour are 833 in five minutes. A clinic that comes to work in the morning makes a few dozen.
SIGN_INS_TRIED = Alarm("alarm.sign-ins-tried", "sign-ins", Limit("sign-ins tried", 100, 300))
#: Nobody types a link. What looks into mails may spoil some, and leaves it at that.
LINKS_TRIED = Alarm("alarm.links-tried", "links", Limit("links tried", 500, 300))
