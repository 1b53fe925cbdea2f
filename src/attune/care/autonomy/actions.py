"""What may change about a client's own choices: a step is chosen, what became of it is told, something is kept."""

from datetime import datetime

from attune.care.autonomy.models import Kept, Step
from attune.care.received import Received
from attune.people.viewers import Viewer


def take(received: Received, *, by: Viewer, at: datetime) -> None:
    """Keep a new step, something to keep, and what became of the step before."""
    words, who = received.answers.words, received.participant
    if text := words.get("step"):
        Step.objects.create(participant=who, response_id=received.response_id, text=text, chosen_at=at)
    if text := words.get("keep"):
        Kept.objects.create(participant=who, response_id=received.response_id, text=text, kept_at=at)
    if outcome := received.answers.choices.get("step_outcome"):
        _tell(received, outcome, words.get("step_told", ""), at=at)


def _tell(received: Received, outcome: str, text: str, *, at: datetime) -> None:
    step = (
        Step.objects.select_related("participant")
        .filter(participant=received.participant, outcome="")
        .order_by("-chosen_at")
        .first()
    )
    if step is None:  # told of already by another link: the first telling stands, and this one is kept beside it
        step = Step(participant=received.participant, response_id=received.response_id, chosen_at=at)
    step.outcome, step.outcome_text, step.outcome_at = outcome, text, at
    step.outcome_response_id = received.response_id
    step.save()
