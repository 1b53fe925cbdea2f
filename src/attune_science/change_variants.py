"""Other indices of reliable change, for comparison in research: the number alone, never a category.

Whoever works with people sees the index of Jacobson and Truax and no other (`change.py`); a menu of methods would
invite choosing by result. No direction is applied here: above 0 means that the score rose by more than expected.
The formulas are as the R package clinicalsignificance computes them (`clinicalsignificance`); the papers that first
proposed them were not opened.
"""

import math
from dataclasses import dataclass

from attune_science.errors import ScienceError
from attune_science.yardstick import SMALLEST, Norm, refuse_number


@dataclass(frozen=True)
class Sample:
    """The sample before treatment: mean, standard deviation, and reliability above 0 and below 1.

    Raises
    ------
    ScienceError
        For a number out of range.
    """

    mean: float
    sd: float
    reliability: float

    def __post_init__(self) -> None:
        refuse_number(self.mean, "mean")
        refuse_number(self.sd, "standard deviation", SMALLEST)
        refuse_number(self.reliability, "reliability", SMALLEST, 1 - SMALLEST)

    @property
    def standard_error(self) -> float:
        """How far one score strays by error of measurement alone."""
        return self.sd * math.sqrt(1 - self.reliability)

    @property
    def standard_error_of_prediction(self) -> float:
        """How far a second score strays around what the first foretells."""
        return self.sd * math.sqrt(1 - self.reliability**2)

    def expected(self, before: float) -> float:
        """The score drawn towards the mean, as far as it is unreliable."""
        return self.reliability * (before - self.mean) + self.mean


def gulliksen_lord_novick(before: float, after: float, sample: Sample) -> float:
    """Change beyond what drifting back to the mean of the first measurement would bring.

    Parameters
    ----------
    before, after
        Scores of one person.
    sample
        The sample before treatment.

    Limits
    ------
    Supposes that without treatment everyone drifts towards the mean of this sample.

    References
    ----------
    clinicalsignificance (calc_rci.R, method GLN).

    Example
    -------
    >>> round(gulliksen_lord_novick(30, 2, Sample(5, 7, 0.8)), 6)
    -5.47619
    """
    return (after - sample.expected(before)) / sample.standard_error_of_prediction


def hsu_linn_lord(before: float, after: float, sample: Sample, mean_after: float) -> float:
    """Change beyond what the average change and drifting back to the mean would bring.

    Parameters
    ----------
    before, after
        Scores of one person.
    sample
        The sample before treatment.
    mean_after
        Its mean after treatment.

    Limits
    ------
    Compares with the others of the sample: where all got better, an average gain counts as none.

    References
    ----------
    clinicalsignificance (calc_rci.R, method HLL).

    Example
    -------
    >>> round(hsu_linn_lord(30, 3, Sample(10, 5, 0.8), 7), 6)
    -6.666667
    """
    foretold = sample.expected(before) - sample.mean + mean_after
    return (after - foretold) / sample.standard_error_of_prediction


def edwards_nunnally(before: float, after: float, sample: Sample) -> float:
    """Distance of the second score from the first one's estimated true score.

    Parameters
    ----------
    before, after
        Scores of one person.
    sample
        The sample before treatment.

    Limits
    ------
    Counts the error of one score only, so its figures are larger than those of an index that counts both.

    References
    ----------
    clinicalsignificance (calc_rci.R, method EN).

    Example
    -------
    >>> round(edwards_nunnally(30, 2, Sample(10, 5, 0.8)), 6)
    -10.733126
    """
    return (after - sample.expected(before)) / sample.standard_error


def nunnally_kotsch(before: float, after: float, sample: Sample, reliability_after: float) -> float:
    """The same distance, with the error of both scores, whose reliability may differ.

    Parameters
    ----------
    before, after
        Scores of one person.
    sample
        The sample before treatment.
    reliability_after
        Reliability at the second measurement, above 0 and below 1.

    Raises
    ------
    ScienceError
        When that reliability is out of range.

    Limits
    ------
    Needs a second reliability, which few studies report.

    References
    ----------
    clinicalsignificance (calc_rci.R, method NK).

    Example
    -------
    >>> round(nunnally_kotsch(30, 2, Sample(10, 5, 0.8), 0.8), 6)
    -8.381164
    """
    refuse_number(reliability_after, "reliability", SMALLEST, 1 - SMALLEST)
    first = (sample.reliability * sample.standard_error) ** 2
    second = sample.sd**2 * (1 - reliability_after)
    return (after - sample.expected(before)) / math.sqrt(first + second)


def reliability_of_differences(sample: Sample, after: Norm, correlation: float) -> float:
    """How far differences between two measurements are free of error of measurement; at most 1.

    Parameters
    ----------
    sample, after
        The sample before treatment; its mean and standard deviation after it.
    correlation
        Between the two measurements, above -1 and below 1.

    Raises
    ------
    ScienceError
        When a figure is out of range, or the differences hold nothing but error.

    References
    ----------
    clinicalsignificance (calc_rci.R, method HA).
    """
    refuse_number(correlation, "correlation", -1 + SMALLEST, 1 - SMALLEST)
    whole = sample.sd**2 + after.sd**2 - 2 * sample.sd * after.sd * correlation
    # Each variance less the error, which is taken to be the same at both times.
    reliable = (whole - 2 * sample.standard_error**2) / whole
    if reliable <= 0:
        raise ScienceError(
            "These differences cannot be told from error of measurement.",
            "The sample differs between the two times by no more than its error.",
            "Use the index of Jacobson and Truax, or a larger sample.",
        )
    return reliable


def hageman_arrindell(before: float, after: float, sample: Sample, norm_after: Norm, correlation: float) -> float:
    """Change drawn towards the average change, as far as differences are unreliable.

    Parameters
    ----------
    before, after
        Scores of one person.
    sample, norm_after
        The sample before treatment; its mean and standard deviation after it.
    correlation
        Between the two measurements.

    Raises
    ------
    ScienceError
        As for `reliability_of_differences`.

    Limits
    ------
    Read against 1.65 rather than 1.96. With unreliable differences everyone is given the average change.

    References
    ----------
    clinicalsignificance (calc_rci.R, method HA).

    Example
    -------
    >>> round(hageman_arrindell(30, 3, Sample(10, 5, 0.8), Norm(7, 6), 0.8044687), 4)
    -5.5636
    """
    reliable = reliability_of_differences(sample, norm_after, correlation)
    drawn = (after - before) * reliable + (norm_after.mean - sample.mean) * (1 - reliable)
    return drawn / (math.sqrt(reliable) * math.sqrt(2) * sample.standard_error)
