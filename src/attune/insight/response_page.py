""" "Show me": one response line by line, beside what the therapist had thought, with the rules that looked at it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_read_episode
from attune.care.checkins.models import Prediction, Response, Score
from attune.care.signals.models import Signal
from attune.care.workflows.receive_checkin import get_answers
from attune.insight.checkin_form import names_of_readers
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science import instruments, scoring
from attune_science.instruments import Definition, Item
from attune_science.scoring import Answers

#: Both saw a line alike when they marked it within one of each other.
ALIKE = 1


@dataclass(frozen=True)
class LineShown:
    """One marked line: what the client marked, and what the therapist had thought, if they said."""

    text: str
    short: str
    given: int | None
    passed: bool
    thought: int | None

    @property
    def alike(self) -> bool:
        """Whether both marked it much the same."""
        return self.given is not None and self.thought is not None and abs(self.given - self.thought) <= ALIKE


@dataclass(frozen=True)
class ResponsePage:
    """Everything that the page names."""

    response: Response
    name: str
    me: str
    definition: Definition
    answers: Answers
    thought: Answers | None
    scores: list[Score]
    noticed: list[Signal]

    @cached_property
    def lines(self) -> list[LineShown]:
        """The marked lines in the order of the form."""
        thought = self.thought.ratings if self.thought else {}
        return [
            LineShown(
                self._say(item),
                item.short.say(),
                self.answers.ratings.get(item.key),
                item.key in self.answers.passed,
                thought.get(item.key),
            )
            for item in self.definition.lines(self.answers.form)
            if item.kind in ("rating", "graded")
        ]

    @cached_property
    def said(self) -> list[tuple[str, str]]:
        """The choices and words, each with its question."""
        found = []
        for item in self.definition.asked(self.answers.form):
            option = item.option(self.answers.choices.get(item.key, "")) if item.kind == "choice" else None
            text = option.text.say(Name=self.me) if option else self.answers.words.get(item.key)
            if text:
                found.append((self._say(item), text))
        return found

    def _say(self, item: Item) -> str:
        return item.text.say(Name=self.me)


def get_response(viewer: Viewer, response_id: UUID, *, at: datetime) -> Response:
    """The response with its participant, or `NotYours`."""
    found = (
        Response.objects.select_related("participant__person", "participant__episode", "invitation__session")
        .filter(pk=response_id)
        .first()
    )
    if found is None or not can_read_episode(viewer, found.participant.episode_id, at=at):
        raise NotYours
    return found


def get_response_page(viewer: Viewer, response_id: UUID, *, at: datetime) -> ResponsePage:
    """What was answered, for who may read the episode; leaves one event."""
    response = get_response(viewer, response_id, at=at)
    thought = Prediction.objects.filter(
        session=response.invitation.session, participant=response.participant, therapist_id=viewer.person_id
    ).first()
    load_for([response, response.participant.person, *([thought] if thought else [])])
    who = response.participant
    page = ResponsePage(
        response=response,
        name=str(who.person.name),
        me=next(iter(names_of_readers(who.episode_id, at=at)), ""),
        definition=instruments.get(response.instrument),
        answers=get_answers(response),
        thought=Answers.from_json(thought.answers or "") if thought else None,
        scores=list(Score.objects.filter(response=response, version=scoring.VERSION)),
        noticed=list(Signal.objects.filter(response=response).order_by("-level", "-rule")),
    )
    note(
        "response.shown",
        by=viewer,
        at=at,
        subject=response.id,
        subject_kind="response",
        episode=who.episode_id,
        shown=[who.person_id],
    )
    return page
