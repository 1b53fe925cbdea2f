"""A client's questionnaires: what is asked again and how often, what can be asked, and the scores so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from attune.audit.journal import note
from attune.base.errors import Gone, NotYours
from attune.care.access.relations import check_can_read_episode
from attune.care.checkins.models import Response, Score
from attune.care.episodes.models import Episode, Participant
from attune.care.questionnaires.models import Questionnaire
from attune.care.questionnaires.readers import get_definition, list_offered
from attune.care.questionnaires.rules import is_longer
from attune.insight.evidence import CHECKINS
from attune.insight.measures import moved, plain, short_name
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for
from attune_science import references, scoring
from attune_science.instruments import ChangeBasis, Definition

CLIENT = Questionnaire.Whose.CLIENT


@dataclass(frozen=True)
class Running:
    """What is asked again and again. `rests`: it cannot be asked here at the moment."""

    instrument: str
    name: str
    every: int
    by_client: bool
    since: datetime
    rests: bool


@dataclass(frozen=True)
class Unwanted:
    """What the client asked not to be asked any more, and since when."""

    name: str
    since: datetime


@dataclass(frozen=True)
class Offered:
    """What can be asked here."""

    definition: Definition
    questions: int
    longer: bool


@dataclass(frozen=True)
class Scored:
    """One response with its first score; before it was opened, without. `moved`: against the first, see `measures`."""

    response: Response
    value: int | float | None
    band: str
    moved: str
    first: bool


@dataclass(frozen=True)
class Basis:
    """What reliable change rests on: figures of a named sample, or a published threshold, with their sources."""

    figures: ChangeBasis
    references: list[str]


@dataclass(frozen=True)
class Course:
    """The responses to one questionnaire, newest first; `name` stands for the score where there are several."""

    name: str
    score: str
    bounds: tuple[int | float | None, int | float | None] | None
    rows: list[Scored]
    basis: Basis | None


@dataclass(frozen=True)
class QuestionnairesPage:
    """Everything that the page names."""

    participant: Participant
    name: str
    running: list[Running]
    unwanted: list[Unwanted]
    offered: list[Offered]
    courses: list[Course]

    @property
    def works(self) -> bool:
        """Whether anything can still be asked: the work goes on, and this client is in it."""
        return self.participant.until is None and self.participant.episode.state == Episode.State.WORKING


def get_questionnaires_page(viewer: Viewer, participant_id: UUID, *, at: datetime) -> QuestionnairesPage:
    """The page of one client, for who may read the episode; leaves one event."""
    who = Participant.objects.select_related("person", "episode").filter(pk=participant_id).first()
    if who is None:
        raise NotYours
    check_can_read_episode(viewer, who.episode_id, at=at)
    load_for([who.person])
    rows = list(Questionnaire.objects.filter(participant=who).order_by("since", "id"))
    offered = list_offered()
    page = QuestionnairesPage(
        participant=who,
        name=str(who.person.name),
        running=_running(rows, offered),
        unwanted=_unwanted(rows),
        offered=[_offered(one) for one in offered],
        courses=_courses(who),
    )
    note("questionnaires.read", by=viewer, at=at, episode=who.episode_id, shown=[who.person_id])
    return page


def _running(rows: Iterable[Questionnaire], offered: Iterable[Definition]) -> list[Running]:
    known = {one.key for one in offered}
    return [
        Running(
            instrument=row.instrument,
            name=short_name(row.instrument),
            every=row.every,
            by_client=row.chosen_by == CLIENT,
            since=row.since,
            rests=row.instrument not in known,
        )
        for row in rows
        if row.until is None
    ]


def _unwanted(rows: Iterable[Questionnaire]) -> list[Unwanted]:
    """Only the last word counts: who asked for it again later is asked again."""
    last = {row.instrument: row for row in rows}
    return [
        Unwanted(short_name(row.instrument), row.until)
        for row in last.values()
        if row.until is not None and row.chosen_by == row.ended_by == CLIENT
    ]


def _offered(definition: Definition) -> Offered:
    return Offered(definition, len(definition.asked(next(iter(definition.forms)))), is_longer(definition))


def _courses(who: Participant) -> list[Course]:
    """By questionnaire, the one that was answered last first: two queries, however much was answered."""
    given = list(
        Response.objects.filter(participant=who, replaced_by=None)
        .exclude(instrument__in=CHECKINS)
        .defer("answers")
        .order_by("given_at", "id")
    )
    scores: dict[tuple[UUID, str], float] = {
        (response, scale): value
        for response, scale, value in Score.objects.filter(
            response__in=given, version=scoring.VERSION, value__isnull=False
        ).values_list("response_id", "scale", "value")
        if value is not None
    }
    latest = dict.fromkeys(one.instrument for one in reversed(given))
    return [_course([one for one in given if one.instrument == key], scores) for key in latest]


def _course(given: Sequence[Response], scores: dict[tuple[UUID, str], float]) -> Course:
    """Oldest first as given, newest first as shown. What each score is comes from the version that was asked."""
    known = {version: _definition(given[0].instrument, version) for version in {one.version for one in given}}
    rows: list[Scored] = []
    first: float | None = None
    for one in given:
        definition = known[one.version]
        value = scores.get((one.id, definition.scales[0].key)) if definition and definition.scales else None
        rows.append(_scored(one, definition, first, value))
        first = value if first is None else first
    definition = known[given[-1].version]
    return Course(
        name=short_name(given[0].instrument),
        score=definition.scales[0].text.say() if definition and len(definition.scales) > 1 else "",
        bounds=_bounds(definition),
        rows=rows[::-1],
        basis=_basis(definition),
    )


def _scored(response: Response, definition: Definition | None, first: float | None, value: float | None) -> Scored:
    if definition is None or response.read_at is None:
        return Scored(response, None, "", "", first=False)
    band = definition.scales[0].band(value) if value is not None and definition.scales else None
    return Scored(
        response=response,
        value=plain(value),
        band=band.text.say() if band else "",
        moved=moved(definition, first, value),
        first=first is None and value is not None,
    )


def _definition(instrument: str, version: str) -> Definition | None:
    try:
        return get_definition(instrument, version)
    except Gone:
        return None


def _bounds(definition: Definition | None) -> tuple[int | float | None, int | float | None] | None:
    if definition is None or not definition.scales:
        return None
    lowest, highest = definition.scales[0].bounds({item.key: item for item in definition.items})
    return plain(lowest), plain(highest)


def _basis(definition: Definition | None) -> Basis | None:
    figures = definition.scales[0].change if definition and definition.scales else None
    return Basis(figures, [references.cite(key) for key in figures.sources]) if figures else None
