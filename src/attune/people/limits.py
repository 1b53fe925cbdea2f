"""How often something may be tried: counted for all workers together, in the table behind Django's cache."""

import logging
import time
from dataclasses import dataclass

from django.core.cache import cache

log = logging.getLogger("attune")


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds. `alarm`: say in the log, once in that time, that it was reached."""

    name: str
    amount: int
    seconds: int
    alarm: bool = False

    def is_reached(self, subject: str = "all") -> bool:
        """Whether no more are let through now. Reads, and writes nothing."""
        return int(cache.get(self._key(subject), 0)) >= self.amount

    def count(self, subject: str = "all") -> bool:
        """One more, and whether just this one reached the limit.

        Once it is reached nothing is written: a flood does not become a flood of writes.
        """
        if self.is_reached(subject):
            return False
        reached = self._add(subject) == self.amount
        if reached and self.alarm:
            log.warning("Limit reached: %s, %d in %d seconds.", self.name, self.amount, self.seconds)
        return reached

    def take(self, subject: str) -> bool:
        """One more, if it may still be: of many at once no more than so many get it."""
        return not self.is_reached(subject) and self._add(subject) <= self.amount

    def _add(self, subject: str) -> int:
        key = self._key(subject)
        cache.add(key, 0, self.seconds)
        return int(cache.incr(key))

    def forget(self, subject: str = "all") -> None:
        """What was counted so far does not count any more."""
        cache.delete(self._key(subject))

    def _key(self, subject: str) -> str:
        return f"limit:{self.name}:{subject}:{int(time.time() // self.seconds)}"


#: Wrong passwords and codes, from everywhere together. Each account and address has a narrower limit of its own
#: (`settings.ACCOUNT_RATE_LIMITS`); a passkey is never held up, since it cannot be guessed.
WRONG_SIGN_INS = Limit("wrong sign-ins", 600, 300, alarm=True)
#: Links that lead nowhere. A token of 256 bits cannot be guessed: this only keeps a flood cheap, and says that it is
#: there. It is asked after the link was looked up, so a good link gets through whatever comes from beside it.
WRONG_LINKS = Limit("wrong links from one address", 60, 60)
WRONG_LINKS_IN_ALL = Limit("wrong links", 1200, 60, alarm=True)
