"""Goal-based outcomes

One to three goals in the client's own words, each rated 0 (no progress) to 10 (fully reached); higher means better.
The tool is Dr Duncan Law's, under CC BY-NC-SA 4.0, and comes with the restricted pack (`packs/restricted`), which
keeps its sources: `gbo-terms`, `camcops-gbo` and `edbrooke-childs2015`.

Two means compare only where the same goals were rated both times: a goal that replaces another begins a new series.
"""

import pytest

from attune_science import change, instruments, scoring

GBO = instruments.get("gbo")


def _mean(numbers: str) -> float | None:
    (score,) = scoring.score(GBO, scoring.read_numbers(GBO, numbers.split()))
    return score.value


@pytest.mark.parametrize(
    ("goals", "mean"),
    [
        ("2 3 4", 3.0),
        ("5 6 4", 5.0),
        ("7 - -", 7.0),
        ("0 - 10", 5.0),
        ("- - -", None),
    ],
)
def test_mean(goals: str, mean: float | None) -> None:
    """The mean

    Of the goals that were set and rated; a dash is a goal that was not. Whoever has rated one has a mean: our own rule.
    """
    assert _mean(goals) == mean


@pytest.mark.parametrize(
    ("goals_before", "goals_after", "gain", "category"),
    [
        ("2 3 4", "5 6 4", 2.0, "unchanged"),
        ("2 3 4", "5 6 5", 2.333, "unchanged"),
        ("2 3 4", "5 6 6", 2.667, "improved"),
        ("5 6 6", "2 3 4", -2.667, "deteriorated"),
        ("3 - -", "5 - -", 2.0, "unchanged"),
        ("3 - -", "6 - -", 3.0, "improved"),
    ],
)
def test_change(goals_before: str, goals_after: str, gain: float, category: str) -> None:
    """Change

    A change of the mean counts from 2.45 points on (`edbrooke-childs2015`, recalled and not re-read). There is no
    clinical range: nobody's goals are normal.
    """
    found = change.change(_mean(goals_before), _mean(goals_after), change.yardstick_of(GBO))
    assert found.gain is not None
    assert (round(found.gain, 3), found.category) == (gain, category)


@pytest.mark.parametrize(
    ("gain", "counts"),
    [
        (2.44, False),
        (2.45, True),
        (-2.44, False),
        (-2.45, True),
    ],
)
def test_edge(gain: float, counts: bool) -> None:
    """The edge

    A published threshold is reached by its own value.
    """
    assert change.yardstick_of(GBO).is_reliable(gain) is counts
