"""Times in transcripts: clock readings as seconds, and the guard that they never run backward."""

import re
from dataclasses import dataclass
from math import isfinite

from attune_science.conversation.transcript import TranscriptRefused

#: A clock reading as a regular expression without groups: hours may be missing, fractions too. Every part is bounded.
CLOCK = r"(?:\d{1,4}:)?\d{1,3}:\d{2}(?:[.,]\d{1,6})?"
_PARTS = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,6}))?")


def seconds(reading: str) -> float | None:
    """Seconds of a clock reading; None where it is none.

    Example
    -------
    >>> seconds("01:02:03,5"), seconds("75:03"), seconds("1:75")
    (3723.5, 4503.0, None)
    """
    found = _PARTS.fullmatch(reading.strip())
    if found is None:
        return None
    hours, minutes, rest, fraction = found.groups()
    if int(rest) > 59 or (hours and int(minutes) > 59):
        return None
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{rest}.{fraction or 0}")


@dataclass
class Order:
    """Sees every start and end of a file, in order, and refuses the first that runs backward."""

    last: float = 0.0

    def check(self, start: float | None, end: float | None, place: str) -> None:
        """Take one more pair of times.

        Parameters
        ----------
        start, end
            Seconds; None where there is none.
        place
            Where they stand, to be named: “Line 12”.

        Raises
        ------
        TranscriptRefused
            When they lie before what came earlier, or the end before the start, or one is no number of seconds.
        """
        if any(one is not None and not (isfinite(one) and one >= 0) for one in (start, end)):
            why = f"{place} has a time that is no time of a recording."
        elif start is not None and end is not None and end < start:
            why = f"{place} ends before it begins."
        elif start is not None and start < self.last:
            why = f"{place} begins before what stands above it."
        else:
            self.last = self.last if start is None else start
            return
        raise TranscriptRefused(
            "The times in this file run backward.", why, "Put the lines in order, or correct the time, and try again."
        )
