"""What a check-in brings to every noun: the answers, whose they are, and where the audit of it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from attune.care.episodes.models import Participant
from attune_science.instruments import Definition
from attune_science.scoring import Answers


@dataclass(frozen=True)
class Received:
    """One response on its way into the record. `record` adds an event to the transaction's audit.

    `wish`: how often the client wants to be asked this questionnaire; empty where they left that open. `replaces`: the
    response that this one corrects.
    """

    definition: Definition
    answers: Answers
    participant: Participant
    response_id: UUID
    record: Callable[..., None]
    wish: str = ""
    replaces: UUID | None = None
