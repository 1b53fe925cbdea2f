"""The words of a check-in, gathered again from the nouns in which they live: each line is kept once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from attune.care.autonomy.models import Kept, Step
from attune.care.episodes.models import Participant
from attune.care.feedback.models import Word

Words = Mapping[UUID, Mapping[str, str]]


def words_of(participants: Mapping[UUID, Participant], steps: Iterable[Step] | None = None) -> Words:
    """Response → key of the line → the words, of these participants. `steps` are theirs, where they are at hand."""
    said: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows: list[tuple[UUID, str, Word | Kept | Step]] = []
    rows += [(row.response_id, row.kind, row) for row in Word.objects.filter(participant__in=participants)]
    rows += [(row.response_id, "keep", row) for row in Kept.objects.filter(participant__in=participants)]
    theirs = Step.objects.filter(participant__in=participants) if steps is None else steps
    rows += [(row.response_id, "step", row) for row in theirs]
    for response, key, row in rows:
        row.participant = participants[row.participant_id]
        if row.text:
            said[response][key] = row.text
        if isinstance(row, Step) and row.outcome_text and row.outcome_response_id:
            said[row.outcome_response_id]["step_told"] = row.outcome_text
    return said
