"""Times as they are typed at the desk: read into what the record takes, or refused by field."""

from collections.abc import Mapping
from datetime import date, datetime

from attune.base.errors import Refused
from attune.care.schedule.series import Repeats
from attune.care.schedule.times import When


def when_of(sent: Mapping[str, str], zone: str) -> When:
    """The day, the hour, and where."""
    fields: dict[str, str] = {}
    try:
        day = date.fromisoformat(sent.get("day", ""))
    except ValueError:
        fields["day"] = "Write the day as 2026-03-19."
    try:
        typed = sent.get("time", "").encode("ascii").decode()  # digits of other scripts are read as such by nobody here
        hour = datetime.strptime(typed, "%H:%M").time()  # noqa: DTZ007 - wall time of the episode
    except ValueError:
        fields["time"] = "Write the time as 16:00."
    if fields:
        raise Refused("The day or the time could not be read.", fields)
    return When(day, hour, zone, sent.get("place", ""))


def repeats_of(sent: Mapping[str, str]) -> Repeats | None:
    """How often, and until when; None for once, whatever stands in the fields beneath that are closed then."""
    repeat = sent.get("repeat") or "once"
    if repeat == "once":
        return None
    return Repeats(int(repeat) if repeat in ("1", "2") else 0, _until_of(sent), number_of(sent, "times"))


def _until_of(sent: Mapping[str, str]) -> date | None:
    typed = sent.get("until", "").strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        raise Refused("The day could not be read.", {"until": "Write the day as 2026-03-19."}) from problem


def number_of(sent: Mapping[str, str], field: str) -> int | None:
    """A small whole number, or None where nothing was typed."""
    typed = sent.get(field, "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3):
        raise Refused("The number could not be read.", {field: "Write a whole number, such as 10."})
    return int(typed)
