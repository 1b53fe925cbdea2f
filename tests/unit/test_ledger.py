"""The checker of the deep tests finds what is lost, doubled, altered and half: else its zeros would mean nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from support.ledger import NONE, Differences, Ledger, compare, digest, what_is_sent

WHOLE = {"attune-session": {"Score": 2, "Word": 2}, "phq-9": {"Concern": 1}}
Record = dict[str, Any]


def one(key: str, n: int) -> Record:
    return {"submission": key, "digest": digest(what_is_sent(n)), "shape": WHOLE}


def without(part: str) -> dict[str, dict[str, int]]:
    return {key: {} if key == part else rows for key, rows in WHOLE.items()}


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        (lambda record: None, NONE),
        (lambda record: record["found"].pop(), Differences(lost=1, doubled=0, altered=0, half=0)),
        (lambda record: record["found"].append(one("b", 2)), Differences(lost=0, doubled=2, altered=0, half=0)),
        (lambda record: record["found"][0].update(digest="other"), Differences(lost=0, doubled=0, altered=1, half=0)),
        (lambda record: record["found"][0].update(shape=without("phq-9")), Differences(0, 0, 0, half=1)),
        (lambda record: record.update(alone=3), Differences(0, 0, 0, half=3)),
        (
            lambda record: record["found"][0].update(shape=WHOLE | {"phq-9": {"Concern": 2}}),
            Differences(lost=0, doubled=1, altered=0, half=1),
        ),
    ],
)
def test_each_harm_is_seen(harm: Callable[[Record], None], seen: Differences) -> None:
    ledger = Ledger()
    for key, n in (("a", 1), ("b", 2)):
        ledger.sends(key, what_is_sent(n))
        ledger.was_received(key)
    record: Record = {"found": [one("a", 1), one("b", 2)], "alone": 0}
    harm(record)
    assert compare(ledger, record, WHOLE) == seen


def test_no_two_check_ins_are_alike() -> None:
    assert len({digest(what_is_sent(n)) for n in range(2000)}) == 2000
