"""Today: what waits for an answer, then the day's meetings in order, then tomorrow. The same few queries for all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, QuerySet

from attune.audit.journal import note
from attune.base.prepared import prepared
from attune.care.access.relations import list_visible_episodes
from attune.care.checkins.models import Response
from attune.care.checkins.readers import holds
from attune.care.episodes.models import Episode, Participant
from attune.care.feedback.readers import Waiting as Said
from attune.care.feedback.readers import list_waiting
from attune.care.messages.readers import list_unopened
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment
from attune.insight.brief import has_unopened, page_of
from attune.insight.evidence import Known, Material, before_of, gather
from attune.insight.names import names_of
from attune.insight.rows import list_open_concerns, list_people
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.practices.evidence import Before
from attune.practices.page import Page
from attune.vault.sealed import load_for

Episodes = Mapping[UUID, Episode]


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer. `kind`: `concern`, `unread`, `message`, `word` (said at any time, not opened), `wish`
    (asked for, not answered), or `unsaid` (whether it took place).

    `about`: the concern, the participant who wrote, or the appointment. In a couple or a family nobody is told apart
    here: what one of them wrote is `unread` like a check-in.
    """

    kind: str
    episode: Episode
    since: datetime
    about: UUID | None = None
    names: str = ""


@dataclass(frozen=True)
class Meeting:
    """One appointment of the day. `page`: its brief; None where something of it is unopened, and once it was held.

    `state`: `ahead`, `begun` (its hour has come, and it can be said whether it took place), or `held`. `wish`: what the
    client would like from today; `unsaid`: they wrote down something else too, which stands in the brief alone.
    """

    appointment: Appointment
    names: str
    number: int
    state: str
    page: Page | None
    wish: str = ""
    unsaid: bool = False


@dataclass(frozen=True)
class Today:
    """Everything that the page names. `zone` is the viewer's own; `begun`: they work with somebody.

    `holds`: what came in after a session is to wait for the end of their day; `held_until`: when that is, while it is
    still to come. Nothing tells whether anything waits.
    """

    name: str
    zone: ZoneInfo
    begun: bool
    waiting: list[Waiting]
    meetings: list[Meeting]
    tomorrow: list[Appointment]
    holds: bool
    held_until: datetime | None


@dataclass(frozen=True)
class _Near:
    """Planned appointments: of earlier days and not entered, of today, of tomorrow."""

    before: list[Appointment]
    today: list[Appointment]
    tomorrow: list[Appointment]


def get_today(viewer: Viewer, *, at: datetime) -> Today:
    """The day of this viewer; leaves one event with everybody who is named."""
    me = Person.objects.get(pk=viewer.me)
    zone = ZoneInfo(me.zone)
    episodes = {one.id: one for one in list_visible_episodes(viewer, at=at)}
    near = _near(episodes, at.astimezone(zone).date(), zone)
    held_until = _last_end(near.today, at=at) if (holding := holds(viewer)) else None
    concerns, said = list_open_concerns(episodes), list_waiting(episodes)
    unread = _unread(episodes, said, but_for=[one.id for one in near.today] if held_until else ())
    waiting = [*_concerns(episodes, concerns), *unread, *_wishes(episodes, said), *_unsaid(episodes, near.before)]
    named = {one.episode.id for one in waiting} | {one.episode_id for one in near.today}
    people = list_people(named)
    load_for([me, *(who.person for who in people)])
    names = _names(people)
    note("today.read", by=viewer, at=at, shown=[who.person_id for who in people])
    return Today(
        name=str(me.name),
        zone=zone,
        begun=bool(episodes),
        waiting=[Waiting(one.kind, one.episode, one.since, one.about, names[one.episode.id]) for one in waiting],
        meetings=list(_meetings(viewer, episodes, near.today, names, Known(people, concerns), at=at)),
        tomorrow=near.tomorrow,
        holds=holding,
        held_until=held_until,
    )


def _last_end(today: Iterable[Appointment], *, at: datetime) -> datetime | None:
    """When the last meeting of the day is over, if that is still to come."""
    last = max((one.starts_at + timedelta(minutes=one.minutes) for one in today), default=at)
    return last if last > at else None


def _near(episodes: Episodes, day: date, zone: ZoneInfo) -> _Near:
    first, second, third = (datetime.combine(day + timedelta(days=ahead), time.min, tzinfo=zone) for ahead in range(3))
    near = _list_near([one.id for one in episodes.values() if one.state == Episode.State.WORKING], first, third)
    return _Near(
        [one for one in near if one.starts_at < first],
        [one for one in near if first <= one.starts_at < second],
        [one for one in near if one.starts_at >= second],
    )


