"""A client's step: chosen after one session, told of before a later one, and all three outcomes are fine."""

from datetime import timedelta

import pytest
from support.cast import NOW, Cast

from attune.care.autonomy.models import Kept, Step
from attune.commands.demo.make import tell_episode
from attune.commands.demo.telling import Course, Week, marks

CHOSE = Week(marks(*[8] * 8, step="Ring my sister.", keep="It can wait."))


def tell(cast: Cast, *weeks: Week, ahead: dict[str, str] | None = None) -> None:
    tell_episode({"Hana": ("they", Course(weeks, ahead))}, cast.ben, ahead=NOW + timedelta(minutes=20), now=NOW)


@pytest.mark.parametrize("outcome", Step.Outcome.values)
def test_a_step_is_chosen_and_told(cast: Cast, outcome: str) -> None:
    tell(cast, CHOSE, ahead={"step_outcome": outcome, "step_told": "Two minutes."})
    step = Step.objects.select_related("participant").get()
    assert (step.text, step.outcome, step.outcome_text) == ("Ring my sister.", outcome, "Two minutes.")
    assert step.outcome_response_id != step.response_id
    assert Kept.objects.select_related("participant").get().text == "It can wait."


def test_a_step_may_stay_untold(cast: Cast) -> None:
    tell(cast, CHOSE, ahead={"wellbeing": "5"})
    step = Step.objects.get()
    assert (step.outcome, step.outcome_at, step.outcome_response_id) == ("", None, None)


def test_the_latest_open_step_is_the_one_told_of(cast: Cast) -> None:
    later = Week(marks(8, 8, 8, step="Write to him."))
    tell(cast, CHOSE, later, ahead={"step_outcome": "done", "step_told": "I wrote."})
    told = {step.text: step.outcome for step in Step.objects.select_related("participant")}
    assert told == {"Ring my sister.": "", "Write to him.": "done"}


def test_what_is_told_a_second_time_is_kept_beside_the_first(cast: Cast) -> None:
    tell(cast, Week(marks(*[8] * 8)), ahead={"step_outcome": "done", "step_told": "I did it."})
    step = Step.objects.select_related("participant").get()
    assert (step.text or "", step.outcome, step.outcome_text) == ("", "done", "I did it.")
    assert step.outcome_response_id == step.response_id
