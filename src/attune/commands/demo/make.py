"""The demo clinic: the standing cast with six episodes, and some two dozen more over two years, relative to the hour.

Everything is made through the actions and workflows that people use, at the times at which it would have happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import NamedTuple
from zoneinfo import ZoneInfo

from attune.base.ids import new_id
from attune.care.episodes.actions import end_episode, grant_deputy, open_episode
from attune.care.episodes.models import Episode, Participant
from attune.care.messages.actions import (
    open_from_client,
    open_from_therapist,
    send_to_client,
    send_to_therapist,
)
from attune.care.notes.actions import Hour, keep_moment, write_note
from attune.care.schedule.models import Session
from attune.care.summaries.actions import About, release_summary
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.own_pages import open_own_pages
from attune.commands.demo import courses, stories
from attune.commands.demo.drawn import draw_courses
from attune.commands.demo.story import Story
from attune.commands.demo.telling import Course, Manner, Teller
from attune.people.actions import Called, begin_installation, enter_person, give_account, give_role
from attune.people.models import Person
from attune.people.viewers import MACHINE, Viewer, get_viewer

ZONE = "Europe/London"
#: Where the demo's staff sign in; one click does it, so nobody has a password.
BEN = "ben@demo.invalid"
#: The demo begins so long before the day for which it was made.
BEGAN = timedelta(weeks=105)
#: A client sends the check-in before an appointment on the day before, or on the day.
_SENT_AHEAD = timedelta(days=1)
_KINDS = {1: Episode.Kind.INDIVIDUAL, 2: Episode.Kind.COUPLE}


class Therapists(NamedTuple):
    """The four who see clients here."""

    ben: Viewer
    ola: Viewer
    mei: Viewer
    tomas: Viewer


def make_demo(*, at: datetime, whole: bool = True) -> None:
    """Make the clinic and everybody in it. Not `whole`: the staff and the standing six episodes alone."""
    begun = at - BEGAN
    staff = _enter_staff(begun)
    _tell_the_six(staff.ben, at)
    if whole:
        _tell_the_others(staff, at)
    # Last: a demo that was interrupted while it was made is no demo yet, and is made anew.
    begin_installation(
        kind="demo", name="A made-up practice", zone=ZONE, version=version("attune-therapy"), by=MACHINE, at=begun
    )


def _enter_staff(at: datetime) -> Therapists:
    therapist = {
        key: enter_staff(name, pronouns, f"{key}@demo.invalid", at=at)
        for key, name, pronouns in (
            ("ben", "Ben", "he"),
            ("ola", "Ola", "she"),
            ("mei", "Mei", "she"),
            ("tomas", "Tomás", "he"),
        )
    }
    enter_staff("Chidi", "he", "chidi@demo.invalid", role="supervisor", at=at)
    enter_staff("Eli", "he", "eli@demo.invalid", role="operator", at=at)
    return Therapists(**therapist)


def enter_staff(name: str, pronouns: str, email: str, *, role: str = "therapist", at: datetime) -> Viewer:
    """A member of staff who can sign in by one click, and in no other way: there is no password."""
    person = enter_person(Called(name, pronouns, ZONE), by=MACHINE, at=at)
    give_account(person, email=email, by=MACHINE, at=at)
    give_role(person, name=role, by=MACHINE, at=at)
    return get_viewer(person.id, at=at)


def _tell_the_six(ben: Viewer, at: datetime) -> None:
    hour = _local(at).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    amara, _, (client,) = tell_episode({"Amara": ("she", courses.AMARA)}, ben, ahead=hour, now=at)
    tell_episode({"Dana": ("she", courses.DANA)}, ben, ahead=hour + timedelta(hours=2), now=at)
    _, _, couple = tell_episode(
        {"Farah": ("she", courses.FARAH), "Gil": ("he", courses.GIL)}, ben, ahead=hour + timedelta(hours=3), now=at
    )
    for who in (client, *couple):
        email = f"{str(who.person.name).lower()}@demo.invalid"
        open_own_pages(who.id, email=email, by=ben, at=at - timedelta(weeks=3))
    tell_episode({"Hana": ("they", courses.HANA)}, ben, ahead=hour + timedelta(hours=1), now=at)
    tell_episode({"Ines": ("she", courses.INES)}, ben, ahead=hour + timedelta(days=1), now=at)
    _, teller, (jomo,) = tell_episode({"Jomo": ("he", courses.JOMO)}, ben, ahead=hour + timedelta(days=2), now=at)
    teller.questionnaire(jomo, "phq-9", courses.JOMO_PHQ9, at=at - timedelta(hours=3))
    _look_back(amara, courses.BENS_NOTES, ben)
    _write_to_each_other(client, ben)


def _write_to_each_other(who: Participant, therapist: Viewer) -> None:
    """What the two wrote after their last session, each opened by the other; and the session before it, told to her."""
    last, before = Session.objects.filter(episode=who.episode_id).order_by("-number")[:2]
    client, sent = Viewer(who.person_id), last.held_at + timedelta(days=2, hours=-6)
    send_to_client(who.id, text=courses.HE_WROTE, submission=new_id(), by=therapist, at=sent)
    open_from_therapist(who.id, by=client, at=sent + timedelta(hours=3))
    answered = sent + timedelta(hours=33)
    send_to_therapist(who.id, text=courses.SHE_WROTE, submission=new_id(), by=client, at=answered)
    open_from_client(who.id, by=therapist, at=answered + timedelta(hours=12))
    about = About(before.id, before.episode_id)
    release_summary(about, text=courses.SUMMARY, seen=0, by=therapist, at=before.held_at + timedelta(hours=20))


def _look_back(episode: Episode, notes: Sequence[Mapping[str, str]], therapist: Viewer) -> None:
    """What the therapist wrote about himself after the last sessions, the newest first."""
    for session, said in zip(Session.objects.filter(episode=episode).order_by("-number"), notes, strict=False):
        hour = Hour(session.appointment_id, episode.id)
        keep_moment(hour, by=therapist, at=session.held_at + timedelta(minutes=24))
        write_note(hour, said=said, seen=0, by=therapist, at=session.held_at + timedelta(hours=1))


def _tell_the_others(staff: Therapists, at: datetime) -> None:
    who: dict[str, Person] = {}
    told: dict[str, Teller] = {}
    for therapist, listed in (
        (staff.ben, stories.BEN),
        (staff.ola, stories.OLA),
        (staff.mei, stories.MEI),
        (staff.tomas, stories.TOMAS),
    ):
        told |= {story.people[0].name: tell_story(story, therapist, known=who, now=at) for story in listed}
    _stands_in(told["Lior"], staff.ola)
    _keeps_out(told["Finn"], staff.ola)


def tell_story(story: Story, therapist: Viewer, *, known: dict[str, Person], now: datetime) -> Teller:
    """Tell a story to its end, or up to the appointment ahead. `known`: clients who have been here before."""
    slot = _next(story.day, story.hour, now)
    ahead = slot if story.ended is None else slot - timedelta(weeks=story.ended - story.every)
    drawn = draw_courses(story)
    if ahead - now > _SENT_AHEAD:
        drawn = [replace(course, ahead=None) for course in drawn]
    people = {told.name: (told.pronouns, course) for told, course in zip(story.people, drawn, strict=True)}
    manner = Manner(opens_each=True, answers=story.answers, goes_on=story.ended is None)
    episode, teller, _ = tell_episode(people, therapist, ahead=ahead, now=now, manner=manner, known=known)
    if story.ended is not None:
        end_episode(episode, by=therapist, at=ahead - timedelta(weeks=story.every) + timedelta(hours=1))
    return teller


def tell_episode(
    people: Mapping[str, tuple[str, Course]],
    therapist: Viewer,
    *,
    ahead: datetime,
    now: datetime,
    manner: Manner | None = None,
    known: dict[str, Person] | None = None,
) -> tuple[Episode, Teller, list[Participant]]:
    """Open an episode for these people and tell their courses, up to the appointment ahead."""
    told = [course for _, course in people.values()]
    opened = ahead - timedelta(weeks=max(len(course.weeks) * course.every for course in told), days=7)
    known = {} if known is None else known
    for name, (how, _) in people.items():
        if name not in known:
            known[name] = enter_person(Called(name, how, ZONE), by=therapist, at=opened)
    persons = [known[name] for name in people]
    me = Person.objects.get(pk=therapist.me)
    kind = _KINDS.get(len(people), Episode.Kind.FAMILY)
    episode = open_episode(kind=kind, clients=persons, therapist=me, by=therapist, at=opened)
    participants = [episode.participants.select_related("person").get(person=person) for person in persons]
    teller = Teller(episode, therapist, ahead, now, manner or Manner())
    teller.tell(dict(zip(participants, told, strict=True)))
    return episode, teller, participants


def _stands_in(told: Teller, colleague: Viewer) -> None:
    """While the therapist was away in the middle of the work, a colleague stood in."""
    away = told.ahead - timedelta(weeks=12)
    grant_deputy(
        told.episode,
        person=Person.objects.get(pk=colleague.me),
        until=away + timedelta(weeks=2),
        reason="Away for two weeks; they wanted to go on meanwhile.",
        by=told.therapist,
        at=away,
    )


def _keeps_out(told: Teller, colleague: Viewer) -> None:
    """The client knows one of the staff from elsewhere, and does not want her to see anything."""
    who = Participant.objects.get(episode=told.episode)
    keep_out(who.id, staff_id=colleague.me, by=told.therapist, at=told.ahead - timedelta(weeks=49))


def _next(day: int, hour: int, at: datetime) -> datetime:
    """The next time that it is this hour on this day of the week (Monday is 0)."""
    local = _local(at)
    slot = local.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=(day - local.weekday()) % 7)
    return slot if slot > local else slot + timedelta(weeks=1)


def _local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(ZONE))
