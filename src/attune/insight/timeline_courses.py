"""Questionnaires on a timeline: each response with its score, and what is published about that score."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.base.errors import Gone
from attune.care.checkins.models import Response
from attune.care.questionnaires.readers import get_definition
from attune.insight.measures import moved, short_name
from attune.insight.timeline_points import Course, Measured, Scale
from attune_science.change import yardstick_of
from attune_science.errors import ScienceError
from attune_science.instruments import Definition

Scores = Mapping[UUID, Mapping[str, float]]


def courses_of(given: Sequence[Response], scores: Scores, zone: ZoneInfo) -> tuple[Course, ...]:
    """By questionnaire, the one that was asked first, first. A look-up for each version that was asked, no more."""
    known = {about: _definition(*about) for about in {(one.instrument, one.version) for one in given}}
    keys = dict.fromkeys(one.instrument for one in given)
    return tuple(_course([one for one in given if one.instrument == key], known, scores, zone) for key in keys)


def _course(
    given: Sequence[Response], known: Mapping[tuple[str, str], Definition | None], scores: Scores, zone: ZoneInfo
) -> Course:
    rows: list[Measured] = []
    first: float | None = None
    for one in given:
        row = _measured(one, known[one.instrument, one.version], (first, scores), zone)
        rows.append(row)
        first = row.value if first is None else first
    newest = known[given[-1].instrument, given[-1].version]
    return Course(given[0].instrument, short_name(given[0].instrument), tuple(rows), _scale(newest))


def _measured(
    one: Response, definition: Definition | None, against: tuple[float | None, Scores], zone: ZoneInfo
) -> Measured:
    at, (first, scores) = one.given_at.astimezone(zone), against
    if one.read_at is None or definition is None or not definition.scales:
        return Measured(one.id, at, read=one.read_at is not None)
    scale = definition.scales[0]
    value = scores.get(one.id, {}).get(scale.key)
    band = scale.band(value) if value is not None else None
    return Measured(one.id, at, True, value, band.text.say() if band else "", moved(definition, first, value))


def _scale(definition: Definition | None) -> Scale | None:
    if definition is None or not definition.scales:
        return None
    scale = definition.scales[0]
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    return Scale(lowest, highest, scale.higher or "", scale.bands, scale.bands_source, _error(definition), scale.change)


def _error(definition: Definition) -> float | None:
    try:
        return yardstick_of(definition).smallest
    except ScienceError:  # no spread and reliability with a source is kept for it
        return None


def _definition(instrument: str, version: str) -> Definition | None:
    try:
        return get_definition(instrument, version)
    except Gone:
        return None
