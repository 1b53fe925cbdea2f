"""What one client and their therapists wrote to each other: as it stands at the desk, and on the client's own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_write, check_can_read_client, check_is_own, own_participations
from attune.care.episodes.models import Participant
from attune.care.messages.models import Message
from attune.care.messages.readers import (
    AT_ONCE,
    can_take_back,
    count_unopened,
    is_from_client,
    is_unopened,
    list_messages,
)
from attune.insight.checkin_form import names_of_readers
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class Written:
    """One message. `mine`: the viewer wrote it; `may_take_back`: and can still take it back. `about`: the number of
    the session whose summary it corrects or adds to; 0 where it is about none.
    """

    message: Message
    name: str
    from_client: bool
    mine: bool
    may_take_back: bool
    about: int = 0


@dataclass(frozen=True)
class Day:
    """What was written on one day of the viewer's zone."""

    day: date
    written: list[Written]


@dataclass(frozen=True)
class Conversation:
    """Everything that the page names. Whether the other side has opened anything is not known here, and not shown.

    `unopened`: how many the viewer has still to open, which are not on the page; `earlier`: where the page before this
    one begins; `is_newest`: nothing came after what stands here. `readers`: who reads it beside the client.
    """

    participant: Participant
    name: str
    days: list[Day]
    unopened: int
    earlier: UUID | None
    is_newest: bool
    may_write: bool
    readers: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether the client can read what is written to them: this work stands in their own pages."""
        return self.participant.own_pages_since is not None

    @property
    def is_alone(self) -> bool:
        """Whether nobody else takes part in this work."""
        return self.participant.episode.kind == "individual"

    @property
    def newest(self) -> Written | None:
        """The last one on the page."""
        return self.days[-1].written[-1] if self.days else None


def get_conversation(viewer: Viewer, participant_id: UUID, *, before: UUID | None = None, at: datetime) -> Conversation:
    """The page of one client at the desk, for who may read the episode; leaves one event."""
    who = check_can_read_client(viewer, participant_id, at=at)
    return _conversation(viewer, who, by_client=False, before=before, at=at)


def get_own_conversation(
    viewer: Viewer, participant_id: UUID, *, before: UUID | None = None, at: datetime
) -> Conversation:
    """The client's own page, in work that goes on and in work that has ended; leaves one event."""
    return _conversation(viewer, check_is_own(viewer, participant_id), by_client=True, before=before, at=at)


def _conversation(
    viewer: Viewer, who: Participant, *, by_client: bool, before: UUID | None, at: datetime
) -> Conversation:
    me = Person.objects.get(pk=viewer.me)
    found = list_messages(who, before=before)
    listed = found[-AT_ONCE:]
    authors = {one.author_id: one.author for one in listed}
    load_for([who.person, *authors.values()])
    names = {key: str(author.name) for key, author in authors.items()}
    opened = [one for one in listed if not is_unopened(one, by_client=by_client)]
    note("messages.shown", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return Conversation(
        participant=who,
        name=str(who.person.name),
        days=_days([_written(one, names, viewer, at) for one in opened], ZoneInfo(me.zone)),
        unopened=count_unopened(who, by_client=by_client),
        earlier=listed[0].id if len(found) > len(listed) else None,
        is_newest=before is None,
        may_write=can_write(who, at=at),
        readers=tuple(names_of_readers(who.episode_id, at=at)),
    )


def _written(message: Message, names: dict[UUID, str], viewer: Viewer, at: datetime) -> Written:
    return Written(
        message=message,
        name=names[message.author_id],
        from_client=is_from_client(message),
        mine=message.author_id == viewer.person_id,
        may_take_back=can_take_back(message, by=viewer, at=at),
        about=message.about.session.number if message.about else 0,
    )


def _days(written: Iterable[Written], zone: ZoneInfo) -> list[Day]:
    days = groupby(written, key=lambda one: one.message.sent_at.astimezone(zone).date())
    return [Day(day, list(listed)) for day, listed in days]


@dataclass(frozen=True)
class OwnConversation:
    """One of the client's conversations, as a list names it. `readers`: who reads it now, the longest first."""

    participant: Participant
    readers: tuple[str, ...]
    unopened: int


def list_own_conversations(viewer: Viewer, *, at: datetime) -> list[OwnConversation]:
    """One for each work in which this client takes part, the newest first. Shows nothing that was written."""
    own = own_participations(viewer).select_related("person", "episode").order_by("-since", "id")
    found = [
        OwnConversation(who, names_of_readers(who.episode_id, at=at), count_unopened(who, by_client=True))
        for who in own
    ]
    if not found:
        raise NotYours
    return found
