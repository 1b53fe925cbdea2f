"""D4: the process dies before and after each write of a check-in and of its commit. All of it is kept, or nothing."""

from pathlib import Path

import pytest
from support.figures import keep
from support.ledger import NONE, Ledger, compare, digest, what_is_sent
from support.servers import house_on

pytestmark = pytest.mark.deep

#: Each part: its response, its scores, its words, its signals, its concern; the events; before and after each.
FEWEST_MOMENTS = 18


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_wherever_it_dies_all_of_it_is_kept_or_nothing(kind: str, tmp_path: Path) -> None:
    with house_on(kind, tmp_path) as (house, _):
        house.ask("links", 1)
        whole = house.ask("whole")
        told = house.ask("deaths")
        record = house.ask("record")
    parts, ledger = len(whole), Ledger()
    for n, one in enumerate(told):
        ledger.sent[one["submission"]] = digest(what_is_sent(n))
        ledger.acknowledged.add(one["submission"])  # sent again, it was
    died = [one for one in told if one["died"]]
    assert len(died) >= FEWEST_MOMENTS
    assert {one["kept"] for one in told} <= {0, parts}
    assert [one["kept"] for one in died] == [0] * (len(died) - 1) + [parts], "only after the commit is it there"
    assert compare(ledger, record, whole) == NONE
    assert (record["chain"], record["sound"], record["alone"]) == (True, True, 0)
    keep("D4", kind, f"died at {len(died)} moments, each sent again", "all or none at each; the same receipt after")
