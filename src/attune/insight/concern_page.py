"""A concern: which questions were answered how, by whom, when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_read_episode
from attune.care.safety.models import Concern
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science import instruments
from attune_science.scoring import Answers


@dataclass(frozen=True)
class ConcernPage:
    """The concern, the client's name, and each answer that raised it: the question, the answer."""

    row: Concern
    name: str
    asked: list[tuple[str, str]]


def get_concern(viewer: Viewer, concern_id: UUID, *, at: datetime) -> ConcernPage:
    """The concern for who may read its episode, or `NotYours`; leaves one event."""
    row = (
        Concern.objects.select_related("participant__person", "participant__episode", "response__participant")
        .filter(pk=concern_id)
        .first()
    )
    if row is None or not can_read_episode(viewer, row.participant.episode_id, at=at):
        raise NotYours
    load_for([row, row.participant.person, row.response])
    who = row.participant.person_id
    note(
        "concern.read",
        by=viewer,
        at=at,
        subject=row.id,
        subject_kind="concern",
        episode=row.participant.episode_id,
        shown=[who],
    )
    return ConcernPage(row, str(row.participant.person.name), _raised_by(row))


def _raised_by(row: Concern) -> list[tuple[str, str]]:
    definition = instruments.get(row.response.instrument)
    given = Answers.from_json(row.response.answers or "").ratings
    found = []
    for item in definition.items:
        if item.risk_from is not None and given.get(item.key, 0) >= item.risk_from:
            answer = next(option for option in item.options if option.value == given[item.key])
            found.append((item.text.say(), answer.text.say()))
    return found
