"""What the commands say to programs: plain data, ready to become JSON."""

from dataclasses import asdict
from typing import Any

from attune_science import references
from attune_science.answers import Answers
from attune_science.change import Change
from attune_science.instruments import Criterion, CutOff, Definition, Item, Scale
from attune_science.scoring import Pattern, Score, at_risk, patterns, score

Data = dict[str, Any]


def instrument(definition: Definition) -> Data:
    """Everything about an instrument but its wording."""
    return {
        "key": definition.key,
        "version": definition.version,
        "name": definition.name,
        "kind": definition.kind,
        "moment": definition.moment,
        "items": count_items(definition),
        "tier": definition.licence.tier,
        "languages": dict(definition.languages),
        "wording": definition.has_wording,
        "validated": definition.validated,
        "loinc": definition.loinc or None,
        "licence": asdict(definition.licence) | {"checked": definition.licence.checked.isoformat()},
        "source": definition.source,
        "forms": {form: [item.key for item in definition.asked(form)] for form in definition.forms},
        "lines": [_item(item) for item in definition.items],
        "scales": [_scale(definition, scale) for scale in definition.scales],
        "criteria": [_criterion(criterion) for criterion in definition.criteria],
        "sources": {key: references.cite(key) for key in definition.sources},
    }


def count_items(definition: Definition) -> int:
    """How many items its longest form has: those that are scored, or all where none is."""
    return max(len(definition.scored(form)) or len(definition.asked(form)) for form in definition.forms)


def scored(definition: Definition, answers: Answers) -> Data:
    """The scores of one filled form; the headline is the first scale of the form."""
    found = score(definition, answers)
    scales = {scale.key: scale for scale in definition.scales}
    listed = [_score(scales[one.scale], one) for one in found]
    return {
        "instrument": definition.key,
        "version": definition.version,
        "form": answers.form,
        "score": listed[0]["value"],
        **{name: listed[0][name] for name in ("reason", "band", "answered", "asked")},
        "scales": listed,
        "patterns": [_pattern(definition, pattern) for pattern in patterns(definition, answers)],
        "danger": at_risk(definition, answers),
    }


def changed(definition: Definition, scale: Scale, change: Change) -> Data:
    """What happened between two scores, and what it was measured with."""
    yardstick = change.yardstick
    return {
        "instrument": definition.key,
        "version": definition.version,
        "scale": scale.key,
        "before": number(change.before),
        "after": number(change.after),
        "reliable_change_index": change.index,
        "category": change.category,
        "reason": change.reason or None,
        "sd": yardstick.sd,
        "reliability": yardstick.reliability,
        "threshold": yardstick.threshold,
        "z": yardstick.z,
        "smallest": yardstick.smallest,
        "higher": yardstick.higher,
        "cut_off": asdict(yardstick.cut_off) if yardstick.cut_off else None,
        "population": yardstick.population or None,
        "sources": {key: references.cite(key) for key in yardstick.sources},
    }


def number(value: float | None) -> float | None:
    """Unrounded, and a whole number as one."""
    return int(value) if value is not None and value == int(value) else value


def _score(scale: Scale, found: Score) -> Data:
    band = scale.band(found.value) if found.value is not None else None
    return {
        "scale": scale.key,
        "name": scale.text.say() or None,
        "value": number(found.value),
        "reason": found.reason or None,
        "band": found.band,
        "band_text": band.text.say() if band else None,
        "answered": found.answered,
        "asked": found.asked,
        "cut_offs_reached": [
            _cut_off(one) for one in scale.cut_offs if found.value is not None and one.reached(found.value)
        ],
    }


def _pattern(definition: Definition, pattern: Pattern) -> Data:
    criterion = next(one for one in definition.criteria if one.key == pattern.criterion)
    texts = {outcome.key: outcome.text.say() for outcome in criterion.outcomes}
    return {
        "criterion": criterion.key,
        "name": criterion.text.say(),
        "outcome": pattern.outcome,
        "text": texts.get(pattern.outcome or ""),
        "reason": pattern.reason or None,
        "source": criterion.source,
    }


def _item(item: Item) -> Data:
    told: Data = {"key": item.key, "kind": item.kind}
    if item.highest > item.lowest:
        told |= {"lowest": item.lowest, "highest": item.highest, "step": item.step, "reverse": item.reverse}
    return told | {"risk_from": item.risk_from, "loinc": item.loinc or None}


def _scale(definition: Definition, scale: Scale) -> Data:
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    return {
        "key": scale.key,
        "name": scale.text.say() or None,
        "items": list(scale.items),
        "method": scale.method,
        "factor": scale.factor,
        "minimum": scale.minimum,
        "missing": scale.missing or None,
        "lowest": number(lowest),
        "highest": number(highest),
        "higher": scale.higher,
        "bands": [{"key": band.key, "lowest": band.lowest, "text": band.text.say()} for band in scale.bands],
        "bands_source": scale.bands_source or None,
        "cut_offs": [_cut_off(cut_off) for cut_off in scale.cut_offs],
        "norms": [asdict(norm) for norm in scale.norms],
        "reliabilities": [asdict(reliability) for reliability in scale.reliabilities],
        "change": asdict(scale.change) if scale.change else None,
        "loinc": scale.loinc or None,
    }


def _cut_off(cut_off: CutOff) -> Data:
    return {
        "value": number(cut_off.value),
        "side": cut_off.side,
        "text": cut_off.text.say(),
        "population": cut_off.population,
        "source": cut_off.source,
    }


def _criterion(criterion: Criterion) -> Data:
    return {
        "key": criterion.key,
        "name": criterion.text.say(),
        "outcomes": {outcome.key: outcome.text.say() for outcome in criterion.outcomes},
        "source": criterion.source,
    }
