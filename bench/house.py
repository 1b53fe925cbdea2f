"""The demo clinic in a home of its own, with as many check-ins handed out as the rounds will answer."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from attune.audit.models import Event
from attune.base import clock
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Response
from attune.care.episodes.models import Episode, Participant
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.workflows.open_brief import open_brief
from attune.commands.demo import courses
from attune.commands.demo.make import BEN, ZONE, make_demo, tell_episode
from attune.commands.demo.telling import Course
from attune.commands.migrate import migrate
from attune.people.models import Account
from attune.people.viewers import Viewer, get_viewer
from attune.vault.keys import keyring
from attune_science import instruments

#: A client in the middle of a course: three sessions lie behind, and each answers so many more.
BEHIND, EACH = 3, 10


@dataclass(frozen=True)
class House:
    """Amara and her episode, whose pages are read, how many clients Ben has, and the links to be answered."""

    amara: UUID
    amara_herself: UUID
    clients: int
    tokens: list[str]


def furnish(check_ins: int) -> House:
    """Make the demo with the standing six episodes alone, and hand out this many check-ins."""
    migrate()
    tokens: list[str] = []
    with keyring():
        make_demo(at=clock.now(), whole=False)
        ben = get_viewer(Account.objects.get(email=BEN).person_id, at=clock.now())
        amara = Episode.objects.order_by("id")[0].id
        open_brief(amara, by=ben, at=clock.now())
        while len(tokens) < check_ins:
            tokens += _another_client(ben)
        herself = Participant.objects.get(episode=amara).id
    return House(amara, herself, Participant.objects.count(), tokens)


def count_responses() -> int:
    """How many are in the database now."""
    return Response.objects.count()


def count_events(verb: str) -> int:
    """How many of this kind are in the database now."""
    return Event.objects.filter(verb=verb).count()


def _another_client(ben: Viewer) -> list[str]:
    now = clock.now()
    ahead = (now + timedelta(days=1)).astimezone(ZoneInfo(ZONE)).replace(minute=0, second=0, microsecond=0)
    course = Course(courses.AMARA.weeks[:BEHIND])
    _, _, (who,) = tell_episode({"Amara": ("she", course)}, ben, ahead=ahead, now=now)
    return [_link(who, ben, n) for n in range(EACH)]


def _link(who: Participant, ben: Viewer, n: int) -> str:
    now = clock.now()
    # Two a day, all since the last of the told weeks and none of today, which is to have what a day has. Sessions are
    # held in the order in which they were planned.
    starts = (now - timedelta(hours=12 * (EACH + 1 - n))).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    when = When(starts.date(), starts.time(), ZONE)
    appointment = plan_appointment(who.episode, when=when, by=ben, at=now - timedelta(days=7))
    session = hold_session(appointment, by=ben, at=now)
    return invite(
        who,
        asking=Asking("after", [part_of(instruments.get("attune-session"), "eight")], session_id=session.id),
        by=ben,
        at=now,
    )[1]
