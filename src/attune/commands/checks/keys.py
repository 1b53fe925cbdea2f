"""The master key: it opens the vault, and does not lie beside what it opens."""

from collections.abc import Iterator

from django.conf import settings

from attune.base.errors import Misconfigured
from attune.environment import DEMO_MASTER_FILE
from attune.people.models import Installation
from attune.vault.keys import check_master

KEY_AT_HOME = "The master key lies inside ATTUNE_HOME, beside what it opens: move the file elsewhere and name it there."


def master() -> Iterator[str]:
    """A key that is missing or another one, lies at home, or is a demo's."""
    try:
        check_master()
    except Misconfigured as problem:
        yield problem.sentence
    if settings.ATTUNE.key_lies_at_home:
        yield KEY_AT_HOME
    house = Installation.objects.first()
    if house and house.kind == "clinic" and (settings.ATTUNE.home / DEMO_MASTER_FILE).exists():
        yield "A demo's master key lies in the home of a clinic: move the clinic's data to a home of its own."