@prepared
def _list_near(episodes: Collection[UUID], first: datetime, third: datetime) -> QuerySet[Appointment]:
    planned = Appointment.objects.filter(episode__in=episodes, state=Appointment.State.PLANNED, starts_at__lt=third)
    open_or_near = planned.exclude(session__isnull=False, starts_at__lt=first)
    return open_or_near.select_related("session").order_by("starts_at", "id")


def _concerns(episodes: Episodes, concerns: Iterable[Concern]) -> Iterator[Waiting]:
    """An answer told of danger, and nobody has said yet what was done."""
    for one in concerns:
        yield Waiting("concern", episodes[one.participant.episode_id], one.raised_at, one.id)


def _unread(episodes: Episodes, said: Iterable[Said], *, but_for: Collection[UUID]) -> Iterator[Waiting]:
    """What clients sent and nobody has opened, whatever it says, the oldest first. Not what was said after these."""
    of_episode: dict[UUID, datetime] = {}
    for episode, about, since in _list_unread(episodes):
        if about not in but_for:
            of_episode[episode] = min(since, of_episode.get(episode, since))
    written = []
    for waiting in _written(episodes, said):
        if waiting.kind != "unread":
            written.append(waiting)
        else:
            of_episode[waiting.episode.id] = min(waiting.since, of_episode.get(waiting.episode.id, waiting.since))
    listed = [Waiting("unread", episodes[episode], moment) for episode, moment in of_episode.items()]
    yield from sorted([*listed, *written], key=lambda one: one.since)


@prepared
def _list_unread(episodes: Collection[UUID]) -> QuerySet[Response, tuple[UUID, UUID | None, datetime]]:
    came = Response.objects.filter(participant__episode__in=episodes, replaced_by=None, read_at=None)
    about = came.values_list("participant__episode", "invitation__session__appointment")
    return about.annotate(since=Min("given_at"))


def _written(episodes: Episodes, said: Iterable[Said]) -> Iterator[Waiting]:
    """Of each client whose messages nobody has opened, one; and one of what they said at any time."""
    written = [("message", one.episode, one.since, one.participant) for one in list_unopened(episodes)]
    written += [("word", one.episode, one.since, one.participant) for one in said if one.unopened]
    for kind, episode, since, who in written:
        alone = episodes[episode].kind == Episode.Kind.INDIVIDUAL
        yield Waiting(kind if alone else "unread", episodes[episode], since, who)


def _wishes(episodes: Episodes, said: Iterable[Said]) -> Iterator[Waiting]:
    """What clients asked for and nobody has answered, one of each episode that goes on, the oldest first."""
    first: dict[UUID, Waiting] = {}
    for one in sorted(said, key=lambda one: one.since):
        if not one.unopened and episodes[one.episode].state == Episode.State.WORKING:
            first.setdefault(one.episode, Waiting("wish", episodes[one.episode], one.since, one.participant))
    yield from first.values()


def _unsaid(episodes: Episodes, before: Iterable[Appointment]) -> Iterator[Waiting]:
    """Of each episode the earliest alone: sessions are entered in the order in which they took place."""
    first = {one.episode_id: one for one in sorted(before, key=lambda one: one.starts_at, reverse=True)}
    for one in sorted(first.values(), key=lambda one: one.starts_at):
        yield Waiting("unsaid", episodes[one.episode_id], one.starts_at, one.id)


def _names(people: Iterable[Participant]) -> dict[UUID, str]:
    found: dict[UUID, list[Person]] = defaultdict(list)
    for who in people:
        found[who.episode_id].append(who.person)
    return {episode: names_of(listed) for episode, listed in found.items()}


def _meetings(
    viewer: Viewer,
    episodes: Episodes,
    today: Collection[Appointment],
    names: Mapping[UUID, str],
    known: Known,
    *,
    at: datetime,
) -> Iterator[Meeting]:
    """Each in its order; the brief of an episode stands at its next meeting alone."""
    shelves = gather(viewer, [episodes[key] for key in dict.fromkeys(one.episode_id for one in today)], known)
    for one in today:
        found = shelves[one.episode_id]
        held = getattr(one, "session", None)
        is_next = found.ahead is not None and found.ahead.id == one.id
        page = page_of(found, at=at) if is_next and not has_unopened(found) else None
        before = _said_before(found) if page else None
        yield Meeting(
            appointment=one,
            names=names[one.episode_id],
            number=held.number if held else len(found.sessions) + 1,
            state="held" if held else "begun" if is_next and one.starts_at <= at else "ahead",
            page=page,
            wish=before.today if before else "",
            unsaid=bool(before and before.unsaid),
        )


def _said_before(found: Material) -> Before | None:
    """The check-in before the meeting; nothing of several clients, and nothing where an answer told of danger."""
    if found.episode.kind != Episode.Kind.INDIVIDUAL or any(found.concerns.values()):
        return None
    return before_of(found, found.people[0])
