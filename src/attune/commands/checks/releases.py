"""The day of this release, and what it stands on: a series of Django that still gets its security fixes."""

from collections.abc import Iterator
from datetime import date

import django

from attune.base import clock

#: When this release was made; set anew with each (CHANGELOG). No clock that is right comes before it.
RELEASED = date(2026, 11, 25)

#: The last day of security fixes, by series. 5.2: "will end in April 2028", release notes of Django 6.2
#: (docs.djangoproject.com/en/dev/releases/6.2/); 6.0: endoflife.date/django, which follows
#: djangoproject.com/download/#supported-versions. Both looked at on 28 November 2026.
SECURITY_FIXES_UNTIL = {(5, 2): date(2028, 4, 30), (6, 0): date(2027, 4, 30)}


def django_without_fixes() -> Iterator[str]:
    """A series older than those in the table got its last fix before this program was made."""
    series, today = django.VERSION[:2], clock.now().date()
    until = SECURITY_FIXES_UNTIL.get(series)
    if series < min(SECURITY_FIXES_UNTIL) or (until is not None and today > until):
        since = f" since {until:%Y-%m-%d}" if until else ""
        yield (
            f"Django {series[0]}.{series[1]}, on which Attune stands, gets no security fixes any more{since}: install "
            "the newest Attune, which brings a newer one."
        )
