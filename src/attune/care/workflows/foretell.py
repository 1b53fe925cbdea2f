"""A therapist says how they think that the client will answer: the answers are read, then kept."""

from collections.abc import Mapping
from datetime import datetime

from attune.base.errors import Refused
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.actions import Foretold, predict
from attune.care.checkins.models import Prediction
from attune.care.episodes.models import Participant
from attune.care.questionnaires.readers import get_form_for
from attune.care.schedule.models import Session
from attune.people.viewers import Viewer
from attune_science import instruments, scoring
from attune_science.errors import AnswersRefused


def foretell(
    session: Session, participant: Participant, *, raw: Mapping[str, str], by: Viewer, at: datetime
) -> Prediction:
    """Keep the prediction; raises `Refused` by line, `Conflict` when it comes too late."""
    check_can_read_episode(by, session.episode_id, at=at)
    form = get_form_for(participant, number=session.number)
    try:
        answers = scoring.read_answers(instruments.get("attune-therapist"), form, raw)
    except AnswersRefused as problem:
        raise Refused("Some lines could not be read.", problem.fields) from problem
    return predict(Foretold(session.id, participant, form, answers), by=by, at=at)
