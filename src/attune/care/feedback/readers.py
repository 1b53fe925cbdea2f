"""What may be asked about loops. Who may ask is said by `access`, before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet

from attune.base.prepared import prepared
from attune.care.episodes.models import Participant
from attune.care.feedback.loops import LOOPS, Loop, Turn
from attune.care.feedback.models import Answer, Verdict, Word


@dataclass(frozen=True)
class Loops:
    """The loops of some participants: by whose they are, the newest word first. `unopened`: words nobody has opened."""

    of: Mapping[UUID, list[Loop]]
    unopened: Mapping[UUID, int]


def list_loops_at_desk(people: Mapping[UUID, Participant]) -> Loops:
    """As their therapists may see them: no word and no verdict of what has not been opened."""
    return _list_loops(people, by_client=False)


def list_own_loops(people: Mapping[UUID, Participant]) -> Loops:
    """As the clients themselves see them: everything that they said stands at once."""
    return _list_loops(people, by_client=True)


def list_own_answered(people: Mapping[UUID, Participant]) -> dict[UUID, list[Loop]]:
    """Of these loops, as the clients see them, those that have an answer; one query where there is none."""
    answers = _list_answers(people)
    words = list({answer.word_id: answer.word for answer in answers}.values())
    of: dict[UUID, list[Loop]] = defaultdict(list)
    for loop in _loops(words, people, answers, _list_verdicts(people) if answers else []):
        of[loop.word.participant_id].append(loop)
    return of


def list_outcomes(people: Mapping[UUID, Participant], words: Iterable[Word]) -> dict[UUID, list[Loop]]:
    """The loops of these words at the desk, as far as they were opened, by whose they are: one query.

    For pages that tell in a line what came of it: the answers have no words here.
    """
    answers: dict[UUID, Answer] = {}
    verdicts = []
    for word, key, kind, since, given_at, *told in _list_outcomes(people):
        answers.setdefault(key, Answer(id=key, word_id=word, kind=kind, since=since, answered_at=given_at))
        (verdict, said, said_at, entered, said_so, response, read_at, replaced) = told
        if verdict is not None and replaced is None and (response is None or read_at is not None):
            ours = Verdict(id=verdict, answer_id=key, kind=said, given_at=said_at, entered_by_id=entered)
            ours.said_so = said_so
            verdicts.append(ours)
    opened = [word for word in words if word.kind in LOOPS and is_opened(word)]
    of: dict[UUID, list[Loop]] = defaultdict(list)
    for loop in _loops(opened, people, answers.values(), verdicts):
        of[loop.word.participant_id].append(loop)
    return of


@prepared
def _list_outcomes(participants: Collection[UUID]) -> QuerySet[Answer, tuple[Any, ...]]:
    given = Answer.objects.filter(word__participant__in=participants).order_by(
        "answered_at", "id", "verdicts__given_at", "verdicts__id"
    )
    return given.values_list(
        "word_id",
        "id",
        "kind",
        "since",
        "answered_at",
        "verdicts__id",
        "verdicts__kind",
        "verdicts__given_at",
        "verdicts__entered_by_id",
        "verdicts__said_so",
        "verdicts__response_id",
        "verdicts__response__read_at",
        "verdicts__response__replaced_by",
    )


def _list_loops(people: Mapping[UUID, Participant], *, by_client: bool) -> Loops:
    words = [word for word in list_words(people) if word.kind in LOOPS]
    told = [one for one in _list_verdicts(people) if by_client or one.response is None or one.response.read_at]
    of: dict[UUID, list[Loop]] = defaultdict(list)
    unopened: dict[UUID, int] = defaultdict(int)
    for loop in _loops(words, people, _list_answers(people), told):
        word = loop.word
        if by_client or is_opened(word):
            of[word.participant_id].append(loop)
        elif word.response_id is None:
            unopened[word.participant_id] += 1
    return Loops(of, unopened)


def _loops(
    words: Iterable[Word], people: Mapping[UUID, Participant], answers: Iterable[Answer], verdicts: Iterable[Verdict]
) -> Iterator[Loop]:
    said, given = defaultdict(list), defaultdict(list)
    for verdict in verdicts:
        said[verdict.answer_id].append(verdict)
    for answer in answers:
        given[answer.word_id].append(answer)
    for word in words:
        word.participant = people[word.participant_id]
        for answer in given[word.id]:
            answer.word = word  # their key is at hand
        yield Loop(word, [Turn(answer, said[answer.id]) for answer in given[word.id]])


def list_not_opened() -> QuerySet[Word]:
    """What clients said at any time and nobody has opened, of all work."""
    said = Word.objects.filter(kind=Word.Kind.ANY, read_at=None)
    return said.select_related("participant__person", "participant__episode")


def list_answers() -> QuerySet[Answer]:
    """Whatever was answered to words that stand, of all work."""
    given = Answer.objects.filter(word__response__replaced_by=None)
    return given.select_related("word__participant__person", "word__participant__episode")


def is_opened(word: Word) -> bool:
    """Whether a therapist has opened it: with its check-in, or by itself."""
    return (word.read_at if word.response is None else word.response.read_at) is not None


def get_loop(word: Word) -> Loop:
    """One loop with all that was answered and said to it, opened or not."""
    verdicts = defaultdict(list)
    standing = Verdict.objects.filter(answer__word=word, response__replaced_by=None)
    for verdict in standing.order_by("given_at", "id"):
        verdicts[verdict.answer_id].append(verdict)
    answers = list(Answer.objects.filter(word=word).order_by("answered_at", "id"))
    for answer in answers:
        answer.word = word
    return Loop(word, [Turn(answer, verdicts[answer.id]) for answer in answers])


@prepared
def list_words(participants: Collection[UUID]) -> QuerySet[Word]:
    """Every word that these participants said, of whatever kind, the newest first; none of a corrected response."""
    standing = Word.objects.filter(participant__in=participants, response__replaced_by=None)
    needed = standing.select_related("response").only(
        "participant", "kind", "said_at", "read_at", "waiting_since", "text", "response__read_at"
    )
    return needed.order_by("-said_at", "-id")


@prepared
def _list_answers(participants: Collection[UUID]) -> QuerySet[Answer]:
    given = Answer.objects.filter(word__participant__in=participants, word__response__replaced_by=None)
    whole = given.select_related("answered_by", "word__response").defer("word__response__answers")
    return whole.order_by("answered_at", "id")


@prepared
def _list_verdicts(participants: Collection[UUID]) -> QuerySet[Verdict]:
    standing = Verdict.objects.filter(answer__word__participant__in=participants, response__replaced_by=None)
    needed = standing.select_related("response").only(
        "answer", "kind", "given_at", "entered_by", "said_so", "taken", "taken_at", "response__read_at"
    )
    return needed.order_by("given_at", "id")


@dataclass(frozen=True)
class Waiting:
    """What one client said and nobody has opened (`unopened`), or answered: since when, and how many words."""

    participant: UUID
    episode: UUID
    unopened: bool
    since: datetime
    many: int


def list_waiting(episodes: Collection[UUID]) -> list[Waiting]:
    """What waits of the clients of these episodes: of each what is not opened, and what was opened and not answered."""
    return [Waiting(*row) for row in _list_waiting(episodes)]


@prepared
def _list_waiting(episodes: Collection[UUID]) -> QuerySet[Word, tuple[UUID, UUID, bool, datetime, int]]:
    waiting = Word.objects.filter(participant__episode__in=episodes, waiting_since__isnull=False)
    shown = waiting.filter(Q(kind=Word.Kind.ANY) | Q(response__read_at__isnull=False), response__replaced_by=None)
    # A "worse" in a check-in that nobody has opened is not told of beforehand.
    unread = Verdict.objects.filter(answer__word=OuterRef("pk"), response__isnull=False, response__read_at=None)
    shut = ExpressionWrapper(Q(kind=Word.Kind.ANY, read_at=None), output_field=BooleanField())
    of_each = (
        shown.exclude(Exists(unread)).annotate(shut=shut).values_list("participant", "participant__episode", "shut")
    )
    return of_each.annotate(since=Min("waiting_since"), many=Count("id"))


def get_pending_change(who: Participant, *, at: datetime) -> Answer | None:
    """The change begun last of which the client has not said yet what came of it."""
    changed = Answer.objects.filter(word__participant=who, kind=Answer.Kind.CHANGED, since__lte=at.date())
    later = Answer.objects.filter(word=OuterRef("word"), answered_at__gt=OuterRef("answered_at"))
    told = Verdict.objects.filter(answer=OuterRef("pk"), response__replaced_by=None)
    said = told.exclude(kind=Verdict.Kind.NOT_YET).exclude(said_so=Verdict.SaidSo.NOT_SAID)
    standing = changed.filter(word__response__replaced_by=None).exclude(Exists(later)).exclude(Exists(said))
    return standing.select_related("word__participant").order_by("-since", "-answered_at").first()


def is_told_in(responses: Collection[UUID]) -> bool:
    """Whether one of these responses says what came of a change."""
    return bool(responses) and Verdict.objects.filter(response__in=responses).exists()


@prepared
def list_changes(participant: UUID) -> QuerySet[Answer, date | None]:
    """From which days on something was otherwise, as this client had asked; each day once."""
    changed = Answer.objects.filter(word__participant=participant, kind=Answer.Kind.CHANGED, since__isnull=False)
    standing = changed.filter(word__response__replaced_by=None)
    return standing.order_by("since").values_list("since", flat=True).distinct()
