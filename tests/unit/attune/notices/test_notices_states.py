"""What becomes of a letter: by the table, and by nobody who looked too early."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast

from attune.base.errors import Conflict
from attune.base.ids import new_id
from attune.notices import outbox
from attune.notices.models import Notice
from attune.notices.outbox import Due
from attune.notices.states import NEXT

ENDS = {"sent", "stopped", "missed", "refused", "unsure"}


def test_every_state_is_in_the_table_and_leads_to_an_end() -> None:
    assert set(NEXT) == set(Notice.State.values)
    assert {state for state, after in NEXT.items() if not after} == ENDS
    assert all(after <= set(Notice.State.values) for after in NEXT.values())
    assert all(after & ENDS for after in NEXT.values() if after)


def test_only_what_the_table_says_and_only_from_where_it_stands(cast: Cast) -> None:
    letter = Due(cast.amara.person_id, Notice.Kind.BEFORE, new_id(), NOW, NOW + timedelta(hours=1))
    outbox.put_in(letter, at=NOW)
    seen, seen_too = Notice.objects.get(), Notice.objects.get()
    with pytest.raises(Conflict):
        outbox.move_on(seen, "sent", at=NOW)
    outbox.move_on(seen, "sending", at=NOW)
    with pytest.raises(Conflict):
        outbox.move_on(seen_too, "stopped", at=NOW)
    outbox.move_on(seen, "sent", at=NOW)
    for state in Notice.State.values:
        with pytest.raises(Conflict):
            outbox.move_on(seen, state, at=NOW)
