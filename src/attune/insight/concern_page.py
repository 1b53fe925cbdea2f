"""A concern: which questions were answered how, by whom, when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_read_episode
from attune.care.checkins.models import Response
from attune.care.questionnaires.readers import get_definition
from attune.care.safety.models import Concern
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science.instruments import Item
from attune_science.scoring import Answers


@dataclass(frozen=True)
class ConcernPage:
    """The concern, the client's name, and each answer that raised it: the question, the answer.

    `corrected`: where the client changed what they sent: the response that stands now. `now`: what it says to the same
    questions.
    """

    row: Concern
    name: str
    asked: list[tuple[str, str]]
    corrected: Response | None
    now: list[tuple[str, str]]


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
    asked = _asked(row.response)
    newest = _newest(row)
    now = [(item.text.say(), _answer(item, newest) or "–") for item, _ in asked] if newest else []
    return ConcernPage(
        row, str(row.participant.person.name), [(item.text.say(), answer) for item, answer in asked], newest, now
    )


def _newest(row: Concern) -> Response | None:
    """What the client corrected it to, if they did."""
    same = Response.objects.filter(invitation=row.response.invitation_id, instrument=row.response.instrument)
    found = same.filter(replaced_by=None).exclude(pk=row.response_id).first()
    if found is not None:
        found.participant = row.response.participant
    return found


def _asked(response: Response) -> list[tuple[Item, str]]:
    """The questions whose answers tell of danger, with those answers."""
    definition = get_definition(response.instrument, response.version)
    given = Answers.from_json(response.answers or "").ratings
    return [
        (item, _answer(item, response))
        for item in definition.items
        if item.risk_from is not None and given.get(item.key, 0) >= item.risk_from
    ]


def _answer(item: Item, response: Response) -> str:
    given = Answers.from_json(response.answers or "").ratings.get(item.key)
    if given is None:
        return ""
    return next((one.text.say() for one in item.options if one.value == given), "") or f"{given:g}"
