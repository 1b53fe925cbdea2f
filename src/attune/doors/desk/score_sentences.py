"""A score in sentences: of what range, which band, which published cut-offs, how far from the first, from whom."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from attune.care.checkins.models import Score
from attune.insight.measures import plain
from attune.insight.response_page import ResponsePage
from attune_science import references, scoring
from attune_science.change import change, yardstick_of
from attune_science.errors import ScienceError
from attune_science.instruments import CutOff, Definition, Scale
from attune_science.scoring import Pattern


@dataclass(frozen=True)
class ScoreShown:
    """A number never comes without what it is; none comes with its reason. `sources`: the full references."""

    name: str
    sentence: str
    cut_offs: list[str] = field(default_factory=list)
    whose: str = ""
    change: str = ""
    limits: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PatternShown:
    """What a published rule over single answers comes to, and where it stands."""

    name: str
    sentence: str
    source: str


def of_score(page: ResponsePage, score: Score) -> ScoreShown:
    """One scale's score, with everything that is published about it."""
    definition = page.definition
    scale = next((one for one in definition.scales if one.key == score.scale), None) if definition else None
    if definition is None or scale is None:
        return ScoreShown(score.scale, number(score.value) if score.value is not None else score.reason)
    name = scale.text.say() if scale.text else ""
    if score.value is None:
        return ScoreShown(name, gettext("No score: %(reason)s") % {"reason": score.reason})
    sentence = _sentence(definition, scale, score, score.value)
    if not page.is_questionnaire:
        return ScoreShown("", sentence)
    told, limits = _change(page, definition, scale, score.value)
    return ScoreShown(
        name=name,
        sentence=sentence,
        cut_offs=[_cut_off(one, score.value) for one in scale.cut_offs],
        whose=_whose(scale),
        change=told,
        limits=limits,
        sources=[references.cite(key) for key in dict.fromkeys(scale.sources()) if key != OURS],
    )


#: The key under which our own rules are kept: they have no reference to be opened.
OURS = "attune"


def number(value: float) -> str:
    """A whole number as one, any other with one decimal."""
    return str(plain(value) if value == int(value) else scoring.rounded(value))


def _sentence(definition: Definition, scale: Scale, score: Score, value: float) -> str:
    lowest, highest = scale.bounds({item.key: item for item in definition.items})
    said: dict[str, object] = {
        "value": number(value),
        "lowest": number(lowest),
        "highest": number(highest),
        "answered": score.answered,
        "asked": len(scale.items),
    }
    if definition.kind != "questionnaire":
        said["value"] = str(scoring.rounded(value))
        return (
            gettext("The mean of the %(asked)s lines is %(value)s of 10 (%(answered)s answered). It has no cut-off.")
            % said
        )
    band = scale.band(value)
    sentence = gettext("%(value)s, on a scale from %(lowest)s to %(highest)s") % said
    sentence += f": {band.text.say()}." if band else "."
    if scale.higher:
        sentence += " " + (gettext("Higher is better.") if scale.higher == "better" else gettext("Higher is worse."))
    if score.answered < len(scale.items):
        sentence += " " + gettext("%(answered)s of %(asked)s answered; the others count as their mean.") % said
    return sentence


def _whose(scale: Scale) -> str:
    """Several groups of people, several thresholds: which of them holds is not for a program to say."""
    if len({one.population for one in scale.cut_offs}) < 2:
        return ngettext("A published cut-off:", "Published cut-offs:", len(scale.cut_offs))
    return gettext("Published cut-offs. Which of them means something here depends on who is like those people:")


def _cut_off(cut_off: CutOff, value: float) -> str:
    side = {
        "above": gettext("more than %(value)s"),
        "at-or-above": gettext("%(value)s or more"),
        "below": gettext("less than %(value)s"),
        "at-or-below": gettext("%(value)s or less"),
    }[cut_off.side] % {"value": f"{cut_off.value:g}"}
    about = {"value": number(value), "side": side, "population": cut_off.population}
    found = gettext("%(value)s reaches it.") if cut_off.reached(value) else gettext("%(value)s does not reach it.")
    published = gettext("%(side)s, published for %(population)s.") % about
    return f"{published[:1].upper()}{published[1:]} {_sentence_of(cut_off.text.say())} {found % about}"


def _sentence_of(text: str) -> str:
    """Some definitions say it in a sentence, others in a few words."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _change(page: ResponsePage, definition: Definition, scale: Scale, value: float) -> tuple[str, list[str]]:
    """Against the first score of the same questionnaire, in the words of the reckoning itself; and its limits."""
    first = page.first.get(scale.key)
    if first is None:
        return gettext("This is the first: there is nothing yet to set it beside."), []
    said = {"value": number(first.value), "day": date_format(first.given_at, "j F Y")}
    try:
        yardstick = yardstick_of(definition, scale.key)
    except ScienceError:
        told = (
            gettext("It was %(value)s on %(day)s. No figure with a source says how much of a change is error.") % said
        )
        return told, []
    found = gettext("Against the first, %(value)s on %(day)s:") % said + f" {change(first.value, value, yardstick)}"
    return found, [
        gettext("Whose figures these are: %(population)s.") % {"population": yardstick.population},
        gettext("A change does not say what brought it about."),
    ]


def of_pattern(page: ResponsePage, pattern: Pattern) -> PatternShown:
    """What the rule comes to, in the outcome's own words; and plainly where none holds or nobody can tell."""
    criterion = (
        next(one for one in page.definition.criteria if one.key == pattern.criterion) if page.definition else None
    )
    if criterion is None:
        return PatternShown(pattern.criterion, "", "")
    outcome = next((one.text.say() for one in criterion.outcomes if one.key == pattern.outcome), "")
    if pattern.reason:
        said = gettext("This cannot be told. %(reason)s") % {"reason": pattern.reason}
    else:
        said = _sentence_of(outcome) if outcome else gettext("None of the patterns that the published rule names.")
    return PatternShown(criterion.text.say(), said, references.cite(criterion.source))
