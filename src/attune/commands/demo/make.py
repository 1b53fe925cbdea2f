"""The demo clinic: the standing cast and six made-up episodes, relative to the hour at which it is made."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.metadata import version
from secrets import token_urlsafe
from zoneinfo import ZoneInfo

from attune.care.episodes.actions import open_episode
from attune.care.episodes.models import Episode, Participant
from attune.commands.demo import courses
from attune.commands.demo.telling import Course, Teller
from attune.people.actions import Called, begin_installation, enter_person, give_account, give_role
from attune.people.models import Person
from attune.people.viewers import MACHINE, Viewer, get_viewer

ZONE = "Europe/London"
#: Where the demo's staff sign in; one click does it, so nobody needs the password.
BEN, ELI = "ben@demo.invalid", "eli@demo.invalid"


def make_demo(*, at: datetime) -> None:
    """Make the clinic and everybody in it."""
    begun = at - timedelta(weeks=20)
    ben = enter_staff("Ben", "he", BEN, at=begun)
    enter_staff("Eli", "he", ELI, role="operator", at=begun)
    hour = at.astimezone(ZoneInfo(ZONE)).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    tell_episode({"Amara": ("she", courses.AMARA)}, ben, ahead=hour, now=at)
    tell_episode({"Dana": ("she", courses.DANA)}, ben, ahead=hour + timedelta(hours=2), now=at)
    tell_episode(
        {"Farah": ("she", courses.FARAH), "Gil": ("he", courses.GIL)}, ben, ahead=hour + timedelta(hours=3), now=at
    )
    tell_episode({"Hana": ("they", courses.HANA)}, ben, ahead=hour + timedelta(hours=1), now=at)
    tell_episode({"Ines": ("she", courses.INES)}, ben, ahead=hour + timedelta(days=1), now=at)
    _, teller, (jomo,) = tell_episode({"Jomo": ("he", courses.JOMO)}, ben, ahead=hour + timedelta(days=2), now=at)
    teller.questionnaire(jomo, "phq-9", courses.JOMO_PHQ9, at=at - timedelta(hours=3))
    # Last: a demo that was interrupted while it was made is no demo yet, and is made anew.
    begin_installation(
        kind="demo", name="A made-up practice", zone=ZONE, version=version("attune-therapy"), by=MACHINE, at=begun
    )


def enter_staff(name: str, pronouns: str, email: str, *, role: str = "therapist", at: datetime) -> Viewer:
    """A member of staff who can sign in; the password is random and known to nobody."""
    person = enter_person(Called(name, pronouns, ZONE), by=MACHINE, at=at)
    give_account(person, email=email, password=token_urlsafe(24), by=MACHINE, at=at)
    give_role(person, name=role, by=MACHINE, at=at)
    return get_viewer(person.id, at=at)


def tell_episode(
    people: Mapping[str, tuple[str, Course]], therapist: Viewer, *, ahead: datetime, now: datetime
) -> tuple[Episode, Teller, list[Participant]]:
    """Open an episode for these people and tell their courses, up to the appointment ahead."""
    weeks = max(len(course.weeks) for _, course in people.values())
    opened = ahead - timedelta(weeks=weeks, days=7)
    persons = [enter_person(Called(name, how, ZONE), by=therapist, at=opened) for name, (how, _) in people.items()]
    kind = Episode.Kind.INDIVIDUAL if len(people) == 1 else Episode.Kind.COUPLE
    me = Person.objects.get(pk=therapist.me)
    episode = open_episode(kind=kind, clients=persons, therapist=me, by=therapist, at=opened)
    participants = [episode.participants.select_related("person").get(person=person) for person in persons]
    teller = Teller(episode, therapist, ahead, now)
    teller.tell(dict(zip(participants, (course for _, course in people.values()), strict=True)))
    return episode, teller, participants
