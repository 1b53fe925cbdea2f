"""`attune demo`: the product with made-up people, made through the same actions as a clinic's."""

from argparse import Namespace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from attune.base import clock
from attune.base.errors import Misconfigured
from attune.commands.demo.make import BEGAN, make_demo
from attune.commands.migrate import migrate
from attune.commands.serve import serve
from attune.people.models import Installation, Person
from attune.vault.keys import keyring

#: After a day more than lies between its beginning and the day for which it was made, its "today" is another.
STALE = timedelta(days=1)


def run(words: Namespace) -> int:
    """Make the demo when it is missing, and open it on this machine. Refuses to touch a clinic."""
    if words.fresh:
        _throw_away()
    migrate()
    house = Installation.objects.first()
    if house is not None and house.kind != "demo":
        raise Misconfigured("This ATTUNE_HOME belongs to a clinic: a demo needs a home of its own.")
    if house is None:
        if Person.objects.exists():
            _throw_away()
            migrate()
        print("Making the made-up people …", flush=True)
        with keyring():
            make_demo(at=clock.now())
    elif clock.now() - house.made_at > BEGAN + STALE:
        print("This demo was made on another day: `attune demo --fresh` makes it anew, for today.")
    if not words.no_serve:
        serve("127.0.0.1", words.port, worker=not words.no_worker)
    return 0


def _throw_away() -> None:
    migrate()
    house = Installation.objects.first()
    if house is not None and house.kind != "demo":
        raise Misconfigured("This ATTUNE_HOME belongs to a clinic: nothing was thrown away.")
    for alias in connections:
        if connections[alias].vendor != "sqlite":
            raise Misconfigured("--fresh is for the embedded databases: drop the others yourself.")
        connections[alias].close()
        Path(settings.DATABASES[alias]["NAME"]).unlink(missing_ok=True)
