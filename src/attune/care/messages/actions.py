"""What may change about a message: it is sent once, opened by the other side, and taken back soon or never."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import check_can_read_client, check_can_write, check_is_own
from attune.care.episodes.models import Participant
from attune.care.messages.models import Message
from attune.care.messages.readers import can_take_back
from attune.people.models import Person
from attune.people.viewers import Viewer

#: Letters of one message: about two pages.
LONGEST = 4000


def send_to_client(participant_id: UUID, *, text: str, submission: UUID, by: Viewer, at: datetime) -> None:
    """A therapist writes to one client. The same form sent twice is one.

    `Conflict` where the work has ended, or does not stand in the client's own pages: nobody would ever read it.
    """
    who = check_can_read_client(by, participant_id, at=at)
    if who.own_pages_since is None:
        raise Conflict("This work does not stand in the client’s own pages: they could not read it.")
    _send(who, text=text, submission=submission, by=by, at=at)


def send_to_therapist(
    participant_id: UUID, *, text: str, submission: UUID, about: UUID | None = None, by: Viewer, at: datetime
) -> None:
    """A client writes to whoever works with them. It asks for no answer, and is complete without one.

    `about`: a summary; whether it was shown to them is asked before.
    """
    _send(check_is_own(by, participant_id), text=text, submission=submission, about=about, by=by, at=at)


def open_from_client(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """A therapist opens on a screen what this client wrote. Nothing tells the client, here or on any page."""
    _open(check_can_read_client(by, participant_id, at=at), by_client=False, by=by, at=at)


def open_from_therapist(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """A client opens what was written to them. Nothing tells the therapist."""
    _open(check_is_own(by, participant_id), by_client=True, by=by, at=at)


def take_back_at_desk(participant_id: UUID, message_id: UUID | None, *, by: Viewer, at: datetime) -> None:
    """A therapist takes back what they wrote. Its words go; that there was something stays, for both alike."""
    _take_back(check_can_read_client(by, participant_id, at=at), message_id, by=by, at=at)


def take_back_own(participant_id: UUID, message_id: UUID | None, *, by: Viewer, at: datetime) -> None:
    """A client takes back what they wrote, whether or not somebody has opened it."""
    _take_back(check_is_own(by, participant_id), message_id, by=by, at=at)


def _send(
    who: Participant, *, text: str, submission: UUID, about: UUID | None = None, by: Viewer, at: datetime
) -> None:
    text = _checked(text)
    with unit() as record:
        Person.objects.select_for_update().get(pk=by.me)  # the same form twice at once: one after the other
        sent = Message.objects.filter(participant=who, author=by.me, submission=submission).first()
        if sent is not None:
            _check_same(sent, who, text)
            return
        check_can_write(who, at=at)
        message = Message(
            participant=who, author_id=by.me, about_id=about, submission=submission, sent_at=at, text=text
        )
        message.save(force_insert=True)
        _record(record, "message.sent", message, by=by, at=at)


def _checked(text: str) -> str:
    """As it is stored: a browser counts a new line as one sign and sends it as two."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("Nothing was sent.", {"words": "Write something first."})
    if len(text) > LONGEST:
        too_long = f"At most {LONGEST} letters; these are {len(text)}. Send it in two, or shorten it."
        raise Refused("Nothing was sent.", {"words": too_long})
    return text


def _check_same(sent: Message, who: Participant, text: str) -> None:
    sent.participant = who
    if sent.text != text:
        raise Conflict("From this page something else has been sent already. This has not been sent.")


def _open(who: Participant, *, by_client: bool, by: Viewer, at: datetime) -> None:
    waiting = Message.objects.filter(participant=who, read_at=None, taken_back_at=None)
    others = waiting.exclude(author=who.person_id) if by_client else waiting.filter(author=who.person_id)
    with unit() as record:
        opened = list(others.select_for_update(of=("self",)).only("id", "participant"))
        Message.objects.filter(pk__in=[one.pk for one in opened]).update(read_at=at)
        for one in opened:
            one.participant = who
            _record(record, "message.read", one, by=by, at=at, seen=True)


def _take_back(who: Participant, message_id: UUID | None, *, by: Viewer, at: datetime) -> None:
    if message_id is None:
        raise NotYours
    with unit() as record:
        message = Message.objects.select_for_update().filter(participant=who, author=by.me, pk=message_id).first()
        if message is None:
            raise NotYours
        message.participant = who
        if message.taken_back_at is not None:
            return
        if not can_take_back(message, by=by, at=at):
            raise Conflict("This was sent more than ten minutes ago, and stays. You can write what you would say now.")
        message.taken_back_at, message.text = at, None
        message.save(update_fields=["taken_back_at", "text"])
        _record(record, "message.taken-back", message, by=by, at=at)


def _record(record: Record, verb: str, message: Message, *, by: Viewer, at: datetime, seen: bool = False) -> None:
    record(
        verb,
        by=by,
        at=at,
        subject=message.id,
        subject_kind="message",
        episode=message.participant.episode_id,
        shown=[message.participant.person_id] if seen else [],
    )
