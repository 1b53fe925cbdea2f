"""Reliable and clinically significant change: from two scores to a category, and from many people to a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

from attune_science.errors import ScienceError
from attune_science.scoring import rounded
from attune_science.yardstick import CutOff, CutOffs, Norm, Yardstick, cut_offs, figure, refuse_number, yardstick_of

__all__ = [
    "VERSION",
    "Category",
    "Change",
    "CutOff",
    "CutOffs",
    "Norm",
    "Tally",
    "Yardstick",
    "change",
    "cut_offs",
    "tabulate",
    "yardstick_of",
]

# The version of these rules: a better rule is a new version.
VERSION = "1"

Category = Literal["recovered", "improved", "harmed", "deteriorated", "crossed", "unchanged"]

_LABELS: Mapping[Category, str] = MappingProxyType(
    {
        "recovered": "recovered",
        "improved": "improved",
        "harmed": "deteriorated into the clinical range",
        "deteriorated": "deteriorated",
        "crossed": "crossed, not reliable",
        "unchanged": "unchanged",
    }
)
_HEADLINES: Mapping[Category, str] = MappingProxyType(
    {
        "recovered": "Recovered: reliably better, and out of the clinical range.",
        "improved": "Reliably better.",
        "harmed": "Reliably worse, and into the clinical range.",
        "deteriorated": "Reliably worse.",
        "crossed": "Out of the clinical range, but by no more than error of measurement may explain.",
        "unchanged": "No reliable change.",
    }
)


@dataclass(frozen=True)
class Change:
    """What happened between two scores of one person.

    Parameters
    ----------
    before, after
        Unrounded scores; None where there is none.
    yardstick
        What the change is measured with.
    index
        The reliable change index, above 0 for better; None without both scores, and with a published threshold.
    category
        `recovered`, `improved`, `harmed`, `deteriorated`, `crossed` or `unchanged`; None without both scores.
    reason
        Why there is no index; empty where there is one.

    Raises
    ------
    ScienceError
        When a score is no number.
    """

    before: float | None
    after: float | None
    yardstick: Yardstick
    index: float | None = field(init=False, default=None)
    category: Category | None = field(init=False, default=None)
    reason: str = field(init=False, default="")

    def __post_init__(self) -> None:
        for score in (self.before, self.after):
            if score is not None:
                refuse_number(score, "score")
        # Worked out here, and by nobody else: a change cannot contradict its own scores.
        for name, value in (("index", self._index()), ("category", self._category()), ("reason", self._reason())):
            object.__setattr__(self, name, value)

    @property
    def gain(self) -> float | None:
        """Points towards better, below 0 for worse; None without both scores."""
        if self.before is None or self.after is None:
            return None
        return self.yardstick.gain(self.before, self.after)

    def _index(self) -> float | None:
        error = self.yardstick.standard_error_of_difference
        return None if self.gain is None or error is None else self.gain / error

    def _category(self) -> Category | None:
        if self.before is None or self.after is None or self.gain is None:
            return None
        cut_off = self.yardstick.cut_off
        left = cut_off is not None and cut_off.is_clinical(self.before) and cut_off.is_functional(self.after)
        entered = cut_off is not None and cut_off.is_functional(self.before) and cut_off.is_clinical(self.after)
        if not self.yardstick.is_reliable(self.gain):
            return "crossed" if left else "unchanged"
        if self.gain > 0:
            return "recovered" if left else "improved"
        return "harmed" if entered else "deteriorated"

    def _reason(self) -> str:
        missing = [name for name in ("before", "after") if getattr(self, name) is None]
        if missing:
            return f"There is no score {' and none '.join(missing)}."
        if self.yardstick.threshold is not None:
            return "Measured by a published threshold; an index needs a standard deviation and a reliability."
        return ""

    def __str__(self) -> str:
        if self.before is None or self.after is None or self.category is None:
            return f"Change cannot be told. {self.reason}"
        said = [_HEADLINES[self.category], self._course(self.before, self.after), str(self.yardstick)]
        if self.index is not None:
            said.append(f"Reliable change index {figure(self.index)}; beyond {figure(self.yardstick.z)} counts.")
        cut_off = self.yardstick.cut_off
        if cut_off is not None:
            places = f"{cut_off.place(self.before)} before, {cut_off.place(self.after)} after"
            said.append(f"Clinical range, {cut_off}: {places}.")
        return " ".join(said)

    def _course(self, before: float, after: float) -> str:
        gain = self.yardstick.gain(before, after)
        by = f"{'better' if gain > 0 else 'worse'} by {figure(abs(gain))}" if gain else "no difference"
        return f"From {figure(before)} to {figure(after)}: {by}."


def change(before: float | None, after: float | None, yardstick: Yardstick) -> Change:
    """Whether someone changed by more than error of measurement, and whether they left the clinical range.

    Parameters
    ----------
    before, after
        Unrounded scores of one person on one scale; None where there is none.
    yardstick
        What the change is measured with.

    Returns
    -------
    Change
        With index, category and reason; `print` says it in sentences.

    Raises
    ------
    ScienceError
        When a score is no number.

    Limits
    ------
    The inequalities are strict: a score exactly on a computed cut-off lies on neither side, an index of exactly z is
    not reliable; a published threshold counts from itself on. Whoever did not start in the clinical range is never
    called recovered. Nothing here tells what brought a change about, and scores chosen because they were extreme
    drift back of themselves.

    References
    ----------
    jacobson1991 (index and categories), christensen1986 (error of a difference), jt-rci (crossed, not reliable),
    clinicalsignificance (deteriorated into the clinical range).

    Example
    -------
    >>> print(change(32.5, 47.5, Yardstick(7.5, 0.80, "better", CutOff(50, "below"))))
    Reliably better. From 32.5 to 47.5: better by 15. Error of measurement alone stays within 9.3 points in 95 of 100 \
