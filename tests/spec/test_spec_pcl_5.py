"""PCL-5

Twenty questions about the past month and one stressful experience, each 0 (*not at all*) to 4 (*extremely*); a higher
sum means more of what such an experience can leave behind. A work of the United States Government, shown with its
citation; nothing here is endorsed by the Department of Veterans Affairs. Sources are kept under `camcops-pcl-5`,
`vista-pcl-5`, `weathers2013`, `blevins2015`, `forkus2022` and `marx2022` in `references.toml`.

Sum and pattern are no diagnosis: that takes a person who asks, and who knows what happened.
"""

import pytest

from attune_science import instruments, scoring, yardstick

PCL_5 = instruments.get("pcl-5")


def _answers(answers_in_order: str) -> scoring.Answers:
    return scoring.read_numbers(PCL_5, answers_in_order.split())


@pytest.mark.parametrize(
    ("answers_in_order", "total", "b", "c", "d", "e"),
    [
        ("2 0 0 0 0 0 2 2 2 0 0 0 0 0 2 2 0 0 0 0", 12.0, 2.0, 2.0, 4.0, 4.0),
        ("0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", 0.0, 0.0, 0.0, 0.0, 0.0),
        ("4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4 4", 80.0, 20.0, 8.0, 28.0, 24.0),
        ("1 2 3 4 0 1 2 3 4 0 1 2 3 4 0 1 2 3 4 0", 40.0, 10.0, 3.0, 17.0, 10.0),
        ("2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 - -", 40.0, 10.0, 4.0, 14.0, None),
        ("2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 - - -", None, 10.0, 4.0, 14.0, None),
    ],
)
def test_scores(answers_in_order: str, total: float | None, b: float, c: float, d: float, e: float | None) -> None:
    """The sums

    Of all twenty, and of the four kinds: intrusion (B, 1 to 5), avoidance (C, 6 and 7), thoughts and mood (D, 8 to 14),
    arousal (E, 15 to 20; `camcops-pcl-5`, `vista-pcl-5`). Up to two missing answers (-) count in the total as the mean
    of those given; in the four none may be missing. Both rules are ours (`attune`): no source was found for any.
    """
    values = [one.value for one in scoring.score(PCL_5, _answers(answers_in_order))]
    assert values == [total, b, c, d, e]


@pytest.mark.parametrize(
    ("answers_in_order", "outcome", "open_still"),
    [
        ("2 0 0 0 0 0 2 2 2 0 0 0 0 0 2 2 0 0 0 0", "met", False),
        ("1 0 0 0 0 0 2 2 2 0 0 0 0 0 2 2 0 0 0 0", None, False),
        ("2 0 0 0 0 0 2 4 0 0 0 0 0 0 2 2 0 0 0 0", None, False),
        ("2 0 0 0 0 0 2 2 2 0 0 0 0 0 4 0 0 0 0 0", None, False),
        ("0 0 0 0 4 0 0 4 0 0 0 0 0 4 4 0 0 0 0 4", None, False),
        ("4 4 4 4 4 1 1 4 4 4 4 4 4 4 4 4 4 4 4 4", None, False),
        ("2 0 0 0 0 0 - 2 2 0 0 0 0 0 2 2 0 0 0 0", None, True),
    ],
)
def test_pattern(answers_in_order: str, outcome: str | None, open_still: bool) -> None:
    """The pattern

    Met with one B, one C, two D and two E at 2 (*moderately*) or above (`camcops-pcl-5`). The first line meets it with
    a sum of 12, far below 33; the one before the last misses it with 74. So both are shown, never one alone.
    """
    (pattern,) = scoring.patterns(PCL_5, _answers(answers_in_order))
    assert pattern.outcome == outcome
    assert bool(pattern.reason) is open_still


@pytest.mark.parametrize(
    ("total", "reaches_33", "above_28"),
    [
        (28.0, False, False),
        (28.5, False, True),
        (32.0, False, True),
        (33.0, True, True),
        (80.0, True, True),
    ],
)
def test_cut_offs(total: float, reaches_33: bool, above_28: bool) -> None:
    """The cut-offs

    From 33 on a closer look is worth it; preliminary, for studies recommend 31 to 33 (`forkus2022`, `camcops-pcl-5`).
    Up to 28 a score is more like those of people without post-traumatic stress (`marx2022`, male veterans).
    """
    look, like_others = PCL_5.scales[0].cut_offs
    assert (look.reached(total), like_others.reached(total)) == (reaches_33, above_28)


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        (50, 36, False),
        (50, 35, True),
        (20, 34, False),
        (20, 35, True),
    ],
)
def test_reliable_change(before: int, after: int, counts: bool) -> None:
    """Reliable change

    From 15 points on, as published for 198 male veterans (`marx2022`); a second sample there gives 18.
    """
    measure = yardstick.yardstick_of(PCL_5)
    assert measure.is_reliable(measure.gain(before, after)) is counts


@pytest.mark.parametrize(
    ("answer_to_16", "tells_of_danger"),
    [
        (0, False),
        (1, False),
        (2, True),
        (4, True),
    ],
)
def test_danger(answer_to_16: int, tells_of_danger: bool) -> None:
    """An answer that tells of danger

    Item 16 asks of *taking too many risks or doing things that could cause you harm*: recklessness as well as harming
    oneself. From 2 (*moderately*) on, where the published rule counts it as present, it raises a concern, so that
    somebody asks what is meant. No question asks about suicide: silence here says nothing.
    """
    answers = scoring.read_answers(PCL_5, "full", {"item-16": str(answer_to_16)})
    assert scoring.at_risk(PCL_5, answers) is tells_of_danger
