"""How answers become a number, and what is published about that number: each figure with its source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from attune_science.instruments.codes import check_loinc
from attune_science.instruments.items import NUMERIC, Item
from attune_science.instruments.text import NOTHING, Text, no_twins, one_of, refuse_unless

Method = Literal["mean", "sum"]
Higher = Literal["worse", "better"]
Side = Literal["above", "at-or-above", "below", "at-or-below"]
ReliabilityKind = Literal["alpha", "omega", "test-retest"]


@dataclass(frozen=True)
class Band:
    """A named stretch of a score, from its lowest value up to the next band."""

    key: str
    lowest: float
    text: Text


def lies(score: float, side: Side, value: float) -> bool:
    """Whether a score lies on this side of a value, without the noise of binary fractions: 1.7 - 1.2 is 0.5 here."""
    above = round(score - value, 9)
    return {"above": above > 0, "at-or-above": above >= 0, "below": above < 0, "at-or-below": above <= 0}[side]


@dataclass(frozen=True)
class CutOff:
    """A published threshold: which side of which value is worth attention, in whom, and who says so."""

    value: float
    side: Side
    text: Text
    population: str
    source: str

    def reached(self, score: float) -> bool:
        """Whether a score lies on the side that is worth attention."""
        return lies(score, self.side, self.value)


@dataclass(frozen=True)
class Norm:
    """How a group of people scored: mean and standard deviation."""

    population: str
    mean: float
    sd: float
    source: str
    n: int | None = None


@dataclass(frozen=True)
class Reliability:
    """How far a score is free of error of measurement, in one sample, by one method; 0 to 1."""

    kind: ReliabilityKind
    value: float
    population: str
    source: str


@dataclass(frozen=True)
class ChangeBasis:
    """What reliable change is reckoned with: spread and reliability of a named sample, or a published threshold.

    `cut_off` is one of the scale's cut-offs, by which the clinical range is told.
    """

    population: str
    sources: tuple[str, ...]
    sd: float | None = None
    reliability: float | None = None
    threshold: float | None = None
    cut_off: float | None = None

    def check(self, place: str, cut_offs: tuple[CutOff, ...]) -> None:
        """Refuse a basis that gives no figure, or two."""
        given = [figure is not None for figure in (self.sd, self.reliability, self.threshold)]
        refuse_unless(
            bool(self.sources) and given in ([True, True, False], [False, False, True]),
            place,
            "Reliable change cannot be reckoned.",
            "Give sd and reliability, or a threshold; and the sources.",
        )
        refuse_unless(
            (self.sd is None or self.sd > 0) and (self.reliability is None or 0 < self.reliability < 1),
            place,
            "Its figures are out of range.",
            "sd is above 0, reliability between 0 and 1.",
        )
        refuse_unless(
            self.cut_off is None or self.cut_off in [one.value for one in cut_offs],
            place,
            "Its cut-off is none of the scale's.",
            "List it under cut_offs with its source.",
        )


@dataclass(frozen=True)
class Scale:
    """How answers become one number.

    Parameters
    ----------
    text
        Its name; may be empty where there is only one.
    method
        `mean` of the answered items, or `sum`.
    factor
        What the mean or sum is multiplied by.
    minimum
        How many items must be answered; below that there is no score.
    prorate
        For a sum: missing answers count as the mean of those given.
    missing
        Who says so: a key of the references; `attune` where the rule is ours.
    higher
        Whether a higher value is worse or better; None where nobody has shown it.
    """

    key: str
    items: tuple[str, ...]
    method: Method
    minimum: int
    text: Text = NOTHING
    factor: float = 1
    prorate: bool = False
    missing: str = ""
    higher: Higher | None = None
    bands: tuple[Band, ...] = ()
    bands_source: str = ""
    cut_offs: tuple[CutOff, ...] = ()
    norms: tuple[Norm, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    change: ChangeBasis | None = None
    loinc: str = ""

    def band(self, value: float) -> Band | None:
        """The last band that begins at or below the unrounded value."""
        return next((band for band in reversed(self.bands) if band.lowest <= value), None)

    def bounds(self, items: Mapping[str, Item]) -> tuple[float, float]:
        """The lowest and the highest value it can have."""
        times = Fraction(repr(self.factor)) / (1 if self.method == "sum" else len(self.items))
        ends = ([getattr(items[key], end) for key in self.items] for end in ("lowest", "highest"))
        lowest, highest = (float(sum(end) * times) for end in ends)
        return lowest, highest

    def sources(self) -> Iterator[str]:
        """Every reference that its figures rest on."""
        yield from filter(None, (self.missing, self.bands_source))
        for listed in (self.cut_offs, self.norms, self.reliabilities):
            yield from (one.source for one in listed)
        yield from self.change.sources if self.change else ()

    def check(self, place: str, items: Mapping[str, Item]) -> None:
        """Refuse a scale that could not be computed, or a figure without its source."""
        place = f"{place}, scale {self.key}"
        one_of(self.method, Method, place)
        no_twins(self.items, place)
        numeric = {key for key, item in items.items() if item.kind in NUMERIC}
        refuse_unless(
            set(self.items) <= numeric, place, "It names an item without numbers.", "List items answered by a number."
        )
        refuse_unless(
            len({items[key].step == 1 for key in self.items}) == 1 and self.factor > 0,
            place,
            "Its items are of two kinds, or its factor is none.",
            "Let all have the same step, and the factor be above 0.",
        )
        self.text.check_name(place, needed=False)
        check_loinc(self.loinc, place)
        self._check_missing(place)
        self._check_published(place, items)

    def _check_missing(self, place: str) -> None:
        whole = len(self.items)
        refuse_unless(
            1 <= self.minimum <= whole, place, "The minimum cannot be met.", f"Write a number from 1 to {whole}."
        )
        refuse_unless(
            self.method == "mean" or self.prorate or self.minimum == whole,
            place,
            "A sum with answers missing would read as a low score.",
            "Set prorate = true, or let minimum be the number of items.",
        )

    def _check_published(self, place: str, items: Mapping[str, Item]) -> None:
        lowest = [band.lowest for band in self.bands]
        refuse_unless(lowest == sorted(set(lowest)), place, "The bands are out of order.", "List them from the lowest.")
        refuse_unless(
            not self.bands or bool(self.bands_source), place, "Its bands have no source.", "Name it in bands_source."
        )
        for band in self.bands:
            band.text.check_name(f"{place}, band {band.key}")
        if self.higher is not None:
            one_of(self.higher, Higher, place)
        self._check_cut_offs(place, self.bounds(items))
        for reliability in self.reliabilities:
            one_of(reliability.kind, ReliabilityKind, place)
            refuse_unless(0 <= reliability.value <= 1, place, "A reliability is out of range.", "Write 0 to 1.")
        if self.change is not None:
            refuse_unless(self.higher is not None, place, "Change has no direction.", "Say what is higher.")
            self.change.check(f"{place}, change", self.cut_offs)

    def _check_cut_offs(self, place: str, bounds: tuple[float, float]) -> None:
        for cut_off in self.cut_offs:
            where = f"{place}, cut-off {cut_off.value}"
            one_of(cut_off.side, Side, where)
            cut_off.text.check_name(where)
            refuse_unless(bounds[0] <= cut_off.value <= bounds[1], where, "No score can reach it.", "Correct it.")
            refuse_unless(
                self.higher is None or ("above" in cut_off.side) == (self.higher == "worse"),
                where,
                "Its side contradicts the direction of the scale.",
                "Correct side or higher.",
            )
