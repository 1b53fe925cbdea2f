"""How it stands with a client's own pages, for the therapist: whether they can sign in, and whether this work shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.care.access.relations import check_can_read_client
from attune.care.episodes.models import Participant
from attune.people.models import Account
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class ClientAccount:
    """Everything that the page names. `account`: only one with which they can sign in."""

    participant: Participant
    name: str
    account: Account | None

    @property
    def shows(self) -> bool:
        """Whether this work stands there."""
        return self.participant.own_pages_since is not None


def get_client_account(viewer: Viewer, participant_id: UUID, *, at: datetime) -> ClientAccount:
    """The page of one client, for who may read the episode; leaves one event."""
    who = check_can_read_client(viewer, participant_id, at=at)
    account = Account.objects.filter(person=who.person_id, is_active=True).first()
    load_for([who.person])
    note("own-pages.looked-up", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return ClientAccount(who, str(who.person.name), account)
