"""Whether the chain is whole, or which row was tampered with."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from attune.audit.chain import Link, digest_of, hash_of
from attune.audit.models import Event, Shown
from attune.base.errors import Refused

_ROWS = 5000


@dataclass(frozen=True)
class Verdict:
    """Whole or not, and the sentence that says so."""

    whole: bool
    sentence: str


def head() -> str:
    """The end of the chain as `SEQ:HASH`; kept elsewhere, it shows later whether a tail was cut off."""
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first()
    return f"{last[0]}:{last[1]}" if last else "0:"


def verify(kept_head: str | None = None) -> Verdict:
    """Walk the whole chain. Names the first row that was changed, moved, added or is missing."""
    seq, prev, kept = 0, "", _parsed(kept_head)
    for link, stored, people in _walk():
        fault = _fault(link, stored, people, seq=seq, prev=prev)
        if fault:
            return Verdict(False, fault)
        seq, prev = link.seq, stored
        if kept and kept[0] == seq and kept[1] != stored:
            return Verdict(False, f"Row {seq} is not the one that the kept head names: the chain was written anew.")
    if kept and kept[0] > seq:
        return Verdict(False, f"The chain ends at row {seq}, but the kept head names row {kept[0]}: its tail was cut off.")
    return Verdict(True, f"The chain is whole: {seq} events, head {seq}:{prev}")


def _fault(link: Link, stored: str, people: list[UUID], *, seq: int, prev: str) -> str:
    where = f"row {link.seq} ({link.id}, {link.at:%Y-%m-%d %H:%M} UTC, {link.verb})"
    if link.seq != seq + 1:
        return f"Something was removed or moved before {where}: row {seq + 1} is missing."
    if link.prev != prev:
        return f"The chain breaks at {where}: it does not follow the row before it."
    if hash_of(link) != stored:
        return f"The chain breaks at {where}: the row was changed after it was written."
    if digest_of(people) != link.shown:
        return f"The chain breaks at {where}: the list of people shown was changed after it was written."
    return ""


def _walk() -> Iterator[tuple[Link, str, list[UUID]]]:
    """Every row with its hash and the people shown, a few thousand at a time: the memory stays flat."""
    last = -1
    while rows := list(Event.objects.filter(seq__gt=last).order_by("seq").values_list(*Link._fields, "hash")[:_ROWS]):
        people: dict[UUID, list[UUID]] = defaultdict(list)
        within = Shown.objects.filter(event__seq__gte=rows[0][0], event__seq__lte=rows[-1][0])
        for event, person in within.values_list("event_id", "person").iterator():
            people[event].append(person)
        for *parts, stored in rows:
            link = Link(*parts)
            yield link, stored, people[link.id]
        last = rows[-1][0]


def _parsed(kept_head: str | None) -> tuple[int, str] | None:
    if kept_head is None:
        return None
    seq, _, kept = kept_head.partition(":")
    if not seq.isascii() or not seq.isdigit():
        raise Refused("This is no head: give it as `attune audit head` printed it, SEQ:HASH.")
    return int(seq), kept
