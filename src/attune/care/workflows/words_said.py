"""The words of a check-in, gathered again from the nouns in which they live: each line is kept once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from attune.base.prepared import prepared
from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.models import Response
from attune.care.episodes.models import Participant
from attune.care.feedback.models import Word
from attune.care.feedback.readers import list_words

Words = Mapping[UUID, Mapping[str, str]]


def words_of(
    participants: Mapping[UUID, Participant], steps: Iterable[Step] | None = None, words: Iterable[Word] | None = None
) -> Words:
    """Response → key of the line → the words, of these participants. `steps`, `words`: theirs, where they are at hand.

    Nothing of a response that was corrected: those words are shown nowhere.
    """
    said: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows: list[tuple[UUID, str, Word | Kept | Step]] = []
    theirs = list_words(participants) if words is None else words
    rows += [(row.response_id, row.kind, row) for row in theirs if row.response_id]
    rows += [(row.response_id, "keep", row) for row in _list_kept(participants)]
    chosen = list_steps(participants) if steps is None else steps
    rows += [(row.response_id, "step", row) for row in chosen]
    for response, key, row in rows:
        row.participant = participants[row.participant_id]
        if row.text:
            said[response][key] = row.text
        if isinstance(row, Step) and row.outcome_text and row.outcome_response_id:
            said[row.outcome_response_id]["step_told"] = row.outcome_text
    return said


@prepared
def list_steps(participants: Collection[UUID]) -> QuerySet[Step]:
    """The steps of these participants, in the order in which they were chosen; none of a corrected response."""
    return Step.objects.filter(participant__in=participants, response__replaced_by=None).order_by("chosen_at")


@prepared
def _list_kept(participants: Collection[UUID]) -> QuerySet[Kept]:
    return Kept.objects.filter(participant__in=participants, response__replaced_by=None)


def words_in(response: Response) -> Mapping[str, str]:
    """Key of the line → the words, of one response as it was given, whether or not it was corrected since."""
    lines: list[tuple[str, Word | Kept | Step]] = []
    lines += [(word.kind, word) for word in Word.objects.filter(response=response)]
    lines += [("keep", kept) for kept in Kept.objects.filter(response=response)]
    steps = list(Step.objects.filter(Q(response=response) | Q(outcome_response=response)))
    lines += [("step", step) for step in steps if step.response_id == response.id]
    for row in (*(row for _, row in lines), *steps):
        row.participant = response.participant
    found = {key: row.text for key, row in lines if row.text}
    told = (step.outcome_text for step in steps if step.outcome_response_id == response.id)
    return found | {"step_told": text for text in told if text}  # noqa: B035 - one step is told of in one response
