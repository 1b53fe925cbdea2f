"""Other indices of change, for research

Five indices that differ from that of Jacobson and Truax in what they hold to be expected: drift towards the mean, the
average change, an estimated true score. They stand in exports for comparison, never beside a client's name. The
formulas are those of the R package `clinicalsignificance`; no direction is applied, so below 0 means that the score
fell. In every example the reliability is .80.
"""

from statistics import correlation

import pytest

from attune_science.change import Norm
from attune_science.change_variants import (
    Sample,
    edwards_nunnally,
    gulliksen_lord_novick,
    hageman_arrindell,
    hsu_linn_lord,
    nunnally_kotsch,
    reliability_of_differences,
)

BEFORE = (30, 20, 10, 8, 6, 4, 2)
AFTER = (3, 2, 2, 2, 2, 2, 1)


def _close(value: float) -> object:
    return pytest.approx(value, rel=0, abs=6e-7)


@pytest.mark.parametrize(
    ("before", "after", "index"),
    [
        (30, 2, -5.476190),
        (20, 2, -3.571429),
        (10, 2, -1.666667),
        (8, 2, -1.285714),
        (6, 2, -0.904762),
        (4, 2, -0.523810),
        (2, 2, -0.142857),
    ],
)
def test_gulliksen_lord_novick(before: float, after: float, index: float) -> None:
    """Gulliksen, Lord and Novick

    Expected is that a score drifts towards the mean before treatment. Mean 5, standard deviation 7.
    """
    assert gulliksen_lord_novick(before, after, Sample(5, 7, 0.8)) == _close(index)


@pytest.mark.parametrize(
    ("before", "after", "index"),
    [
        (30, 3, -6.666667),
        (20, 2, -4.333333),
        (10, 2, -1.666667),
        (8, 2, -1.133333),
        (6, 2, -0.600000),
        (4, 2, -0.066667),
        (2, 1, 0.133333),
    ],
)
def test_hsu_linn_lord(before: float, after: float, index: float) -> None:
    """Hsu, Linn and Lord

    Expected is drift, and the average change of the sample. Mean 10 before and 7 after, standard deviation 5.
    """
    assert hsu_linn_lord(before, after, Sample(10, 5, 0.8), 7) == _close(index)


@pytest.mark.parametrize(
    ("before", "after", "index"),
    [
        (30, 2, -10.733126),
        (20, 2, -7.155418),
        (10, 2, -3.577709),
        (8, 2, -2.862167),
        (6, 2, -2.146625),
        (4, 2, -1.431084),
        (2, 2, -0.715542),
    ],
)
def test_edwards_nunnally(before: float, after: float, index: float) -> None:
    """Edwards and Nunnally

    Expected is the estimated true score, with the error of one score. Mean 10, standard deviation 5.
    """
    assert edwards_nunnally(before, after, Sample(10, 5, 0.8)) == _close(index)


@pytest.mark.parametrize(
    ("before", "after", "index"),
    [
        (30, 2, -8.381164),
        (20, 2, -5.587442),
        (10, 2, -2.793721),
        (8, 2, -2.234977),
        (6, 2, -1.676233),
        (4, 2, -1.117488),
        (2, 2, -0.558744),
    ],
)
def test_nunnally_kotsch(before: float, after: float, index: float) -> None:
    """Nunnally and Kotsch

    The same, with the error of both scores. Mean 10, standard deviation 5, reliability .80 at both times.
    """
    assert nunnally_kotsch(before, after, Sample(10, 5, 0.8), 0.8) == _close(index)


@pytest.mark.parametrize(
    ("before", "after", "index"),
    [
        (30, 3, -5.563602),
        (20, 2, -4.245263),
        (10, 2, -2.780442),
        (8, 2, -2.487478),
        (6, 2, -2.194514),
        (4, 2, -1.901550),
        (2, 1, -1.755067),
    ],
)
def test_hageman_arrindell(before: float, after: float, index: float) -> None:
    """Hageman and Arrindell

    Expected is the average change, as far as differences are unreliable. Mean 10 before and 7 after, standard
    deviation 5 and 6; these seven people correlate .8044687, which makes differences reliable by .2145701. Read
    against 1.65.
    """
    together = correlation(BEFORE, AFTER)
    assert together == pytest.approx(0.8044687, abs=5e-8)
    assert reliability_of_differences(Sample(10, 5, 0.8), Norm(7, 6), together) == pytest.approx(0.2145701, abs=5e-8)
    assert hageman_arrindell(before, after, Sample(10, 5, 0.8), Norm(7, 6), together) == _close(index)
