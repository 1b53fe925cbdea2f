"""Scores of questionnaires over an episode: the latest beside the first, and whether they differ reliably."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.base.errors import Gone
from attune.care.checkins.models import Response
from attune.care.questionnaires.readers import get_definition
from attune.practices import evidence as pure
from attune_science import instruments
from attune_science.change import change, yardstick_of
from attune_science.errors import ScienceError
from attune_science.instruments import Definition

Scores = Mapping[UUID, Mapping[str, float]]
#: Changes that are larger than the error of measurement.
_RELIABLE = ("recovered", "improved", "harmed", "deteriorated")


def measured_of(
    responses: Sequence[Response], scores: Scores, *, since: datetime | None, zone: ZoneInfo
) -> list[pure.Measured]:
    """The latest response to each questionnaire, if it came after `since`; oldest first."""
    latest = {one.instrument: one for one in responses}
    new = [one for one in latest.values() if since is None or one.given_at > since]
    first = {one.instrument: one for one in reversed(responses) if scores[one.id]}
    return [
        measured
        for one in sorted(new, key=lambda one: one.given_at)
        if (measured := _measured(one, first.get(one.instrument), scores, zone))
    ]


def _measured(one: Response, first: Response | None, scores: Scores, zone: ZoneInfo) -> pure.Measured | None:
    try:
        definition = get_definition(one.instrument, one.version)
    except Gone:  # a pack that was taken out: what its scores are called is not known here any more
        return None
    scale = definition.scales[0]
    value = scores[one.id].get(scale.key)
    earlier = scores[first.id].get(scale.key) if first and first.id != one.id else None
    band = scale.band(value) if value is not None else None
    return pure.Measured(
        name=definition.name,
        given_at=one.given_at.astimezone(zone),
        value=plain(value),
        band=band.text.say() if band else "",
        earlier=plain(earlier),
        earlier_at=first.given_at.astimezone(zone) if first and earlier is not None else None,
        moved=moved(definition, earlier, value),
    )


def short_name(instrument: str) -> str:
    """What a questionnaire is called in a list: “PHQ-9”. The key stands in for one that is not installed any more."""
    try:
        name = instruments.get(instrument).name
    except ScienceError:
        return instrument
    short = re.search(r"\(([^()]+)\)", name)
    return short[1] if short else name


def plain(value: float | None) -> int | float | None:
    """A whole number as one: 12, not 12.0."""
    return int(value) if value is not None and value == int(value) else value


def moved(definition: Definition, before: float | None, after: float | None) -> str:
    """`lower` or `higher` by more than the measure's own error, `within` it; empty where nobody can say."""
    if before is None or after is None:
        return ""
    try:
        found = change(before, after, yardstick_of(definition))
    except ScienceError:  # no spread and reliability with a source is kept for it
        return ""
    if found.category not in _RELIABLE:
        return "within"
    return "lower" if after < before else "higher"
