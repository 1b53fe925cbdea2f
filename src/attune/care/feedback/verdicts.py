"""What the client says came of an answer: by themselves, in the room, or in a check-in; and how they were taken."""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, NotYours
from attune.care.access.relations import check_can_read_client, check_can_write, check_is_own
from attune.care.episodes.models import Participant
from attune.care.feedback.loops import VERDICTS, Loop
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.feedback.readers import get_loop, get_pending_change
from attune.care.received import Received
from attune.people.viewers import Viewer


def give_verdict(participant_id: UUID, answer_id: UUID | None, *, kind: str, by: Viewer, at: datetime) -> None:
    """A client says what came of an answer. A no opens the loop again; the same twice in a row is one."""
    _give(check_is_own(by, participant_id), answer_id, kind, entered=False, by=by, at=at)


def enter_verdict(participant_id: UUID, answer_id: UUID | None, *, kind: str, by: Viewer, at: datetime) -> None:
    """A therapist enters what the client said in the room. It stands as told by the therapist until they bear it out.

    `Conflict` where the client has said it themselves already: their own word is not written over by ear.
    """
    _give(check_can_read_client(by, participant_id, at=at), answer_id, kind, entered=True, by=by, at=at)


def bear_out(participant_id: UUID, verdict_id: UUID | None, *, said: str, by: Viewer, at: datetime) -> None:
    """A client says to what was entered for them: right, not quite, or I did not say that. Once, in ended work, too."""
    who = check_is_own(by, participant_id)
    if said not in Verdict.SaidSo.values:
        raise NotYours
    with unit() as record:
        verdict = _lock(who, verdict_id)
        if verdict.entered_by_id is None:
            raise NotYours
        if verdict.said_so:
            _check_same(verdict.said_so, said)
            return
        verdict.said_so, verdict.said_so_at = said, at
        verdict.save(update_fields=["said_so", "said_so_at"])
        _settle(verdict.answer.word_id, at=at)
        _record(record, "verdict.borne-out", verdict, who, by=by, at=at)


def tell_how_taken(participant_id: UUID, verdict_id: UUID | None, *, taken: str, by: Viewer, at: datetime) -> None:
    """A client says how it was taken when they said so. Once; the therapist finds it with the loop on another day."""
    who = check_is_own(by, participant_id)
    if taken not in Verdict.Taken.values:
        raise NotYours
    with unit() as record:
        verdict = _lock(who, verdict_id)
        if verdict.entered_by_id is not None:
            raise NotYours
        if verdict.taken:
            _check_same(verdict.taken, taken)
            return
        verdict.taken, verdict.taken_at = taken, at
        verdict.save(update_fields=["taken", "taken_at"])
        _record(record, "verdict.how-taken", verdict, who, by=by, at=at)


def take_verdict(received: Received, *, at: datetime) -> None:
    """What a check-in tells of a change, which it does not name: the change begun last that waits for a verdict.

    What was told in a response that is corrected now goes with it.
    """
    if received.replaces is not None:
        for replaced in Verdict.objects.select_related("answer").filter(response=received.replaces):
            _settle(replaced.answer.word_id, at=at)
    felt = received.answers.choices.get("felt", "")
    pending = get_pending_change(received.participant, at=at) if felt in VERDICTS[Answer.Kind.CHANGED] else None
    if pending is not None:
        Verdict.objects.create(answer=pending, kind=felt, given_at=at, response_id=received.response_id)
        _settle(pending.word_id, at=at)


def _give(who: Participant, answer_id: UUID | None, kind: str, *, entered: bool, by: Viewer, at: datetime) -> None:
    with unit() as record:
        loop = _lock_loop(who, answer_id)
        last = loop.last
        if last is None or last.answer.id != answer_id:
            raise Conflict("Another answer has come meanwhile: look again, and say it to that one.")
        if kind not in VERDICTS[last.answer.kind]:
            raise NotYours
        stands = last.verdict
        if stands is not None and stands.kind == kind and (stands.entered_by_id is not None) == entered:
            return
        check_can_write(who, at=at)
        if entered and stands is not None and stands.entered_by_id is None:
            raise Conflict("They have said it themselves already, and that stands.")
        verdict = Verdict(answer=last.answer, kind=kind, given_at=at, entered_by_id=by.me if entered else None)
        verdict.save(force_insert=True)
        _settle(loop.word.id, at=at)
        _record(record, "verdict.entered" if entered else "verdict.given", verdict, who, by=by, at=at)


def _lock_loop(who: Participant, answer_id: UUID | None) -> Loop:
    """The loop that this answer is part of; nobody else changes it meanwhile."""
    asked = Word.objects.filter(participant=who, response__replaced_by=None, answers=answer_id)
    if answer_id is None or (word := asked.first()) is None:
        raise NotYours
    Word.objects.select_for_update().get(pk=word.pk)
    word.participant = who
    return get_loop(word)


def _lock(who: Participant, verdict_id: UUID | None) -> Verdict:
    """A verdict of this client's. What a check-in told is corrected there."""
    theirs = Verdict.objects.filter(answer__word__participant=who, answer__word__response__replaced_by=None)
    by_itself = theirs.filter(response=None).values_list("answer__word", flat=True)
    if verdict_id is None or (found := by_itself.filter(pk=verdict_id).first()) is None:
        raise NotYours
    Word.objects.select_for_update().get(pk=found)
    return Verdict.objects.select_related("answer").get(pk=verdict_id)


def _check_same(kept: str, sent: str) -> None:
    if kept != sent:
        raise Conflict("You have said this already, and that stands.")


def _settle(word_id: UUID, *, at: datetime) -> None:
    """Keep whether the word waits for an answer, as it follows from all that was said."""
    word = Word.objects.get(pk=word_id)
    waits = get_loop(word).state == "waits"
    if waits is (word.waiting_since is None):
        Word.objects.filter(pk=word_id).update(waiting_since=at if waits else None)


def _record(record: Record, verb: str, verdict: Verdict, who: Participant, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=verdict.id, subject_kind="verdict", episode=who.episode_id)
