"""What may change about a client's own choices: a step is chosen, what became of it is told, something is kept."""

from datetime import datetime
from uuid import UUID

from attune.care.autonomy.models import Kept, Step
from attune.care.episodes.models import Participant
from attune.care.received import Received
from attune.people.viewers import Viewer


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep a new step, something to keep, and what became of the step before."""
    words, who = received.answers.words, received.participant
    if text := words.get("step"):
        Step.objects.create(participant=who, response_id=received.response_id, text=text, chosen_at=at)
    if text := words.get("keep"):
        Kept.objects.create(participant=who, response_id=received.response_id, text=text, kept_at=at)
    untold = _untell(received.replaces) if received.replaces else None
    if outcome := received.answers.choices.get("step_outcome"):
        _tell(untold or _last_untold(who), received, (outcome, words.get("step_told", "")), at=at)


def _last_untold(who: Participant) -> Step | None:
    untold = Step.objects.filter(participant=who, outcome="", response__replaced_by=None)
    return untold.select_related("participant").order_by("-chosen_at").first()


def _untell(replaced: UUID) -> Step | None:
    """What was told in a response that is corrected now stays with that response; the step is open again."""
    step = Step.objects.select_related("participant").filter(outcome_response=replaced).first()
    if step is None or step.response_id == replaced:
        return None
    told = Step(participant=step.participant, response_id=replaced, chosen_at=step.chosen_at)
    told.outcome, told.outcome_text, told.outcome_at = step.outcome, step.outcome_text, step.outcome_at
    step.outcome, step.outcome_text, step.outcome_at, step.outcome_response = "", None, None, None
    step.save()
    told.outcome_response_id = replaced
    told.save()
    return step


def _tell(step: Step | None, received: Received, told: tuple[str, str], *, at: datetime) -> None:
    if step is None:  # told of already by another link: the first telling stands, and this one is kept beside it
        step = Step(participant=received.participant, response_id=received.response_id, chosen_at=at)
    step.outcome, step.outcome_text = told
    step.outcome_at, step.outcome_response_id = at, received.response_id
    step.save()
