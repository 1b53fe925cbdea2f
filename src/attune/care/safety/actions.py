"""What may change about a concern: an answer raises it, a person answers it."""

from datetime import datetime

from attune.audit.journal import unit
from attune.base.errors import Conflict, Refused
from attune.care.received import Received
from attune.care.safety.models import Concern
from attune.people.viewers import Viewer
from attune_science import scoring

LONGEST_ANSWER = 4000


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Raise a concern, in the same transaction, when an answer tells of danger.

    Once: a corrected answer that tells of the same danger finds it raised, and one that does not, closes nothing.
    """
    if not scoring.at_risk(received.definition, received.answers) or _is_raised(received):
        return
    concern = Concern.objects.create(
        participant=received.participant, response_id=received.response_id, source=received.definition.key, raised_at=at
    )
    received.record(
        "concern.raised",
        by=by,
        at=at,
        subject=concern.id,
        subject_kind="concern",
        episode=received.participant.episode_id,
    )


def _is_raised(received: Received) -> bool:
    if received.replaces is None:
        return False
    same_form = Concern.objects.filter(response__invitation__responses=received.replaces)
    return same_form.filter(source=received.definition.key).exists()


def answer_concern(concern: Concern, *, words: str, by: Viewer, at: datetime) -> None:
    """Close a concern with what was done about it; only a person can."""
    if not words.strip() or len(words) > LONGEST_ANSWER:
        why = f"Write what was done, in at most {LONGEST_ANSWER} characters."
        raise Refused("Say in a line what was done.", {"words": why})
    with unit() as record:
        concern = Concern.objects.select_related("participant").select_for_update(of=("self",)).get(pk=concern.pk)
        if concern.answered_at is not None:
            raise Conflict("This concern has been answered meanwhile: open it again to read how.")
        concern.answered_at, concern.answered_by_id, concern.answer = at, by.person_id, words
        concern.save(update_fields=["answered_at", "answered_by", "answer"])
        record(
            "concern.answered",
            by=by,
            at=at,
            subject=concern.id,
            subject_kind="concern",
            episode=concern.participant.episode_id,
        )
