"""What may change about a client's words: taken as they were said, opened, and answered. Nothing is written over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.access.relations import check_can_read_client, check_can_write, check_is_own
from attune.care.episodes.models import Participant
from attune.care.feedback.loops import LOOPS
from attune.care.feedback.models import Answer, Word
from attune.care.feedback.readers import is_opened
from attune.care.feedback.verdicts import take_verdict
from attune.care.received import Received
from attune.people.models import Person
from attune.people.viewers import Viewer

#: Letters of one word, and of one answer: as many as a line of a check-in takes.
LONGEST = 4000
#: A change may begin so long ahead, and is told of so long afterwards.
WITHIN = timedelta(days=366)


@dataclass(frozen=True)
class Given:
    """An answer as it came in. `since`: from which day, for a change alone."""

    kind: str
    text: str
    since: date | None
    submission: UUID


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep what was asked for (of today, unsaid, more of, less of), and whether a change was felt."""
    Word.objects.bulk_create(
        Word(
            participant=received.participant,
            response_id=received.response_id,
            kind=kind,
            text=text,
            said_at=at,
            waiting_since=at if kind in LOOPS else None,
        )
        for kind in Word.Kind.values
        if (text := received.answers.words.get(kind))
    )
    take_verdict(received, at=at)


def say_something(participant_id: UUID, *, text: str, submission: UUID, by: Viewer, at: datetime) -> None:
    """A client says at any time what is not working, or what they would do differently. The same form twice is one."""
    who = check_is_own(by, participant_id)
    text = _checked(text, longest_is="Nothing was said.")
    with unit() as record:
        Person.objects.select_for_update().get(pk=by.me)  # the same form twice at once: one after the other
        said = Word.objects.filter(participant=who, submission=submission).first()
        if said is not None:
            said.participant = who
            _check_same(said.text, text)
            return
        check_can_write(who, at=at)
        word = Word(participant=who, kind=Word.Kind.ANY, text=text, said_at=at, submission=submission)
        word.waiting_since = at
        word.save(force_insert=True)
        _record(record, "word.said", word.id, who, by=by, at=at)


def open_words(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """A therapist opens on a screen what this client said at any time. Nothing tells the client."""
    who = check_can_read_client(by, participant_id, at=at)
    with unit() as record:
        waiting = Word.objects.filter(participant=who, kind=Word.Kind.ANY, read_at=None)
        opened = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
        Word.objects.filter(pk__in=opened).update(read_at=at)
        for word in opened:
            _record(record, "word.read", word, who, by=by, at=at, seen=True)


def answer_word(word_id: UUID, given: Given, *, by: Viewer, at: datetime) -> None:
    """A therapist answers what was asked for, in their own words. Earlier answers stay; the same form twice is one.

    `Refused` for a change without a day, and for anything kept or changed without words: no answer comes from stock.
    """
    word = get_word(word_id, by=by, at=at)
    text = _checked_answer(given, at=at)
    with unit() as record:
        Word.objects.select_for_update().get(pk=word.pk)
        sent = Answer.objects.filter(word=word, submission=given.submission).first()
        if sent is not None:
            sent.word = word
            _check_same((sent.kind, sent.since, sent.text or ""), (given.kind, given.since, text))
            return
        check_can_write(word.participant, at=at)
        answer = Answer(word=word, kind=given.kind, since=given.since, answered_by_id=by.me, answered_at=at)
        answer.submission, answer.text = given.submission, text or None
        answer.save(force_insert=True)
        Word.objects.filter(pk=word.pk).update(waiting_since=None)
        _record(record, "word.answered", answer.id, word.participant, by=by, at=at, kind="answer")


def get_word(word_id: UUID, *, by: Viewer, at: datetime) -> Word:
    """A word that can be answered, for who may read its client and has opened it; else `NotYours`."""
    whole = Word.objects.select_related("participant__person", "participant__episode", "response")
    word = whole.filter(pk=word_id, kind__in=LOOPS, response__replaced_by=None).first()
    if word is None or not is_opened(word):
        raise NotYours
    check_can_read_client(by, word.participant_id, at=at)
    return word


def _checked(text: str, *, longest_is: str) -> str:
    """As it is stored: a browser counts a new line as one sign and sends it as two."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(longest_is, {"words": "Write something first."})
    if len(text) > LONGEST:
        raise Refused(longest_is, {"words": f"At most {LONGEST} letters; these are {len(text)}."})
    return text


def _checked_answer(given: Given, *, at: datetime) -> str:
    if given.kind not in Answer.Kind.values:
        raise Refused("Nothing was answered.", {"kind": "Choose one of the three."})
    is_change = given.kind == Answer.Kind.CHANGED
    if is_change and given.since is None:
        raise Refused("Nothing was answered.", {"since": "Say from which day, as a date."})
    if is_change and given.since and abs(given.since - at.date()) > WITHIN:
        raise Refused("Nothing was answered.", {"since": "Say a day within a year from now."})
    if not is_change and given.since is not None:
        raise Refused("Nothing was answered.", {"since": "Only a change begins on a day."})
    if given.kind == Answer.Kind.TALK and not given.text.strip():
        return ""
    return _checked(given.text, longest_is="Nothing was answered.")


def _check_same(kept: object, sent: object) -> None:
    if kept != sent:
        raise Conflict("From this page something else has been sent already. This has not been kept.")


def _record(
    record: Record,
    verb: str,
    subject: UUID,
    who: Participant,
    *,
    by: Viewer,
    at: datetime,
    kind: str = "word",
    seen: bool = False,
) -> None:
    shown = [who.person_id] if seen else []
    record(verb, by=by, at=at, subject=subject, subject_kind=kind, episode=who.episode_id, shown=shown)
