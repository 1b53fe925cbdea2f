"""The people of a demo, for its front page."""

from attune.care.episodes.models import Participant
from attune.people.models import Account
from attune.vault.sealed import load_for


def get_demo_therapist() -> Account:
    """The therapist of the demo."""
    return Account.objects.select_related("person").filter(person__roles__name="therapist").earliest("id")


def list_cast() -> list[Participant]:
    """The clients in the order in which they were entered."""
    people = list(Participant.objects.select_related("person", "episode").order_by("id"))
    load_for(who.person for who in people)
    return people
