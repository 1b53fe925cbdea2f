"""What the shelf says of an instrument, in plain words."""

from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import get_language_info, gettext, gettext_lazy, ngettext

from attune.insight.shelf import OnShelf
from attune_science.instruments import CutOff, Definition, Scale

#: Their plain names and what they mean, in the order of the page: first what an operator can do something about.
TIERS = {
    "scoring-only": (
        gettext_lazy("With a licence of your own"),
        gettext_lazy(
            "Attune reckons their scores, but may not bring their words. Without words nobody can be asked; a clinic "
            "that holds a licence loads them here."
        ),
    ),
    "open": (gettext_lazy("With Attune"), gettext_lazy("Their terms let the words come with Attune. Nothing to do.")),
    "restricted-pack": (
        gettext_lazy("From a pack"),
        gettext_lazy("Their words come in a package beside Attune, under terms of their own. Read them before use."),
    ),
}
_SIDES = {
    "above": gettext_lazy("above %(value)s"),
    "at-or-above": gettext_lazy("%(value)s or more"),
    "below": gettext_lazy("below %(value)s"),
    "at-or-below": gettext_lazy("%(value)s or less"),
}


@dataclass(frozen=True)
class Row:
    """One instrument in the list."""

    one: OnShelf
    languages: str


@dataclass(frozen=True)
class Group:
    """The instruments of one tier, under its plain name."""

    title: str
    about: str
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class ScaleShown:
    """One score: how it comes about, and what is published about it."""

    name: str
    how: str
    known: list[str]


def groups_of(shelf: list[OnShelf]) -> list[Group]:
    """The shelf by tier; a tier without instruments is left out."""
    groups = []
    for tier, (title, about) in TIERS.items():
        rows = [Row(one, languages_of(one.definition)) for one in shelf if one.definition.licence.tier == tier]
        groups += [Group(str(title), str(about), rows)] if rows else []
    return groups


def languages_of(definition: Definition) -> str:
    """In which languages it can be asked; empty where it has no words."""
    if not definition.has_wording:
        return ""
    final = [name_of_language(code) for code, state in definition.languages.items() if state == "final"]
    draft = [name_of_language(code) for code, state in definition.languages.items() if state == "draft"]
    listed = str(get_text_list(final, gettext("and")))
    if not draft:
        return listed
    drafts = str(get_text_list(draft, gettext("and")))
    return gettext("%(final)s; as a draft: %(drafts)s") % {"final": listed, "drafts": drafts}


def name_of_language(code: str) -> str:
    """The language by its name; by its tag where nobody here knows it."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def scales_of(definition: Definition) -> list[ScaleShown]:
    """Each score of the instrument, in sentences."""
    return [_scale(scale, definition) for scale in definition.scales]


def _scale(scale: Scale, definition: Definition) -> ScaleShown:
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    rule = gettext("the mean") if scale.method == "mean" else gettext("the sum")
    how = ngettext(
        "%(rule)s of %(n)s answer, from %(lowest)s to %(highest)s",
        "%(rule)s of %(n)s answers, from %(lowest)s to %(highest)s",
        len(scale.items),
    ) % {"rule": rule, "n": len(scale.items), "lowest": f"{lowest:g}", "highest": f"{highest:g}"}
    if scale.higher:
        how += "; " + (gettext("higher is better") if scale.higher == "better" else gettext("higher is worse"))
    known = [*_bands(scale), *(_cut_off(one) for one in scale.cut_offs)]
    return ScaleShown(scale.text.say() or gettext("Score"), how, known)


def _bands(scale: Scale) -> list[str]:
    """All bands in one line, or no line."""
    steps = [
        gettext("%(band)s from %(value)s") % {"band": band.text.say(), "value": f"{band.lowest:g}"}
        for band in scale.bands
    ]
    return [" · ".join(steps)] if steps else []


def _cut_off(cut_off: CutOff) -> str:
    side = _SIDES[cut_off.side] % {"value": f"{cut_off.value:g}"}
    return f"{side} ({cut_off.population}): {cut_off.text.say()}"
