"""The people of a demo, for its front page."""

from collections.abc import Sequence
from dataclasses import dataclass

from attune.care.episodes.models import Assignment, Episode, Participant
from attune.people.models import Account, Person
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class Desk:
    """One therapist of the demo, with the clients of their running work, and those whose work has ended."""

    person: Person
    clients: Sequence[Participant]
    ended: Sequence[Participant]


def get_demo_staff() -> dict[str, Account]:
    """Who signs in for which role in the demo: the first who has it."""
    accounts = Account.objects.select_related("person").filter(person__roles__until=None).order_by("-id")
    return {role: account for account in accounts for role in account.person.roles.values_list("name", flat=True)}


def list_demo_clients() -> list[Account]:
    """The clients who have an account, in the order in which they were entered."""
    accounts = list(Account.objects.select_related("person").filter(kind=Account.Kind.CLIENT).order_by("id"))
    load_for(one.person for one in accounts)
    return accounts


def list_desks() -> list[Desk]:
    """The therapists in the order in which they were entered, each with their clients in the same order."""
    held = Assignment.objects.select_related("therapist__account").filter(until=None, therapist__account__isnull=False)
    theirs: dict[Person, list[Participant]] = {one.therapist: [] for one in held.order_by("therapist_id")}
    by_episode = {one.episode_id: theirs[one.therapist] for one in held.order_by("-id")}
    people = list_cast()
    load_for(theirs)
    for who in people:
        if who.episode_id in by_episode:
            by_episode[who.episode_id].append(who)
    return [Desk(therapist, *_parted(clients)) for therapist, clients in theirs.items()]


def _parted(clients: list[Participant]) -> tuple[list[Participant], list[Participant]]:
    running = [who for who in clients if who.episode.state == Episode.State.WORKING and who.until is None]
    return running, [who for who in clients if who not in running]


def list_cast() -> list[Participant]:
    """The clients in the order in which they were entered."""
    people = list(Participant.objects.select_related("person", "episode").order_by("id"))
    load_for(who.person for who in people)
    return people
