"""The people of a demo, for its front page."""

from attune.care.episodes.models import Participant
from attune.people.models import Account
from attune.vault.sealed import load_for


def get_demo_staff() -> dict[str, Account]:
    """Who signs in for which role in the demo: the first who has it."""
    accounts = Account.objects.select_related("person").filter(person__roles__until=None).order_by("-id")
    return {role: account for account in accounts for role in account.person.roles.values_list("name", flat=True)}


def list_cast() -> list[Participant]:
    """The clients in the order in which they were entered."""
    people = list(Participant.objects.select_related("person", "episode").order_by("id"))
    load_for(who.person for who in people)
    return people
