"""The clients' own book of what was acknowledged to them, compared afterwards with what the record holds.

Lost: acknowledged, and not there. Doubled: there more than once. Altered: there, and not what was sent. Half: answers,
scores, words, signal, concern and audit event are not all there, or some of them stand alone.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Any

#: Two instruments, all eight lines, a word of hurt, two lines of text, and danger: every noun has its part in it.
INSTRUMENTS = ("attune-session", "phq-9")
_LINES = ("presence", "collaboration", "acceptance", "culture", "frame", "autonomy", "feedback", "repair")


def what_is_sent(n: int) -> dict[str, str]:
    """The fields of the n-th check-in: no two alike."""
    marks = {name: str((n // (place + 1)) % 11) for place, name in enumerate(_LINES)}
    danger = {f"phq-9.item-{item}": str((n + item) % 4) for item in range(1, 9)} | {"phq-9.item-9": str(1 + n % 3)}
    words = {"less": f"The sheet, at the {n}th time. Größe, 日本.", "more": f"Slower: {'word ' * (n % 40)}{n}."}
    return marks | {"relative": "a_little_harder", "hurt": "yes", "how": "bring_it_up"} | words | danger


def digest(fields: Mapping[str, str]) -> str:
    """A hash of what was sent, by field; the same of what was kept."""
    return sha256("\0".join(f"{name}\1{fields[name]}" for name in sorted(fields)).encode()).hexdigest()


@dataclass
class Ledger:
    """What was sent under each submission key, and which of these were acknowledged."""

    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def sends(self, submission: str, fields: Mapping[str, str]) -> None:
        """Before it leaves: whatever happens next, this may be in the record."""
        with self._one_at_a_time:
            self.sent[submission] = digest(fields)

    def was_received(self, submission: str) -> None:
        """The client was told that it came."""
        with self._one_at_a_time:
            self.acknowledged.add(submission)


@dataclass(frozen=True)
class Differences:
    """All four are 0, or something is wrong."""

    lost: int
    doubled: int
    altered: int
    half: int


#: As it must be.
NONE = Differences(0, 0, 0, 0)


def compare(ledger: Ledger, record: Mapping[str, Any], whole: Mapping[str, Mapping[str, int]]) -> Differences:
    """Lay the book beside the record (`support.furnished record`). `whole` is the shape of one taken in peace."""
    found = record["found"]
    times = Counter(one["submission"] for one in found)
    more = [one for one in found if times[one["submission"]] > 1 or _has_more(one["shape"], whole)]
    return Differences(
        lost=len(ledger.acknowledged - times.keys()),
        doubled=len(more),
        altered=sum(1 for one in found if ledger.sent.get(one["submission"], one["digest"]) != one["digest"]),
        half=record["alone"] + sum(1 for one in found if one["shape"] != whole),
    )


def _has_more(shape: Mapping[str, Mapping[str, int]], whole: Mapping[str, Mapping[str, int]]) -> bool:
    return any(many > whole.get(part, {}).get(kind, 0) for part, rows in shape.items() for kind, many in rows.items())
