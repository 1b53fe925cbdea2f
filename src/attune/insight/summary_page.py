"""The summary of one session, at the desk: for its author, who drafts and shows it, and for colleagues who read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import check_can_read_episode
from attune.care.episodes.models import Episode, Participant
from attune.care.messages.models import Message
from attune.care.messages.readers import list_additions
from attune.care.schedule.models import Session
from attune.care.summaries.actions import About
from attune.care.summaries.models import Summary
from attune.care.summaries.readers import can_take_back, list_of_session, who_reads
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for


@dataclass(frozen=True)
class Told:
    """What one author shows of a session: how it stands now, how it was told before, the newest first, and what the
    client said to it, the oldest first.
    """

    now: Summary
    before: list[Summary]
    added: list[Message] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Who wrote it."""
        return str(self.now.author.name)


@dataclass(frozen=True)
class SummaryPage:
    """Everything that the page names. `people`: the clients for whom it is; `without_pages`: those of them who
    cannot read it here, because this work does not stand in their own pages. `elsewhere`: among whose messages
    stands what was said to it: the client's, where nobody has opened it yet; of several everybody's, whether or not
    they said anything, because the others may look at this page.
    """

    session: Session
    people: list[str]
    without_pages: list[str]
    draft: Summary | None
    mine: Told | None
    others: list[Told]
    may_take_back: bool
    may_write: bool
    elsewhere: list[Participant]

    @property
    def revision(self) -> int:
        """Of the draft that stands on the page; 0 where there is none."""
        return self.draft.revision if self.draft else 0

    @property
    def text(self) -> str:
        """What stands in the form: the draft, or what is shown, to be changed."""
        one = self.draft or (self.mine.now if self.mine else None)
        return one.text or "" if one else ""


def get_about(viewer: Viewer, session_id: UUID, *, at: datetime) -> About:
    """Of which session is told, for who may read the episode. Nothing is shown by it."""
    session = _session(viewer, session_id, at=at)
    return About(session.id, session.episode_id)


def get_summary_page(viewer: Viewer, session_id: UUID, *, at: datetime) -> SummaryPage:
    """The page of one session, for who may read the episode; leaves one event."""
    session = _session(viewer, session_id, at=at)
    people = session.episode.participants.select_related("person").order_by("since", "id")
    reading = who_reads(people, session.held_at)
    summaries = list_of_session(viewer, session_id)
    alone = session.episode.kind == Episode.Kind.INDIVIDUAL
    said = list_additions([one.id for one in summaries]) if alone else []
    added = [one for one in said if one.read_at is not None]
    load_for([*(who.person for who in reading), *(one.author for one in summaries), *summaries, *added])
    note(
        "summary.shown",
        by=viewer,
        at=at,
        subject=session.id,
        subject_kind="session",
        episode=session.episode_id,
        shown=[who.person_id for who in reading],
    )
    told = told_by_author([one for one in summaries if one.released_at], added)
    mine = next((one for one in told if one.now.author_id == viewer.me), None)
    draft = next((one for one in summaries if one.released_at is None), None)
    return SummaryPage(
        session=session,
        people=[str(who.person.name) for who in reading],
        without_pages=[str(who.person.name) for who in reading if who.own_pages_since is None],
        draft=draft,
        mine=mine,
        others=[one for one in told if one is not mine],
        may_take_back=draft is None and mine is not None and can_take_back(mine.now, by=viewer, at=at),
        may_write=session.episode.state == Episode.State.WORKING,
        elsewhere=reading if (told and not alone) or len(said) > len(added) else [],
    )


def _session(viewer: Viewer, session_id: UUID, *, at: datetime) -> Session:
    session = Session.objects.select_related("episode", "appointment").filter(pk=session_id).first()
    if session is None:
        raise NotYours
    check_can_read_episode(viewer, session.episode_id, at=at)
    return session


def told_by_author(shown: Iterable[Summary], added: Collection[Message] = ()) -> list[Told]:
    """Of one session, what each author shows, with what of `added` was said to it; the newest version comes first."""
    by_author: dict[UUID, list[Summary]] = {}
    for one in shown:
        by_author.setdefault(one.author_id, []).append(one)
    return [
        Told(versions[0], versions[1:], [one for one in added if any(_met(one, told) for told in versions)])
        for versions in by_author.values()
    ]


def _met(added: Message, told: Summary) -> bool:
    """Whether it was said to this text: what was taken back and shown anew is another, which they had not read."""
    return added.about_id == told.id and told.released_at is not None and added.sent_at >= told.released_at
