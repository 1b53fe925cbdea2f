"""Reliable and clinically significant change

Two questions about two scores of one person. *Did they change by more than error of measurement explains?* And: *did
they leave the range in which people in treatment score?* Both are answered after Jacobson and Truax (`jacobson1991`),
with the error of a difference as `christensen1986` corrected it:

* standard error of one score = standard deviation × √(1 − reliability); of a difference: √2 times that;
* reliable change index = points towards better ÷ standard error of a difference; reliable beyond 1.96, strictly;
* cut-off a = clinical mean, two of its standard deviations towards better; b = functional mean, two of *its own*
  standard deviations towards worse; c = where both groups are equally likely.

Whether a change came from treatment is a third question, which two scores cannot answer.
"""

from statistics import NormalDist, mean, stdev

import pytest

from attune_science.change import CutOff, Norm, Yardstick, change, cut_offs, tabulate

# Table 2 of Jacobson and Truax (1991), couples 1 to 30: Dyadic Adjustment Scale before and after.
TABLE_2 = """
90.5,97 74,124 97,97.5 73.5,88 61,96.5 66.5,62.5 68.5,112.5 86.5,103.5 88.5,90 68.5,82.5
98,105 80.5,99.5 89.5,112.5 91.5,101 83.5,99.5 60.5,79.5 83,88 88,100.5 98.5,119 78.5,116
99.5,116 79.5,129 84.5,113 92.5,118 93,92 85,114 64,68 61,52 80,60.5 82.5,104.5
"""
COUPLES = {
    str(place): (float(pair.split(",")[0]), float(pair.split(",")[1])) for place, pair in enumerate(TABLE_2.split(), 1)
}
BEFORE = Norm(mean(first for first, _ in COUPLES.values()), stdev(first for first, _ in COUPLES.values()))


def _close(value: object, digits: float = 5e-7) -> object:
    return pytest.approx(value, rel=0, abs=digits)


@pytest.mark.parametrize(
    ("sd", "reliability", "error_of_a_score", "error_of_a_difference", "smallest_change", "in_whole_points"),
    [
        (7.5, 0.80, 3.354102, 4.743416, 9.297096, 10),
        (5, 0.80, 2.236068, 3.162278, 6.198064, 7),
        (4.5, 0.92, 1.272792, 1.8, 3.528, 4),
        (5.5, 0.89, 1.824144, 2.579729, 5.056268, 6),
    ],
)
def test_how_much_counts(
    sd: float,
    reliability: float,
    error_of_a_score: float,
    error_of_a_difference: float,
    smallest_change: float,
    in_whole_points: int,
) -> None:
    """How much counts

    The first line is the worked example of Jacobson and Truax. A change has to be *more* than the smallest one; on a
    scale of whole points that is *at least* the last column.
    """
    yardstick = Yardstick(sd, reliability, "better")
    assert yardstick.standard_error == _close(error_of_a_score)
    assert yardstick.standard_error_of_difference == _close(error_of_a_difference)
    assert yardstick.smallest == _close(smallest_change)
    assert yardstick.smallest_whole == in_whole_points


def test_the_exact_quantile() -> None:
    """With the exact quantile

    1.96 is rounded. With the exact quantile of the normal distribution the worked example (standard deviation 7.5,
    reliability .80) asks for 9.296925484568419 points at 95 in 100, the figure that `cecpfuns` states.
    """
    z = NormalDist().inv_cdf(0.975)
    assert Yardstick(7.5, 0.80, "better", z=z).smallest == _close(9.296925484568419, 1e-14)


@pytest.mark.parametrize(
    ("before", "after", "higher_is", "index"),
    [
        (20, 12, "better", -2.529822),
        (20, 16, "better", -1.264911),
        (20, 20, "better", 0.0),
        (20, 24, "better", 1.264911),
        (20, 28, "better", 2.529822),
        (20, 28, "worse", -2.529822),
        (20, 12, "worse", 2.529822),
    ],
)
def test_the_index(before: float, after: float, higher_is: str, index: float) -> None:
    """The index

    With a standard deviation of 5 and a reliability of .80. Above 0 always means better, whichever way the scale
    runs.
    """
    yardstick = Yardstick(5, 0.80, "better" if higher_is == "better" else "worse")
    assert change(before, after, yardstick).index == _close(index)


def test_the_worked_example() -> None:
    """The worked example

    From 32.5 to 47.5 with a standard deviation of 7.5 and a reliability of .80: index 3.1623, reliably better. The
    cut-off c is 50: not recovered.
    """
    drawn = cut_offs(Norm(40, 7.5), Norm(60, 7.5), "better")
    result = change(32.5, 47.5, Yardstick(7.5, 0.80, "better", drawn.chosen))
    assert (result.index, result.category) == (_close(3.162278), "improved")


