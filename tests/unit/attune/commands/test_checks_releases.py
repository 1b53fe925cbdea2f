"""A series of Django that gets no security fixes any more; and the day of the release, by which a clock is judged."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import django
import pytest

from attune.base.clock import fixed
from attune.commands.checks.releases import RELEASED, SECURITY_FIXES_UNTIL, django_without_fixes

CHANGELOG = Path(__file__).parents[4] / "CHANGELOG.md"


def faults(on: date) -> list[str]:
    """What is said on this day."""
    with fixed(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        return list(django_without_fixes())


def test_the_series_that_is_installed_has_its_day() -> None:
    assert django.VERSION[:2] in SECURITY_FIXES_UNTIL
    assert faults(RELEASED) == []


def test_the_day_after_the_last_fix() -> None:
    """The same installation, left alone until then."""
    assert faults(date(2028, 4, 30)) == []
    (fault,) = faults(date(2028, 5, 1))
    assert "since 2028-04-30" in fault
    assert "install the newest Attune" in fault


@pytest.mark.parametrize(("series", "found"), [((4, 2), 1), ((5, 1), 1), ((5, 2), 0), ((6, 0), 0), ((6, 1), 0)])
def test_other_series(monkeypatch: pytest.MonkeyPatch, series: tuple[int, int], found: int) -> None:
    """What is older than the table had its last fix before it; of what is newer nothing is known."""
    monkeypatch.setattr(django, "VERSION", (*series, 9, "final", 0))
    assert len(faults(RELEASED)) == found


def test_the_day_of_the_release_is_not_older_than_the_changelogs() -> None:
    released = re.findall(r"^## .*(\d{4}-\d\d-\d\d)", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert [day for day in released if date.fromisoformat(day) > RELEASED] == []
    assert datetime.now(UTC).date() >= RELEASED
