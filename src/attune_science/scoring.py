"""From answers to scores, by the rule of the definition alone; unrounded, and null with a reason."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from attune_science.answers import DOES_NOT_FIT, Answers, read_answers, read_numbers
from attune_science.errors import ScienceError
from attune_science.instruments import Criterion, Definition, Exact, Item, Scale

__all__ = [
    "DOES_NOT_FIT",
    "VERSION",
    "Answers",
    "Pattern",
    "Score",
    "at_risk",
    "patterns",
    "read_answers",
    "read_numbers",
    "rounded",
    "score",
    "value_of",
]


# The version of these rules: a better rule is a new version, and its scores stand beside the old ones.
VERSION = "1"


@dataclass(frozen=True)
class Score:
    """One number by rule, beside how it came about.

    Parameters
    ----------
    scale
        The scale's key in the definition.
    value
        Unrounded; None when too little was answered.
    answered, asked
        How many of the scale's items were answered, and how many it has.
    reason
        Why there is no value; empty where there is one.
    band
        The key of the band it lies in; None where the scale has no bands.
    """

    scale: str
    value: float | None
    answered: int
    asked: int
    reason: str = ""
    band: str | None = None


def score(definition: Definition, answers: Answers) -> tuple[Score, ...]:
    """Every score that the form of these answers can give, in the definition's order.

    Parameters
    ----------
    definition
        The very version that was asked.
    answers
        As `read_answers` took them.

    Returns
    -------
    tuple of Score
        One for each scale whose items were all on the form. A mean lies on the items' own range, a sum between the
        sums of their ends, each times the scale's factor.

    Raises
    ------
    ScienceError
        When the answers belong to another instrument or version.

    Limits
    ------
    Where items are missing the others speak for them, which is right only if they are missing by chance. A score of
    an instrument that is not validated says what was marked, and nothing more.

    References
    ----------
    Each scale names its own: `missing`, `bands_source`, and the sources of its figures.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> taken = read_answers(get("attune-session"), "three", {"presence": "8", "collaboration": "4", "repair": "3"})
    >>> score(get("attune-session"), taken)
    (Score(scale='three', value=5.0, answered=3, asked=3, reason='', band=None),)
    """
    _same_instrument(definition, answers)
    items = {item.key: item for item in definition.asked(answers.form)}
    return tuple(_score(scale, items, answers) for scale in definition.scales if set(scale.items) <= set(items))


def _score(scale: Scale, items: dict[str, Item], answers: Answers) -> Score:
    given = [items[key].keyed(answers.ratings[key]) for key in scale.items if key in answers.ratings]
    return value_of(scale, sum(given), len(given))


def value_of(scale: Scale, total: Exact, answered: int) -> Score:
    """A scale's score from the exact sum of its keyed answers, and how many there were: the one rule of all scores.

    Parameters
    ----------
    scale
        One of the definition's.
    total
        Sum of `Item.keyed` over the items answered.
    answered
        How many were answered, from 0 to all.

    Returns
    -------
    Score
        Without a value, and with the reason, below the scale's minimum.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> value_of(get("phq-9").scales[0], 14, 7).value
    18.0
    """
    asked = len(scale.items)
    if answered < scale.minimum:
        reason = f"{answered} of {asked} answered; at least {scale.minimum} needed."
        return Score(scale.key, None, answered, asked, reason)
    # A sum with nothing missing is the same as the prorated one: x * n / n. Exact, so that a threshold is met exactly.
    times = Fraction(repr(scale.factor)) * (asked if scale.method == "sum" else 1)
    value = float(total * times / answered)
    band = scale.band(value)
    return Score(scale.key, value, answered, asked, band=band.key if band else None)


@dataclass(frozen=True)
class Pattern:
    """What a published rule over single answers comes to.

    Parameters
    ----------
    criterion
        The rule's key in the definition.
    outcome
        The key of the outcome that holds; None where none does, or where nobody can tell.
    reason
        Why nobody can tell; empty where the answers settle it.
    """

    criterion: str
    outcome: str | None
    reason: str = ""


def patterns(definition: Definition, answers: Answers) -> tuple[Pattern, ...]:
    """What the definition's rules over single answers come to; beside the scores, never in their place.

    Parameters
    ----------
    definition, answers
        As for `score`.

    Returns
    -------
    tuple of Pattern
        One for each rule. With answers missing an outcome is told only where no answer could change it.

    Raises
    ------
    ScienceError
        When the answers belong to another instrument or version.

    Limits
    ------
    A pattern of answers is no diagnosis: that takes a person who asks.

    References
    ----------
    Each rule names its own `source`.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> patterns(get("phq-9"), read_numbers(get("phq-9"), list("222211200")))
    (Pattern(criterion='algorithm', outcome='major', reason=''),)
    """
    _same_instrument(definition, answers)
    return tuple(_pattern(criterion, answers) for criterion in definition.criteria)


def _pattern(criterion: Criterion, answers: Answers) -> Pattern:
    for outcome in criterion.outcomes:
        counts = [(group.at_least, *group.count(answers.ratings)) for group in outcome.groups]
        if all(met >= needed for needed, met, _ in counts):
            return Pattern(criterion.key, outcome.key)
        if all(met + left_open >= needed for needed, met, left_open in counts):
            return Pattern(criterion.key, None, "Answers that are missing could change it.")
    return Pattern(criterion.key, None)


def at_risk(definition: Definition, answers: Answers) -> bool:
    """Whether an answer tells of danger, so that the form ends with help now and a concern is raised.

    Parameters
    ----------
    definition, answers
        As for `score`.

    Returns
    -------
    bool
        True when an item with a risk threshold was answered at or above it.

    Raises
    ------
    ScienceError
        When the answers belong to another instrument or version.

    Limits
    ------
    False never means safe: a line left open, a free text and everything not asked are outside it.

    Example
    -------
    >>> from attune_science.instruments import get
    >>> at_risk(get("phq-9"), read_answers(get("phq-9"), "full", {"item-9": "1"}))
    True
    """
    _same_instrument(definition, answers)
    return any(
        item.risk_from is not None and answers.ratings.get(item.key, 0) >= item.risk_from for item in definition.items
    )


def _same_instrument(definition: Definition, answers: Answers) -> None:
    if (answers.instrument, answers.version) != (definition.key, definition.version):
        raise ScienceError(
            "These answers cannot be scored by this definition.",
            f"They were given to {answers.instrument}, version {answers.version}; "
            f"this is {definition.key}, version {definition.version}.",
            "Score them with the version that was asked.",
        )


def rounded(value: float, digits: int = 1) -> Decimal:
    """A number as it is shown: halves go away from zero, and the digits asked for are always there.

    Parameters
    ----------
    value
        Unrounded and finite.
    digits
        Places after the point, 0 or more.

    Example
    -------
    >>> str(rounded(8.25)), str(rounded(8)), str(rounded(-0.04))
    ('8.3', '8.0', '0.0')
    """
    # Through the shortest decimal that names the number: 0.15 is meant as 0.15, not as 0.1499999999999999944.
    exact = Decimal(repr(float(value)))
    # Adding 0 turns “-0.0” into “0.0”.
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) + 0
