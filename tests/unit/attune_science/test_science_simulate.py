"""The simulator refuses what cannot be, and says so in a sentence."""

import math
from collections.abc import Callable
from random import Random

import pytest

from attune_science.errors import ScienceError
from attune_science.simulate import (
    Burden,
    Erosion,
    Marker,
    Rates,
    Rupture,
    Withdrawal,
    World,
    burden,
    course,
    outcome,
    share_out,
)

REFUSED: dict[str, Callable[[], object]] = {
    "a share above 1": lambda: World(bad_day=1.2),
    "a spread below 0": lambda: World(between=-1),
    "a deviation that never dies": lambda: World(carry=1),
    "a mean that is no number": lambda: World(mean=math.nan),
    "a table without a state": lambda: World(missed={"usual": 0.1}),
    "answers that do not add up": lambda: World(hurt=dict.fromkeys(World().hurt, (0.5, 0.1, 0.1))),
    "a level that is no number": lambda: Marker(math.inf, 1),
    "too few leanings": lambda: Marker(8, 1, (0.0,)),
    "a rupture before the first session": lambda: Rupture(0, 1),
    "a rupture of no size": lambda: Rupture(1, 0),
    "more stays than fell": lambda: Rupture(1, 1, stays=1.5),
    "an erosion without a step": lambda: Erosion(1, step=0),
    "a withdrawal before the first session": lambda: Withdrawal(0),
    "more than everything happens": lambda: Rates(rupture=0.9, erosion=0.2),
    "no session": lambda: course(Random(1), 0),
    "a course without end": lambda: course(Random(1), 501),
    "a questionnaire that is none": lambda: burden("phq-99"),
    "a questionnaire without figures": lambda: burden("phq-2"),
    "a mean": lambda: burden("attune-session"),
    "higher is better": lambda: burden("ors"),
    "an item that is none": lambda: Burden("phq-9", 15, 5, 2, ease=(("item-99", 1.0),)),
    "an error below 0": lambda: Burden("phq-9", 15, 5, -2),
    "sessions out of order": lambda: outcome(Random(1), [2, 1], burden("phq-9")),
    "a session before the first": lambda: outcome(Random(1), [0], burden("phq-9")),
    "a total out of reach": lambda: share_out(10, [0, 0], [3, 3]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused(what: str) -> None:
    with pytest.raises(ScienceError):
        REFUSED[what]()


def test_an_item_that_is_rarely_answered_stays_low() -> None:
    rare = Burden("phq-9", 12, 0, 0, ease=(("item-9", -4.0),))
    assert all(outcome(Random(seed), [1], rare)[0].answers["item-9"] == 0 for seed in range(50))


def test_a_masked_fall_leaves_a_full_form_full() -> None:
    """The same client, the same chance; only what a fall is taken from differs."""
    marker, fall = Marker(14, 0.0), [Rupture(2, 3)]
    forms = {
        masked: course(Random(1), 2, marker=marker, events=fall, world=World(masked=masked, bad_day=0))
        for masked in (True, False)
    }
    assert forms[True][1].eight == 10
    assert (forms[False][1].eight or 10) < 8.5
