"""What the commands say to people: a few lines of text, each figure with whose it is."""

from collections.abc import Iterable, Iterator

from attune_science import references, yardstick
from attune_science.answers import Answers
from attune_science.change import Change
from attune_science.cli_data import count_items
from attune_science.instruments import CutOff, Definition, Scale
from attune_science.scoring import Pattern, Score, at_risk, patterns, score
from attune_science.yardstick import figure

_NO_DIAGNOSIS = "A band is a stretch of scores and no diagnosis: that takes a person who asks."
_DANGER = "An answer tells of danger. Talk with this person about it now, whatever the score."
_NOT_VALIDATED = "No published work shows what these scores mean."


def table(definitions: Iterable[Definition]) -> str:
    """The instruments at hand, a line each."""
    rows = [("key", "name", "items", "tier", "languages", "wording")]
    rows += [
        (
            one.key,
            one.name,
            str(count_items(one)),
            one.licence.tier,
            ", ".join(one.languages),
            "ships" if one.has_wording else "load your own",
        )
        for one in definitions
    ]
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip() for row in rows
    )


def instrument(definition: Definition) -> str:
    """One instrument in full, and every source of its figures."""
    licence = definition.licence
    lines = [
        _title(definition),
        f"Licence ({licence.tier}): {licence.text} Looked up {licence.checked} [{licence.source}].",
        f"Wording: {_wording(definition)}",
        *(
            f"Form {form}: {len(definition.asked(form))} lines, {len(definition.scored(form))} of them scored."
            for form in definition.forms
        ),
        *(line for scale in definition.scales for line in _scale(definition, scale)),
        *(f"Pattern {one.key}: {one.text.say()} [{one.source}]" for one in definition.criteria),
        *([] if definition.validated else [_NOT_VALIDATED]),
        "Sources:",
        *(f"  [{key}] {references.cite(key)}" for key in definition.sources),
    ]
    return "\n".join(lines)


def scored(definition: Definition, answers: Answers) -> str:
    """The scores of one filled form, what they reach, and what they do not say."""
    found = score(definition, answers)
    scales = {scale.key: scale for scale in definition.scales}
    lines = [_title(definition)]
    for one in found:
        lines += _score(scales[one.scale], one)
    lines += [_pattern(definition, pattern) for pattern in patterns(definition, answers)]
    lines += [_NO_DIAGNOSIS] if any(one.band for one in found) else []
    lines += [] if definition.validated else [_NOT_VALIDATED]
    lines += [_DANGER] if at_risk(definition, answers) else []
    return "\n".join(lines)


def changed(definition: Definition, change: Change) -> str:
    """What happened between two scores, in whom the figures were found, and who says so."""
    measured = change.yardstick
    whose = measured.population or "given on the command line"
    sources = (f"Source: {references.cite(key)}" for key in measured.sources)
    return "\n".join([_title(definition), str(change), f"Figures: {whose}.", *sources])


def _title(definition: Definition) -> str:
    return f"{definition.name}, version {definition.version}"


def _wording(definition: Definition) -> str:
    if not definition.has_wording:
        return "not shipped; a clinic that holds a licence loads its own."
    return f"ships in {', '.join(f'{language} ({state})' for language, state in definition.languages.items())}."


def _name(scale: Scale) -> str:
    name = scale.text.say() or scale.key
    return name[:1].upper() + name[1:]


def _score(scale: Scale, found: Score) -> Iterator[str]:
    if found.value is None:
        yield f"{_name(scale)}: no score. {found.reason}"
        return
    band = scale.band(found.value)
    told = f", {band.text.say()}" if band else ""
    yield f"{_name(scale)}: {figure(found.value)}{told} ({found.answered} of {found.asked} answered)"
    for cut_off in scale.cut_offs:
        if cut_off.reached(found.value):
            yield f"  reaches {_cut_off(cut_off)}"


def _cut_off(cut_off: CutOff) -> str:
    side = yardstick.CutOff(cut_off.value, cut_off.side)
    return f"{side} ({cut_off.population}): {cut_off.text.say()}"


def _pattern(definition: Definition, found: Pattern) -> str:
    criterion = next(one for one in definition.criteria if one.key == found.criterion)
    texts = {outcome.key: outcome.text.say() for outcome in criterion.outcomes}
    told = texts[found.outcome] if found.outcome else found.reason or "not met"
    return f"{criterion.text.say()}: {told}"


def _scale(definition: Definition, scale: Scale) -> Iterator[str]:
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    higher = f"; higher is {scale.higher}" if scale.higher else ""
    yield (
        f"Scale {scale.key}: {scale.method} of {len(scale.items)} items, {figure(lowest)} to {figure(highest)}{higher}"
        f"; at least {scale.minimum} answered{_source(scale.missing)}."
    )
    bands = ", ".join(f"{band.text.say()} from {figure(band.lowest)}" for band in scale.bands)
    if bands:
        yield f"  bands: {bands}{_source(scale.bands_source)}"
    yield from (f"  cut-off {_cut_off(one)}{_source(one.source)}" for one in scale.cut_offs)
    yield from _published(scale)


def _published(scale: Scale) -> Iterator[str]:
    for norm in scale.norms:
        people = f", {norm.n} people" if norm.n else ""
        yield f"  norm: mean {norm.mean:g}, sd {norm.sd:g}{people} ({norm.population}){_source(norm.source)}"
    for one in scale.reliabilities:
        yield f"  reliability ({one.kind}): {one.value:g} ({one.population}){_source(one.source)}"
    if scale.change:
        basis = scale.change
        figures = f"sd {basis.sd}, reliability {basis.reliability}" if basis.sd else f"{basis.threshold} points"
        yield f"  reliable change: {figures} ({basis.population}){_source(*basis.sources)}"


def _source(*keys: str) -> str:
    return f" [{', '.join(keys)}]" if any(keys) else ""
