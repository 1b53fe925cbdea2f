"""The standing cast, entered through the actions: Amara, Ben, Chidi, Dana, Eli, Farah, Gil, and Ben's colleague Ola."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from attune.care.episodes.actions import end_assignment, open_episode
from attune.care.episodes.models import Assignment, Episode, Participant
from attune.people.actions import Called, begin_installation, enter_person, give_account, give_role
from attune.people.models import Account, Person
from attune.people.readers import get_installation
from attune.people.viewers import MACHINE, Viewer, get_viewer
from attune.vault.keys import keyring

ZONE = "Europe/London"
#: Tuesday 17 November 2026, 15:40 in London: twenty minutes before Amara's eighth session.
NOW = datetime(2026, 11, 17, 15, 40, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Cast:
    """Everybody by name: staff as accounts and viewers, clients as participants of their episodes."""

    ben: Viewer
    accounts: dict[str, Account]
    amara: Participant
    dana: Participant
    farah: Participant
    gil: Participant


def make_cast(*, kind: str = "clinic", at: datetime = NOW - timedelta(weeks=20)) -> Cast:
    """A clinic with its staff and four clients. Ola had worked with Amara before; Dana is Ola's client now."""
    get_installation.cache_clear()
    with keyring():
        begin_installation(kind=kind, name="A practice", zone=ZONE, version="0.1.0", by=MACHINE, at=at)
        accounts = {
            name: _staff(name, role, at=at)
            for name, role in (
                ("Ben", "therapist"),
                ("Ola", "therapist"),
                ("Chidi", "supervisor"),
                ("Eli", "operator"),
            )
        }
        ben, ola = (get_viewer(accounts[name].person_id, at=at) for name in ("Ben", "Ola"))
        amara = _episode(["Amara"], ben, at=at)
        dana = _episode(["Dana"], ola, at=at)
        farah, gil = _episode(["Farah", "Gil"], ben, at=at)
        before = Assignment.objects.create(
            episode=amara[0].episode, therapist_id=ola.person_id, since=at - timedelta(days=1)
        )
        end_assignment(before, by=ben, at=at)
    return Cast(ben, accounts, amara[0], dana[0], farah, gil)


def _staff(name: str, role: str, *, at: datetime) -> Account:
    person = enter_person(Called(name, "they", ZONE), by=MACHINE, at=at)
    account = give_account(person, email=f"{name.lower()}@example.org", password=PASSWORD, by=MACHINE, at=at)
    give_role(person, name=role, by=MACHINE, at=at)
    return account


def _episode(names: list[str], therapist: Viewer, *, at: datetime) -> list[Participant]:
    pronouns = {"Gil": "he"}
    clients = [enter_person(Called(name, pronouns.get(name, "she"), ZONE), by=therapist, at=at) for name in names]
    kind = Episode.Kind.INDIVIDUAL if len(names) == 1 else Episode.Kind.COUPLE
    me = Person.objects.get(pk=therapist.person_id)
    episode = open_episode(kind=kind, clients=clients, therapist=me, by=therapist, at=at)
    listed = Participant.objects.select_related("person", "episode").filter(episode=episode)
    return sorted(listed, key=lambda who: str(who.person.name))
