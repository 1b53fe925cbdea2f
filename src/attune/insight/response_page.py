""" "Show me": one response line by line, beside what the therapist had thought, with the rules that looked at it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from attune.audit.journal import note
from attune.base.errors import NotYours
from attune.care.access.relations import can_read_episode
from attune.care.checkins.models import Prediction, Response, Score
from attune.care.signals.models import Signal
from attune.care.workflows.receive_checkin import get_answers
from attune.insight.answered import Answered, definition_of
from attune.insight.checkin_form import names_of_readers
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science import scoring
from attune_science.scoring import Answers, Pattern


@dataclass(frozen=True)
class First:
    """This client's first score on a scale: how much, and when it was given."""

    value: float
    given_at: datetime


@dataclass(frozen=True)
class ResponsePage(Answered):
    """Everything that the page names.

    `first`: by scale, where another response to the same questionnaire came before this one. `earlier`: what rules
    noticed in what this one corrects, as far as they did not notice it again. `first_sent`: when that came.
    """

    response: Response
    name: str
    scores: list[Score]
    first: dict[str, First]
    noticed: list[Signal]
    earlier: list[Signal]
    first_sent: datetime | None

    @property
    def is_questionnaire(self) -> bool:
        """Whether its scores stand before its lines."""
        return self.definition is not None and self.definition.kind == "questionnaire"

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """What published rules over the single answers come to: beside the scores, never in their place."""
        return scoring.patterns(self.definition, self.answers) if self.definition else ()


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
        definition=definition_of(response),
        answers=get_answers(response),
        thought=Answers.from_json(thought.answers or "") if thought else None,
        scores=list(Score.objects.filter(response=response, version=scoring.VERSION)),
        first=_first(response),
        noticed=_noticed(response),
        earlier=_noticed_before(response),
        first_sent=min((one.given_at for one in _corrected_by(response)), default=None),
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


def get_newest(response: Response) -> Response:
    """The response that stands now: this one, or the last that corrects it."""
    later = Response.objects.filter(invitation=response.invitation_id, instrument=response.instrument, replaced_by=None)
    return later.get()


def _corrected_by(response: Response) -> QuerySet[Response]:
    """What this one replaces: all that came before it by the same form."""
    if response.replaces_id is None:
        return Response.objects.none()
    same = Response.objects.filter(invitation=response.invitation_id, instrument=response.instrument)
    return same.exclude(pk=response.pk).defer("answers")


def _noticed(response: Response) -> list[Signal]:
    return list(Signal.objects.filter(response=response).order_by("-level", "-rule"))


def _noticed_before(response: Response) -> list[Signal]:
    again = Signal.objects.filter(response=response).values("rule")
    earlier = Signal.objects.filter(response__in=_corrected_by(response).values("pk")).exclude(rule__in=again)
    return list({signal.rule: signal for signal in earlier.order_by("-level", "-rule", "noticed_at")}.values())


def _first(response: Response) -> dict[str, First]:
    """The first score on each scale of this questionnaire, from before this response."""
    earlier = Score.objects.filter(
        response__participant=response.participant,
        response__instrument=response.instrument,
        response__replaced_by=None,
        response__given_at__lt=response.given_at,
        version=scoring.VERSION,
        value__isnull=False,
    ).order_by("-response__given_at", "-response__id")
    rows = earlier.values_list("scale", "value", "response__given_at")
    return {scale: First(value, given_at) for scale, value, given_at in rows if value is not None}