@pytest.mark.parametrize(
    (
        "clinical_mean",
        "clinical_sd",
        "functional_mean",
        "functional_sd",
        "higher_is",
        "a",
        "b",
        "c",
        "chosen",
    ),
    [
        (40, 7.5, 60, 7.5, "better", 55.0, 45.0, 50.0, "c"),
        (60, 7.5, 40, 7.5, "worse", 45.0, 55.0, 50.0, "c"),
        (68.35, 22.33, 50, 22, "worse", 23.69, 94.0, 59.106700, "c"),
        (40, 2, 60, 3, "better", 44.0, 54.0, 48.0, "b"),
        (40, 2, 55, 3, "better", 44.0, 49.0, 46.0, "c"),
        (40, 7.5, None, None, "better", 55.0, None, None, "a"),
    ],
)
def test_cut_offs(
    clinical_mean: float,
    clinical_sd: float,
    functional_mean: float | None,
    functional_sd: float | None,
    higher_is: str,
    a: float,
    b: float | None,
    c: float | None,
    chosen: str,
) -> None:
    """The three cut-offs

    c is used where the groups overlap (three standard deviations around each mean, `jt-rci`), b where they do not, a
    without figures for people at large. In the third line the groups differ in spread: b is 50 + 2 × 22 = 94. The R
    package `clinicalsignificance` takes the clinical spread there, which would be 50 + 2 × 22.33 = 94.66.
    """
    functional = None if functional_mean is None or functional_sd is None else Norm(functional_mean, functional_sd)
    drawn = cut_offs(Norm(clinical_mean, clinical_sd), functional, "better" if higher_is == "better" else "worse")
    assert (drawn.a, drawn.b, drawn.c) == (_close(a), b if b is None else _close(b), c if c is None else _close(c))
    assert drawn.criterion == chosen
    assert drawn.chosen.value == getattr(drawn, chosen)


@pytest.mark.parametrize(
    ("before", "after", "category"),
    [
        (40, 60, "recovered"),
        (30, 45, "improved"),
        (40, 50, "improved"),
        (50, 65, "improved"),
        (55, 70, "improved"),
        (60, 45, "harmed"),
        (60, 50, "deteriorated"),
        (50, 40, "deteriorated"),
        (45, 35, "deteriorated"),
        (70, 55, "deteriorated"),
        (46, 54, "crossed"),
        (46, 50, "unchanged"),
        (50, 54, "unchanged"),
        (54, 46, "unchanged"),
        (40, 40, "unchanged"),
        (None, 40, None),
        (40, None, None),
    ],
)
def test_categories(before: float | None, after: float | None, category: str | None) -> None:
    """The categories

    Higher is better, more than 9.3 points count, and below 50 is clinical. *Recovered*: began below 50, ended above,
    reliably. *Harmed*: began above 50, ended below, reliably (shown as *deteriorated into the clinical range*).
    *Crossed*: left the clinical range by less than counts. A score of exactly 50 lies on neither side, so whoever
    begins or ends there has crossed nothing. Without both scores there is no category.
    """
    assert change(before, after, Yardstick(7.5, 0.80, "better", CutOff(50, "below"))).category == category


@pytest.mark.parametrize(
    ("before", "after", "category"),
    [(40, 60, "improved"), (60, 40, "deteriorated"), (46, 54, "unchanged")],
)
def test_without_a_cut_off(before: float, after: float, category: str) -> None:
    """Without a cut-off

    Where nobody has published where the clinical range begins, change is better, worse or neither.
    """
    assert change(before, after, Yardstick(7.5, 0.80, "better")).category == category


@pytest.mark.parametrize(
    ("before", "after", "category"),
    [
        (2.3, 1.8, "improved"),
        (1.8, 2.3, "deteriorated"),
        (2.3, 1.9, "unchanged"),
    ],
)
def test_a_published_threshold(before: float, after: float, category: str) -> None:
    """A published threshold

    Where a number of points is published, here 0.5 on a scale on which higher is worse, a change counts *from* that
    number on. There is no index then.
    """
    result = change(before, after, Yardstick(None, None, "worse", threshold=0.5))
    assert (result.category, result.index) == (category, None)


@pytest.mark.parametrize(
    ("reliability", "cut_off", "recovered", "improved", "unchanged", "deteriorated"),
    [
        (0.88, "c", 14, 5, 10, 1),
        (0.88, "96.5", 13, 6, 10, 1),
        (0.96, "c", 15, 6, 7, 2),
        (0.80, "c", 13, 3, 13, 1),
    ],
)
def test_thirty_couples(
    reliability: float, cut_off: str, recovered: int, improved: int, unchanged: int, deteriorated: int
) -> None:
    """Thirty couples

    Table 2 of Jacobson and Truax: the Dyadic Adjustment Scale of 30 couples before and after therapy (`jt-rci`), with
    their own standard deviation before. With a functional mean of 114.8 and a standard deviation of 17.8
    (`spanier1976`) cut-off c lies at 94.842415. Fixed at 96.5 it leaves couple 5, who ended on exactly that, improved
    and no longer recovered. Those who crossed without reliable change count as unchanged.
    """
    drawn = cut_offs(BEFORE, Norm(114.8, 17.8), "better").chosen if cut_off == "c" else CutOff(float(cut_off), "below")
    assert drawn.value == _close(94.842415 if cut_off == "c" else 96.5)
    tally = tabulate(COUPLES, Yardstick(BEFORE.sd, reliability, "better", drawn))
    assert tally.as_published == (recovered, improved, unchanged, deteriorated)


@pytest.mark.parametrize(
    ("category", "couples"),
    [
        ("recovered", "2 5 7 8 12 13 15 18 20 22 23 24 26 30"),
        ("improved", "4 10 16 19 21"),
        ("harmed", ""),
        ("deteriorated", "29"),
        ("crossed", "1 14"),
        ("unchanged", "3 6 9 11 17 25 27 28"),
    ],
)
def test_which_couples(category: str, couples: str) -> None:
    """Which couples

    The same, with a reliability of .88 and cut-off c.
    """
    yardstick = Yardstick(BEFORE.sd, 0.88, "better", cut_offs(BEFORE, Norm(114.8, 17.8), "better").chosen)
    assert {name: " ".join(ids) for name, ids in tabulate(COUPLES, yardstick).ids.items()}[category] == couples
