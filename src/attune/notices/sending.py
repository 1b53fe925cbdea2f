"""The sweep of the outbox: one sweeper at a time, each letter written down as *being sent* before it leaves the house.

At most once: whoever dies between writing it down and hearing the mail server's answer leaves a letter of which nobody
knows, and it is not sent again (docs/decisions/0015). What an error says reaches no log, but for its kind.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from attune.audit.journal import unit
from attune.base.errors import AttuneError, Conflict
from attune.base.ids import new_id
from attune.notices import lease, outbox
from attune.notices.carrier import Carrier, NotTaken, Unsure
from attune.notices.letter import Letter, as_mail
from attune.notices.models import Notice
from attune.notices.outbox import Due
from attune.people.contacts import get_account_written_to, get_contact

log = logging.getLogger("attune")

_S = Notice.State
LEASE = "letters"


class Writer(Protocol):
    """Knows what a letter is about. Stands above, and is handed in."""

    def when(self, notice: Notice, *, at: datetime) -> Due | None:
        """When it is to go, as things stand now; None where it is not to go any more."""
        ...

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        """Make its link and draw it up, in the transaction that says that it is being sent; None as above."""
        ...

    def unmake(self, notice: Notice, *, at: datetime) -> None:
        """The mail server has not taken it after all: the link that was made reached nobody."""
        ...


@dataclass(frozen=True)
class Round:
    """One round of one sweeper: who, and what time it is, from when it began and how long that is ago."""

    holder: UUID
    began: datetime
    started: float

    @property
    def now(self) -> datetime:
        """Goes on while letters are carried."""
        return self.began + timedelta(seconds=time.monotonic() - self.started)

    def holds_on(self) -> bool:
        """Keep the lease for another while; False where it was lost."""
        return lease.take(LEASE, holder=self.holder, at=self.now)


@contextmanager
def one_at_a_time(*, at: datetime) -> Iterator[Round | None]:
    """A round under the lease, or None while somebody else has it."""
    mine = Round(new_id(), at, time.monotonic())
    if not mine.holds_on():
        yield None
        return
    try:
        yield mine
    finally:
        lease.give_back(LEASE, holder=mine.holder)


def send_waiting(writer: Writer, mine: Round) -> None:
    """Send what is due and still to be sent. What cannot be sent now waits, longer each time, until it is too late."""
    for notice in outbox.list_left_in_hand(before=mine.now - lease.LASTS):
        outbox.move_on(notice, _S.UNSURE, at=mine.now)
    ready = [one for one in outbox.list_to_send(at=mine.now) if _is_still_due(one, writer, mine)]
    carrier = Carrier()
    try:
        for place, notice in enumerate(ready):
            if not mine.holds_on():
                return
            if not _reached(carrier, ready[place:], mine):
                return
            if not _carried(notice, carrier, writer, mine):
                return
    finally:
        carrier.close()


def _is_still_due(notice: Notice, writer: Writer, mine: Round) -> bool:
    """Stopped, missed or put off where things have changed since it was put into the outbox."""
    try:
        letter = writer.when(notice, at=mine.now)
        if letter is None:
            outbox.move_on(notice, _S.STOPPED, at=mine.now)
        elif letter.until <= mine.now:
            outbox.move_on(notice, _S.MISSED, at=mine.now)
        elif letter.due > mine.now:
            outbox.put_off(notice, letter)
        else:
            return True
    except AttuneError as problem:
        log.error("A letter could not be looked at: %s.", type(problem).__name__)
        outbox.try_later(notice, at=mine.now)
    return False


def _reached(carrier: Carrier, waiting: list[Notice], mine: Round) -> bool:
    """Whether the mail server is there; where it is not, all of them wait."""
    try:
        carrier.open()
    except NotTaken:
        log.warning("The mail server cannot be reached: %d letters wait.", len(waiting))
        for notice in waiting:
            outbox.try_later(notice, at=mine.now)
        return False
    return True


def _carried(notice: Notice, carrier: Carrier, writer: Writer, mine: Round) -> bool:
    """Carry one letter, whatever comes of it; False where the line broke, and the rest is for the next round."""
    try:
        _carry(notice, carrier, writer, mine)
    except NotTaken as problem:
        if problem.no_such:
            outbox.move_on(notice, _S.REFUSED, at=mine.now)
            return True
        if notice.state == _S.SENDING:
            writer.unmake(notice, at=mine.now)
            outbox.move_on(notice, _S.WAITING, at=mine.now)
        outbox.try_later(notice, at=mine.now)
        return not problem.broken
    except Unsure:
        outbox.move_on(notice, _S.UNSURE, at=mine.now)
        return False
    except Exception as problem:  # one that cannot be drawn up stops no other
        log.error("A letter could not be drawn up: %s.", type(problem).__name__)
        carrier.close()
        outbox.try_later(notice, at=mine.now)
    return True


def _carry(notice: Notice, carrier: Carrier, writer: Writer, mine: Round) -> None:
    address = _address(notice)
    if not address:
        outbox.move_on(notice, _S.STOPPED, at=mine.now)
        return
    carrier.address(address)  # only when the server says *go ahead* a link is made, which shuts an older one
    letter = _take_in_hand(notice, writer, mine, to=address)
    if letter is None:
        carrier.close()
        return
    carrier.hand(as_mail(letter, to=address, mark=notice.id))
    outbox.move_on(notice, _S.SENT, at=mine.now)


def _address(notice: Notice) -> str | None:
    """What came is told where they sign in to read it; a check-in goes where they asked to be written to."""
    if notice.kind == Notice.Kind.CAME:
        account = get_account_written_to(notice.person_id)
        return account.email if account else None
    contact = get_contact(notice.person_id)
    return contact.address if contact else None


def _take_in_hand(notice: Notice, writer: Writer, mine: Round, *, to: str) -> Letter | None:
    """Written down as being sent, with the link that the letter holds: both or neither."""
    at = mine.now  # one moment for the letter and its link: by it they are found together
    with unit():
        now = Notice.objects.select_for_update().get(pk=notice.pk)
        if now.state != notice.state:
            raise Conflict("Somebody else has this letter in hand.")
        if _address(notice) != to:
            raise Conflict("They are written to elsewhere by now: it goes there with the next round.")
        letter = writer.write(notice, at=at)
        outbox.move_on(notice, _S.STOPPED if letter is None else _S.SENDING, at=at)
    return letter
