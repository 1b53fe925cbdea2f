"""Work begins: the clients are entered and their episode is opened, all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from attune.audit.journal import unit
from attune.base.errors import Refused
from attune.care.episodes.actions import check_kind, open_episode
from attune.care.episodes.models import Episode
from attune.people.actions import Called, check_called, enter_person
from attune.people.models import Person
from attune.people.viewers import Viewer


def begin_episode(*, kind: str, people: Sequence[Called], by: Viewer, at: datetime) -> Episode:
    """Enter these clients and open an episode between them and the therapist who does it."""
    check_kind(kind, len(people))
    for n, called in enumerate(people, 1):
        try:
            check_called(called)
        except Refused as problem:
            named = {field if field == "zone" else f"{field}{n}": why for field, why in problem.fields.items()}
            raise Refused(problem.sentence, named) from problem
    with unit():
        clients = [enter_person(called, by=by, at=at) for called in people]
        return open_episode(kind=kind, clients=clients, therapist=Person.objects.get(pk=by.me), by=by, at=at)
