"""A machine's clock that is wrong: laid beside the day of the release, the audit, and PostgreSQL's own."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from support.cast import make_cast
from support.servers import Postgres

from attune.audit.journal import note
from attune.audit.verify import verify
from attune.base.clock import fixed
from attune.cli import _parser
from attune.commands import run
from attune.commands.checks.clock import before_the_release, behind_the_audit, beside_postgres
from attune.commands.checks.releases import RELEASED
from attune.people.viewers import MACHINE

if TYPE_CHECKING:
    from conftest import Name

FIRST_DAY = datetime(RELEASED.year, RELEASED.month, RELEASED.day, tzinfo=UTC)
LATER = FIRST_DAY + timedelta(days=30)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def test_a_clock_from_before_this_program_was_made() -> None:
    with fixed(FIRST_DAY - seconds(1)):
        (fault,) = before_the_release()
    assert "timedatectl set-ntp true" in fault
    with fixed(FIRST_DAY):
        assert list(before_the_release()) == []


@pytest.mark.parametrize(("behind", "wrong"), [(61, True), (59, False), (-3600, False)])
def test_a_clock_behind_what_was_done(db: None, behind: float, wrong: bool) -> None:
    note("brief.opened", by=MACHINE, at=LATER)
    with fixed(LATER - seconds(behind)):
        assert ["set-ntp" in fault for fault in behind_the_audit()] == [True] * wrong


def test_no_event_yet(db: None) -> None:
    assert list(behind_the_audit()) == []


def test_a_clock_that_ran_ahead_and_was_put_right(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """A year ahead is no year of waiting: the operator says that it is right now, and the audit keeps that."""
    make_cast()
    note("brief.opened", by=MACHINE, at=LATER + timedelta(days=365))
    with fixed(LATER):
        (fault,) = behind_the_audit()
        assert "attune audit clock-is-right" in fault
        assert run(_parser().parse_args(["audit", "clock-is-right"])) == 0
        assert list(behind_the_audit()) == []
    with fixed(LATER - seconds(61)):
        assert len(list(behind_the_audit())) == 1, "what is wrong from here on is seen"
    assert "Noted in the audit" in capsys.readouterr().out
    assert verify().fault is None


@pytest.mark.parametrize(("off", "wrong"), [(70, True), (-70, True), (50, False), (-50, False)])
def test_a_clock_beside_that_of_the_server(server: Postgres, name: "Name", off: float, wrong: bool) -> None:
    name(server.url("attune"))
    with fixed(datetime.now(UTC) + seconds(off)):
        found = list(beside_postgres())
    assert ["server of DATABASE_URL" in fault for fault in found] == [True] * wrong
