"""The other made-up episodes: what a story says is what is drawn, and what is told to the record."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from support.cast import NOW, ZONE, Cast, make_cast

from attune.audit.verify import verify
from attune.care.checkins.fields import HELPED
from attune.care.checkins.models import Invitation, Prediction, Response
from attune.care.episodes.models import Episode, Participant
from attune.care.questionnaires.models import Questionnaire
from attune.care.safety.models import Concern
from attune.care.schedule.models import Appointment, Session
from attune.commands.demo import courses, stories
from attune.commands.demo.drawn import draw_courses
from attune.commands.demo.make import tell_episode, tell_story
from attune.commands.demo.story import Story, Told
from attune.commands.demo.telling import Answers
from attune.people.actions import Called, enter_person
from attune.people.viewers import MACHINE
from attune.vault.keys import keyring
from attune_science import instruments, scoring
from attune_science.instruments import Definition
from attune_science.simulate import Rupture

LISTED = {"Ben": stories.BEN, "Ola": stories.OLA, "Mei": stories.MEI, "Tomás": stories.TOMAS}
ALL = [story for listed in LISTED.values() for story in listed]
PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "look-round-the-demo.md"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_the_same_story_is_the_same_courses() -> None:
    assert draw_courses(ALL[0]) == draw_courses(ALL[0])
    assert draw_courses(ALL[0]) != draw_courses(ALL[1])


def check_form(definition: Definition, form: str, sent: Answers | None, written: Answers) -> None:
    """Raises when the form cannot be read, or when what was written is not on it."""
    assert written.items() <= (sent or {}).items()
    if sent is not None:
        plain = {name: value for name, value in sent.items() if name != HELPED}
        scoring.read_answers(definition, form, plain)


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.people[0].name)
def test_every_form_of_a_story_can_be_read(story: Story) -> None:
    """And whatever somebody wrote in it is on a form that they sent."""
    session, before = instruments.get("attune-session"), instruments.get("attune-before")
    for told, course in zip(story.people, draw_courses(story), strict=True):
        assert len(course.weeks) == story.planned
        for number, week in enumerate(course.weeks, 1):
            form = "eight" if "culture" in (week.after or {}) else "three"
            check_form(before, "full", week.before, told.before.get(number, {}))
            check_form(session, form, week.after, told.after.get(number, {}))
        assert set(told.before) <= set(range(1, story.planned + 1))
        assert set(told.after) <= set(range(1, story.planned + 1))


def test_the_stories_are_of_people_with_names_and_hours_of_their_own() -> None:
    names = Counter(told.name for story in ALL for told in story.people)
    assert [name for name, times in names.items() if times > 1] == ["Carmen"], "she came back"
    standing = {"Amara", "Ben", "Chidi", "Dana", "Eli", "Farah", "Gil", "Hana", "Ines", "Jomo", *LISTED}
    assert not standing & set(names)
    for listed in LISTED.values():
        hours = Counter((story.day, story.hour) for story in listed if story.ended is None)
        assert set(hours.values()) == {1}, "nobody sees two clients at once"


def test_whoever_is_in_the_demo_is_on_its_page() -> None:
    page = PAGE.read_text("utf-8")
    everybody = [told.name for story in ALL for told in story.people]
    assert [name for name in (*everybody, *LISTED, "Amara", "Dana", "Ines", "Jomo") if name not in page] == []


def tell(story: Story, cast: Cast) -> list[Participant]:
    with keyring():
        told = tell_story(story, cast.ben, known={}, now=NOW)
    return list(told.episode.participants.order_by("id"))


NADIR = Told(
    "Nadir",
    "he",
    8.2,
    events=[Rupture(6, 3)],
    asks=("phq-9", 4),
    burden=(20, 0),
    danger=3.0,
    asked_less=5,
    before={3: {"today": "The stairs."}},
    after={6: {"hurt": "yes", "how": "leave", "less": "Hurry."}, 1: {"next_form": "eight"}},
    always_eight=True,
    interpreted=4,
)


def test_a_story_is_told_to_the_record(cast: Cast) -> None:
    (who,) = tell(Story([NADIR], planned=26, day=2, hour=9, foretold=2, answers=["Rang.", "Asked."]), cast)
    weeks = draw_courses(Story([NADIR], planned=26, day=2, hour=9, foretold=2))[0].weeks
    there = [week for week in weeks if not week.cancelled]
    came = Response.objects.filter(participant=who)
    assert Session.objects.filter(episode=who.episode).count() == len(there) < 26
    assert Appointment.objects.filter(episode=who.episode, state="cancelled").count() == 26 - len(there)
    assert came.filter(instrument="attune-session").count() == sum(week.after is not None for week in there)
    assert set(came.filter(instrument="attune-session", form="three")) == set()
    assert came.filter(helped="interpreter").exists()
    assert Prediction.objects.filter(participant=who).count() == sum(week.thought is not None for week in there)
    assert not came.filter(given_at__gt=NOW).exists()
    assert not came.filter(read_at=None, given_at__lt=NOW - timedelta(days=2)).exists(), "the therapist reads"
    assert came.filter(instrument="phq-9").count() == Concern.objects.filter(participant=who).count() > 1
    with keyring():
        told = [one.answer for one in Concern.objects.filter(participant=who).order_by("raised_at")]
    assert told[:3] == ["Rang.", "Asked.", "Rang."][: len(told)]
    theirs = Questionnaire.objects.get(participant=who, until=None)
    assert (theirs.every, theirs.chosen_by) == (8, "client"), "asked less, once"
    assert Appointment.objects.filter(episode=who.episode, starts_at__gt=NOW, state="planned").count() == 2
    assert verify().fault is None


def test_a_family_on_paper_whose_work_has_ended(cast: Cast) -> None:
    people = [Told(name, "they", 8.0, on_paper=name == "Xi") for name in ("Xi", "Yu", "Zo")]
    everybody = tell(Story(people, planned=4, day=0, hour=9, every=2, ended=10, foretold=0), cast)
    episode = Episode.objects.get(pk=everybody[0].episode_id)
    assert (episode.kind, episode.state, len(everybody)) == ("family", "ended", 3)
    assert episode.ended_at is not None
    last = Session.objects.filter(episode=episode).latest("held_at")
    assert episode.ended_at == last.held_at + timedelta(hours=1)
    assert timedelta(weeks=9) < NOW - episode.ended_at < timedelta(weeks=11)
    assert not Appointment.objects.filter(episode=episode, starts_at__gt=NOW).exists()
    assert not Response.objects.filter(participant__in=everybody, read_at=None).exists()
    paper = Response.objects.filter(participant__in=everybody, channel="on paper").values_list("participant", flat=True)
    assert set(paper) == {everybody[0].id}
    assert Invitation.objects.filter(participant__in=everybody).count() > 15


def test_somebody_who_comes_back_is_the_same_person(cast: Cast) -> None:
    with keyring():
        before = enter_person(Called("Nadir", "he", ZONE), by=MACHINE, at=NOW - timedelta(weeks=60))
        story = Story([Told("Nadir", "he", 8.0)], planned=1, day=0, hour=9)
        told = tell_story(story, cast.ben, known={"Nadir": before}, now=NOW)
    assert told.episode.participants.get().person_id == before.id


def test_an_hour_that_the_clocks_skip_is_the_next_one(cast: Cast) -> None:
    """Made in the night to Sunday, a week after the clocks of London went from one to two."""
    ahead = datetime(2026, 4, 5, 0, 0, tzinfo=UTC)
    with keyring():
        local = ahead.astimezone(ZoneInfo(ZONE))
        assert (local.hour, local.weekday()) == (1, 6)
        episode, _, _ = tell_episode({"Hana": ("they", courses.HANA)}, cast.ben, ahead=local, now=ahead)
    first = Appointment.objects.filter(episode=episode).earliest("starts_at")
    assert (first.day.isoformat(), first.time.hour) == ("2026-03-29", 2)
