"""Letters that something came: a message, a summary, something said at any time, an answer. One until they were here.

They go to the client whom it came for, or to everybody who may read the work at the desk; never to whoever wrote it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import F, Max, QuerySet

from attune.care.access.relations import can_read_episode, list_readers, visible_episodes
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback import readers as feedback
from attune.care.feedback.models import Answer, Word
from attune.care.messages import readers as messages
from attune.care.messages.models import Message
from attune.care.sending.models import Sending
from attune.care.sending.rules import FRESH, Window, set_apart
from attune.care.summaries import readers as summaries
from attune.care.summaries.models import Summary
from attune.notices.letter import Letter, draw_up_for_sign_in
from attune.notices.models import Notice
from attune.notices.outbox import Due, was_told
from attune.people.contacts import get_account_written_to, is_used_by
from attune.people.models import Account
from attune.people.viewers import get_viewer

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Came:
    """Something that came for one person. `stays_at`: from then on it cannot be taken back any more, and what follows
    it soon has come, too.

    `who`: the client whom it came for; None where it came for somebody who works here.
    """

    about: UUID
    at: datetime
    stays_at: datetime
    person_id: UUID
    episode: Episode
    who: Participant | None = None


def list_due_of_what_came(*, at: datetime) -> list[Due]:
    """The letters that are due now: one a person, about what came first since they were here."""
    since = at - FRESH
    came = [
        *_of_messages(messages.list_not_opened().filter(sent_at__gt=since), at=at),
        *_of_summaries(summaries.list_shown().filter(released_at__gt=since)),
        *_of_words(feedback.list_not_opened().filter(said_at__gt=since), at=at),
        *_of_answers(feedback.list_answers().filter(answered_at__gt=since)),
    ]
    known = set(Notice.objects.filter(about__in={one.about for one in came}).values_list("about", "person"))
    found: dict[UUID, Due] = {}
    for one in sorted(came, key=lambda one: one.at):
        letter = _letter_about(one)
        if letter.due <= at and one.person_id not in found and (one.about, one.person_id) not in known:
            account = _addressee(one, at=at)
            if account and not was_told(
                one.person_id, Notice.Kind.CAME, since=_last_here(account, _opened(one, at=at))
            ):
                found[one.person_id] = letter
    return list(found.values())


class CameLetters:
    """What the outbox asks before a letter leaves. There is no link of its own: it leads to the sign-in."""

    def when(self, notice: Notice, *, at: datetime) -> Due | None:
        """None once it was opened or taken back, they were here, are not to read it any more, or want no letters."""
        came = _find(notice, at=at)
        account = _addressee(came, at=at) if came else None
        return None if came is None or account is None or _is_shared(account, came) else _letter_about(came)

    def write(self, notice: Notice, *, at: datetime) -> Letter | None:
        """The address of the house. Where somebody else may be looking, nothing is said before it."""
        came = _find(notice, at=at)
        account = _addressee(came, at=at) if came else None
        if came is None or account is None:
            return None
        return draw_up_for_sign_in(hidden=account.has_pins or (came.who is not None and _is_several(came)))

    def unmake(self, notice: Notice, *, at: datetime) -> None:
        """Nothing was made for it."""


def _of_messages(waiting: Iterable[Message], *, at: datetime) -> Iterator[Came]:
    for one in waiting:
        who, stays_at = one.participant, one.sent_at + messages.TAKEN_BACK_WITHIN
        if messages.is_from_client(one):
            for reader in list_readers(who.episode_id, at=at):
                yield Came(one.id, one.sent_at, stays_at, reader.id, who.episode)
        else:
            yield Came(one.id, one.sent_at, stays_at, who.person_id, who.episode, who)


def _of_summaries(shown: Iterable[Summary]) -> Iterator[Came]:
    for one in shown:
        if one.released_at is None:
            continue
        stays_at = one.released_at + summaries.TAKEN_BACK_WITHIN
        people = one.episode.participants.select_related("person", "episode")
        for who in summaries.who_reads(people, one.session.held_at):
            yield Came(one.id, one.released_at, stays_at, who.person_id, one.episode, who)


def _of_words(waiting: Iterable[Word], *, at: datetime) -> Iterator[Came]:
    for one in waiting:
        episode, stays_at = one.participant.episode, one.said_at + messages.TAKEN_BACK_WITHIN
        for reader in list_readers(episode.id, at=at):
            yield Came(one.id, one.said_at, stays_at, reader.id, episode)


def _of_answers(given: Iterable[Answer]) -> Iterator[Came]:
    for one in given:
        who, stays_at = one.word.participant, one.answered_at + messages.TAKEN_BACK_WITHIN
        yield Came(one.id, one.answered_at, stays_at, who.person_id, who.episode, who)


def _find(notice: Notice, *, at: datetime) -> Came | None:
    came = [
        *_of_messages(messages.list_not_opened().filter(pk=notice.about), at=at),
        *_of_summaries(summaries.list_shown().filter(pk=notice.about)),
        *_of_words(feedback.list_not_opened().filter(pk=notice.about), at=at),
        *_of_answers(feedback.list_answers().filter(pk=notice.about)),
    ]
    return next((one for one in came if one.person_id == notice.person_id), None)


def _letter_about(came: Came) -> Due:
    """Due once it can be taken back no more, so that what follows soon is told by the same letter."""
    window = Window(came.stays_at, came.at + FRESH)
    if came.who is not None and _is_several(came):
        people = list(came.episode.participants.values_list("id", flat=True))
        window = set_apart(window, moment=Sending.Moment.AFTER, about=came.about, who=came.who.id, people=people)
    return Due(came.person_id, Notice.Kind.CAME, came.about, window.due, window.until)


def _addressee(came: Came, *, at: datetime) -> Account | None:
    """The account to which a letter about it is still to go, as things stand now."""
    account = get_account_written_to(came.person_id)
    if account is None or came.at < _last_here(account, _opened_beside(came)):
        return None
    if came.who is None:
        return account if can_read_episode(get_viewer(came.person_id, at=at), came.episode.id, at=at) else None
    since = came.who.own_pages_since
    return None if since is None or came.at < since else account


def _opened(came: Came, *, at: datetime) -> QuerySet[Message]:
    """What they opened, whenever it was; at the desk what they or somebody who reads it with them did."""
    if came.who is not None:
        return _opened_beside(came)
    seen = visible_episodes(get_viewer(came.person_id, at=at), at=at)
    return Message.objects.filter(participant__episode__in=seen, author=F("participant__person"))


def _opened_beside(came: Came) -> QuerySet[Message]:
    """The same, as far as whoever opened it saw what came: at the desk a colleague may read this work and not that."""
    if came.who is not None:
        return Message.objects.filter(participant__person=came.person_id).exclude(author=came.person_id)
    return Message.objects.filter(participant__episode=came.episode, author=F("participant__person"))


def _last_here(account: Account, opened: QuerySet[Message]) -> datetime:
    """When they last signed in or opened a message: whatever had come by then, they could see that it is there."""
    read_at = opened.aggregate(read_at=Max("read_at"))["read_at"]
    return max(read_at or _NEVER, account.last_login or _NEVER)


def _is_several(came: Came) -> bool:
    return came.episode.kind != Episode.Kind.INDIVIDUAL


def _is_shared(account: Account, came: Came) -> bool:
    """Another who takes part is written to in the same letter box: then nothing goes there."""
    if came.who is None or not _is_several(came):
        return False
    others = came.episode.participants.exclude(person=account.person_id).values_list("person", flat=True)
    return is_used_by(list(others), account.email)
