"""What a change is measured with: error of measurement, a published threshold, and where the clinical range begins."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, get_args

from attune_science.errors import ScienceError
from attune_science.instruments.definition import Definition
from attune_science.instruments.scales import ChangeBasis, Higher, Scale, Side, lies
from attune_science.scoring import rounded

Criterion = Literal["a", "b", "c"]

# Beyond these no questionnaire counts, and figures could no longer be written out exactly.
SMALLEST, LARGEST = 1e-6, 1e6
# 1.7 - 1.2 is not 0.5 in binary: differences carry noise far below any score's last digit.
_NOISE = 9


def figure(value: float) -> str:
    """A number for a sentence: two places at most, and none where they are empty.

    Example
    -------
    >>> figure(9.2969), figure(50.0), figure(-0.001)
    ('9.3', '50', '0')
    """
    return str(rounded(value, 2)).rstrip("0").rstrip(".")


def difference(first: float, second: float) -> float:
    """How much the second number lies above the first, without the noise of binary fractions.

    Example
    -------
    >>> difference(1.2, 1.7), 2.3 - 1.8
    (0.5, 0.4999999999999998)
    """
    # Adding 0 turns -0.0 into 0.0.
    return round(second - first, _NOISE) + 0.0


def refuse_number(value: float, name: str, lowest: float = -LARGEST, highest: float = LARGEST) -> None:
    """Refuse what is no number within its range.

    Raises
    ------
    ScienceError
        Also for infinity and “not a number”.
    """
    if not lowest <= value <= highest:
        raise ScienceError(
            f"Change cannot be measured with {name} {value}.",
            f"It has to be a number from {lowest:g} to {highest:g}.",
            f"Correct the {name}.",
        )


@dataclass(frozen=True)
class CutOff:
    """Where the clinical range begins: a value, and the side of it that is clinical.

    Parameters
    ----------
    value
        On the scale of the score.
    side
        `above`, `at-or-above`, `below` or `at-or-below` the value is clinical.

    Raises
    ------
    ScienceError
        For a side or a value that is none.

    Example
    -------
    >>> print(CutOff(8, "at-or-above"))
    8 or more
    """

    value: float
    side: Side

    def __post_init__(self) -> None:
        refuse_number(self.value, "cut-off")
        if self.side not in get_args(Side):
            raise ScienceError(
                f"The cut-off has no side “{self.side}”.",
                "It tells which scores are clinical.",
                f"Write one of: {', '.join(get_args(Side))}.",
            )

    @property
    def higher(self) -> Higher:
        """Whether a higher score is worse or better, as the side implies."""
        return "worse" if "above" in self.side else "better"

    def is_clinical(self, score: float) -> bool:
        """Whether a score lies in the clinical range."""
        return lies(score, self.side, self.value)

    def is_functional(self, score: float) -> bool:
        """Whether a score lies strictly on the other side; a score on a computed cut-off lies on neither."""
        return lies(score, "below" if self.higher == "worse" else "above", self.value)

    def place(self, score: float) -> str:
        """Where a score lies, in a word: inside, outside, or at the edge."""
        if self.is_clinical(score):
            return "inside"
        return "outside" if self.is_functional(score) else "at the edge"

    def __str__(self) -> str:
        value = figure(self.value)
        return {
            "above": f"more than {value}",
            "at-or-above": f"{value} or more",
            "below": f"less than {value}",
            "at-or-below": f"{value} or less",
        }[self.side]


@dataclass(frozen=True)
class Norm:
    """How a group of people scored: mean and standard deviation.

    Raises
    ------
    ScienceError
        For a number out of range; a standard deviation is above 0.
    """

    mean: float
    sd: float

    def __post_init__(self) -> None:
        refuse_number(self.mean, "mean")
        refuse_number(self.sd, "standard deviation", SMALLEST)


@dataclass(frozen=True)
class CutOffs:
    """The three cut-offs of Jacobson and Truax, and the one to use.

    Parameters
    ----------
    a
        Two standard deviations from the clinical mean, towards better.
    b
        Two standard deviations of the functional group from its mean, towards worse; None without that group.
    c
        Where a score is as likely in the one group as in the other; None without the functional group.
    criterion
        Which of the three is chosen.
    chosen
        That one, as a cut-off; a score exactly on it is neither clinical nor functional.
    """

    a: float
    b: float | None
    c: float | None
    criterion: Criterion
    chosen: CutOff

    def __str__(self) -> str:
        values = ((name, getattr(self, name)) for name in get_args(Criterion))
        known = ", ".join(f"{name} {figure(value)}" for name, value in values if value is not None)
        return f"Cut-offs: {known}. To be used: {self.criterion}; clinical is {self.chosen}."


def cut_offs(clinical: Norm, functional: Norm | None, higher: Higher) -> CutOffs:
    """Where the clinical range ends, from how people in treatment and people at large score.

    Parameters
    ----------
    clinical, functional
        Mean and standard deviation of the two groups; the second may be unknown (None).
    higher
        Whether a higher score is `better` or `worse`.

    Returns
    -------
    CutOffs
        c is chosen where the groups overlap, b where they do not, a without a functional group.

    Raises
    ------
    ScienceError
        When the functional group does not score better than the clinical one.

    Limits
    ------
    Right only for people like those of the two groups. c is the best line for two bell curves. Overlap is told as
    the package JT-RCI tells it: three standard deviations around each mean have a stretch in common.

    References
    ----------
    jacobson1991 (the three cut-offs; b with the spread of the functional group), jt-rci (which to choose).

    Example
    -------
    >>> print(cut_offs(Norm(40, 7.5), Norm(60, 7.5), "better"))
    Cut-offs: a 55, b 45, c 50. To be used: c; clinical is less than 50.
    """
    _check_higher(higher)
    towards_better = 1 if higher == "better" else -1
    a = clinical.mean + towards_better * 2 * clinical.sd
    b = c = None
    criterion: Criterion = "a"
    chosen = a
    if functional is not None:
        _check_order(clinical, functional, towards_better)
        b = functional.mean - towards_better * 2 * functional.sd
        spread = clinical.sd + functional.sd
        c = (clinical.sd * functional.mean + functional.sd * clinical.mean) / spread
        overlap = abs(functional.mean - clinical.mean) <= 3 * spread
        criterion, chosen = ("c", c) if overlap else ("b", b)
    side: Side = "below" if higher == "better" else "above"
    return CutOffs(a, b, c, criterion, CutOff(chosen, side))


def _check_order(clinical: Norm, functional: Norm, towards_better: int) -> None:
    if (functional.mean - clinical.mean) * towards_better <= 0:
        raise ScienceError(
            "No cut-off can be drawn between these groups.",
            f"The functional mean, {functional.mean:g}, is no better than the clinical one, {clinical.mean:g}.",
            "Correct the means, or say whether higher is better or worse.",
        )


def _check_higher(higher: str) -> None:
    if higher not in get_args(Higher):
        raise ScienceError(
            f"A higher score cannot be “{higher}”.", "Change needs a direction.", "Write better or worse."
        )


@dataclass(frozen=True)
class Yardstick:
    """What a change is measured with: spread and reliability of a named sample, or a published threshold.

    Parameters
    ----------
    sd, reliability
        Standard deviation before treatment, and reliability, above 0 and below 1; None where a threshold is given.
    higher
        Whether a higher score is `better` or `worse`.
    cut_off
        Where the clinical range begins; None where that is not known: then nobody is called recovered.
    threshold
        A published number of points from which on a change counts.
    z
        How sure: 1.96 for 95 of 100, 1.645 for 90; from 1 to 3.
    population, sources
        Whose figures these are, and who states them (keys of `references.toml`).

    Raises
    ------
    ScienceError
        For figures out of range, for too few or too many, for a cut-off on the wrong side.

    Limits
    ------
    The figures belong to a sample, never to the scale itself. A reliability from test and retest also holds true
    change, so it is lower and asks for more points than internal consistency does.

    References
    ----------
    jacobson1991 (the index), christensen1986 (the square root of 2).

    Example
    -------
    >>> print(Yardstick(7.5, 0.80, "better"))
    Error of measurement alone stays within 9.3 points in 95 of 100 people who have not changed.
    """

    sd: float | None
    reliability: float | None
    higher: Higher
    cut_off: CutOff | None = None
    threshold: float | None = None
    z: float = 1.96
    population: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_higher(self.higher)
        refuse_number(self.z, "z", 1, 3)
        self._check_figures()
        if self.cut_off is not None and self.cut_off.higher != self.higher:
            raise ScienceError(
                f"The cut-off contradicts the scale: clinical would be {self.cut_off}.",
                f"A higher score is {self.higher}.",
                "Correct the side of the cut-off, or the direction.",
            )

    def _check_figures(self) -> None:
        given = (self.sd is not None, self.reliability is not None, self.threshold is not None)
        if given not in ((True, True, False), (False, False, True)):
            raise ScienceError(
                "Change cannot be measured with these figures.",
                "It takes a standard deviation and a reliability, or a published threshold alone.",
                "Give the two, or the one.",
            )
        if self.threshold is not None:
            refuse_number(self.threshold, "threshold", SMALLEST)
        if self.sd is not None and self.reliability is not None:
            refuse_number(self.sd, "standard deviation", SMALLEST)
            # With a reliability of 0 or 1 everything or nothing would be error.
            refuse_number(self.reliability, "reliability", SMALLEST, 1 - SMALLEST)

    @property
    def standard_error(self) -> float | None:
        """How far one score strays by error of measurement alone (standard error); None with a threshold."""
        if self.sd is None or self.reliability is None:
            return None
        return self.sd * math.sqrt(1 - self.reliability)

    @property
    def standard_error_of_difference(self) -> float | None:
        """How far a difference of two scores strays by error alone (christensen1986); None with a threshold."""
        error = self.standard_error
        return None if error is None else math.sqrt(2) * error

    @property
    def smallest(self) -> float:
        """The edge of what counts, in points: more than this, or at least a published threshold."""
        error = self.standard_error_of_difference
        return self.z * error if error is not None else self.threshold or 0.0

    @property
    def smallest_whole(self) -> int:
        """From how many whole points on a change counts (at least so many)."""
        # Above a computed edge, not on it: the two differ from plain rounding up only where the edge is whole.
        return math.ceil(self.smallest) if self.threshold is not None else math.floor(self.smallest) + 1

    def gain(self, before: float, after: float) -> float:
        """Points towards better; below 0 where things got worse."""
        return difference(before, after) if self.higher == "better" else difference(after, before)

    def is_reliable(self, gain: float) -> bool:
        """Whether a gain or a loss is more than error of measurement explains, or reaches the threshold."""
        return abs(gain) > self.smallest or (self.threshold is not None and abs(gain) == self.threshold)

    def __str__(self) -> str:
        if self.threshold is not None:
            return f"By a published threshold a change counts from {figure(self.threshold)} points on."
        likely = 100 * (2 * NormalDist().cdf(self.z) - 1)
        return (
            f"Error of measurement alone stays within {figure(self.smallest)} points "
            f"in {figure(float(rounded(likely, 1)))} of 100 people who have not changed."
        )


def yardstick_of(definition: Definition, scale_key: str | None = None) -> Yardstick:
    """What a change on an instrument is measured with, as its definition states it.

    Parameters
    ----------
    definition
        The instrument.
    scale_key
        One of its scales; the first where none is named.

    Raises
    ------
    ScienceError
        When there is no such scale, or nothing with a source is kept for it.
    """
    scale = _scale(definition, scale_key)
    kept = scale.change
    if kept is None or scale.higher is None:
        name = definition.key if scale_key is None else f"{definition.key}, scale {scale.key}"
        raise ScienceError(
            f"Change on {name} cannot be measured yet.",
            "No standard deviation and reliability with a source is kept for it.",
            "Give them yourself, with the sample they come from.",
        )
    return Yardstick(
        kept.sd,
        kept.reliability,
        scale.higher,
        cut_off=_cut_off(scale, kept),
        threshold=kept.threshold,
        population=kept.population,
        sources=kept.sources,
    )


def _scale(definition: Definition, key: str | None) -> Scale:
    found = next((scale for scale in definition.scales if key in (None, scale.key)), None)
    if found is None:
        known = ", ".join(scale.key for scale in definition.scales) or "none"
        raise ScienceError(
            f"{definition.key} has no scale {key or 'at all'}.",
            f"Its scales are: {known}.",
            "Name one of them, or another instrument.",
        )
    return found


def _cut_off(scale: Scale, kept: ChangeBasis) -> CutOff | None:
    return next((CutOff(one.value, one.side) for one in scale.cut_offs if one.value == kept.cut_off), None)