people who have not changed. Reliable change index 3.16; beyond 1.96 counts. Clinical range, less than 50: inside \
before, inside after.
    """
    return Change(before, after, yardstick)


@dataclass(frozen=True)
class Tally:
    """How many people changed in which way, and who.

    Parameters
    ----------
    ids
        Who is in each of the six categories, in the order given.
    untold
        Who lacks a score.

    Raises
    ------
    ScienceError
        When a category is missing, or somebody is counted twice.
    """

    ids: Mapping[Category, tuple[str, ...]]
    untold: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", MappingProxyType({key: tuple(listed) for key, listed in self.ids.items()}))
        everybody = [one for listed in (*self.ids.values(), self.untold) for one in listed]
        if set(self.ids) != set(_LABELS) or len(everybody) != len(set(everybody)):
            raise ScienceError(
                "This is no count of people by category.",
                "A category is missing, or somebody stands in two.",
                "Let tabulate do the counting.",
            )

    @property
    def counts(self) -> Mapping[Category, int]:
        """How many people are in each of the six categories."""
        return {key: len(listed) for key, listed in self.ids.items()}

    @property
    def as_published(self) -> tuple[int, int, int, int]:
        """Recovered, improved, unchanged, deteriorated: the four counts in which studies report (jacobson1991)."""
        of = self.counts
        return of["recovered"], of["improved"], of["unchanged"] + of["crossed"], of["deteriorated"] + of["harmed"]

    def __str__(self) -> str:
        told = sum(self.counts.values())
        rows = [(_LABELS[key], count, _share(count, told)) for key, count in self.counts.items()]
        rows += [("all", told, _share(told, told))]
        rows += [("cannot be told", len(self.untold), "")] if self.untold else []
        wide = max(len(label) for label, _, _ in rows)
        table = (f"{label:<{wide}}  {count:>6}  {share:>6}".rstrip() for label, count, share in rows)
        return "\n".join((f"{'':<{wide}}  people   share", *table))


def _share(count: int, of: int) -> str:
    return f"{rounded(100 * count / of)}%" if of else ""


def tabulate(pairs: Mapping[str, tuple[float | None, float | None]], yardstick: Yardstick) -> Tally:
    """Count how many people changed in which way.

    Parameters
    ----------
    pairs
        For each person's id the scores before and after; None where there is none.
    yardstick
        What every change is measured with.

    Raises
    ------
    ScienceError
        When a score is no number.

    Limits
    ------
    Shares are of those with both scores; who did not answer again may well have fared differently.

    References
    ----------
    jacobson1991 (table 2 and its counts).

    Example
    -------
    >>> tally = tabulate({"1": (30, 52), "2": (30, 31), "3": (30, None)}, Yardstick(7.5, 0.8, "better"))
    >>> tally.as_published, tally.untold
    ((0, 1, 1, 0), ('3',))
    """
    found = {key: Change(before, after, yardstick).category for key, (before, after) in pairs.items()}
    ids = {category: tuple(key for key in found if found[key] == category) for category in get_args(Category)}
    return Tally(ids, tuple(key for key in found if found[key] is None))
