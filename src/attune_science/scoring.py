"""From answers to scores, by the rule of the definition alone; unrounded, and null with a reason."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from attune_science.answers import DOES_NOT_FIT, Answers, read_answers
from attune_science.errors import ScienceError
from attune_science.instruments.definition import Definition, Scale

__all__ = ["DOES_NOT_FIT", "VERSION", "Answers", "Score", "at_risk", "read_answers", "rounded", "score"]


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
        One for each scale whose items were all on the form. Means lie on the items' own range (0 to 10); a sum
        from 0 to items x highest answer.

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
    arrieta2017 (missing answers of the PHQ-9), kroenke2001 (its bands).

    Example
    -------
    >>> from attune_science.instruments import get
    >>> taken = read_answers(get("attune-session"), "three", {"presence": "8", "collaboration": "4", "repair": "3"})
    >>> score(get("attune-session"), taken)
    (Score(scale='three', value=5.0, answered=3, asked=3, reason='', band=None),)
    """
    _same_instrument(definition, answers)
    asked = {item.key for item in definition.asked(answers.form)}
    return tuple(_score(scale, answers) for scale in definition.scales if set(scale.items) <= asked)


def _score(scale: Scale, answers: Answers) -> Score:
    values = [answers.ratings[key] for key in scale.items if key in answers.ratings]
    answered, asked = len(values), len(scale.items)
    if answered < scale.minimum:
        return Score(
            scale.key, None, answered, asked, f"{answered} of {asked} answered; at least {scale.minimum} needed."
        )
    # A sum with nothing missing is the same as the prorated one: x * n / n.
    value = sum(values) * (asked if scale.method == "sum" else 1) / answered
    return Score(scale.key, value, answered, asked, band=_band(scale, value))


def _band(scale: Scale, value: float) -> str | None:
    """The last band that begins at or below the unrounded value."""
    return next((band.key for band in reversed(scale.bands) if band.lowest <= value), None)


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
