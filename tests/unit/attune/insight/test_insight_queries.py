"""Many clients cost no more queries than a few, and a page that is only looked at writes nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from support.askings import ask
from support.cast import NOW, Cast, make_cast

from attune.care.checkins.actions import invite
from attune.care.episodes.models import Assignment, Episode, Participant
from attune.care.messages.models import Message
from attune.care.schedule.models import Appointment
from attune.care.workflows.own_pages import open_own_pages
from attune.commands.demo import courses
from attune.commands.demo.make import tell_episode
from attune.commands.demo.telling import Course
from attune.insight.brief import get_brief
from attune.insight.caseload import list_caseload
from attune.insight.checkin_form import get_checkin_form
from attune.insight.client_home import get_home
from attune.insight.client_looks import list_who_looked
from attune.insight.client_said import list_said
from attune.insight.client_transcripts import list_own_transcripts
from attune.insight.timeline import get_timeline
from attune.insight.today import get_today
from attune.people.models import Person
from attune.people.viewers import Viewer
from attune.vault.keys import keyring

pytestmark = pytest.mark.django_db
MANY = 300
HOUR = NOW + timedelta(minutes=20)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class Watched:
    """What both databases are asked, each page with keys of its own."""

    def __enter__(self) -> "Watched":
        self._each = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault")]
        for one in self._each:
            one.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._each:
            one.__exit__(None, None, None)

    @property
    def counts(self) -> list[int]:
        return [len(one) for one in self._each]

    @property
    def writes(self) -> list[str]:
        said = [query["sql"] for one in self._each for query in one.captured_queries]
        return [sql for sql in said if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


def queries_of_the_caseload(ben: Viewer) -> tuple[list[int], int]:
    with keyring(), Watched() as watched:
        rows = list_caseload(ben, at=NOW)
    return watched.counts, len(rows)


def queries_of_the_brief(ben: Viewer, episode: UUID) -> list[int]:
    with keyring(), Watched() as watched:
        get_brief(ben, episode, at=NOW)
    return watched.counts


def queries_of_the_timeline(ben: Viewer, who: Participant) -> list[int]:
    with keyring(), Watched() as watched:
        get_timeline(ben, who.id, at=NOW)
    return watched.counts


def queries_of_today(ben: Viewer) -> tuple[list[int], int]:
    with keyring(), Watched() as watched:
        page = get_today(ben, at=NOW)
    assert len(page.waiting) == len(page.meetings), "each of them has written, too"
    return watched.counts, len(page.meetings)


def enter_many(ben: Viewer, number: int) -> None:
    """Rows alone, without their events: what matters here is how many there are."""
    began = NOW - timedelta(weeks=2)
    with keyring():
        people = Person.objects.bulk_create(
            Person(name=f"Client {n}", pronouns="they", zone="Europe/London", made_at=began) for n in range(number)
        )
    episodes = Episode.objects.bulk_create(
        Episode(kind="individual", opened_at=began, zone="Europe/London") for _ in people
    )
    pairs = list(zip(episodes, people, strict=True))
    members = Participant.objects.bulk_create(Participant(episode=one, person=who, since=began) for one, who in pairs)
    Message.objects.bulk_create(
        Message(participant=one, author_id=one.person_id, submission=one.id, sent_at=began) for one in members
    )
    Assignment.objects.bulk_create(Assignment(episode=one, therapist_id=ben.me, since=began) for one in episodes)
    Appointment.objects.bulk_create(
        Appointment(episode=one, day=HOUR.date(), time=HOUR.time(), zone="Europe/London", starts_at=HOUR)
        for one in episodes
    )


def test_three_hundred_clients_cost_no_more_than_a_few(cast: Cast) -> None:
    enter_many(cast.ben, 1)  # with Amara and the couple: three rows
    few, listed = queries_of_the_caseload(cast.ben)
    day, meetings = queries_of_today(cast.ben)
    brief = queries_of_the_brief(cast.ben, cast.amara.episode_id)
    timeline = queries_of_the_timeline(cast.ben, cast.amara)
    assert (listed, meetings) == (3, 1)
    enter_many(cast.ben, MANY - 3)
    assert queries_of_the_caseload(cast.ben) == (few, MANY)
    assert queries_of_today(cast.ben) == (day, MANY - 2), "each of them today, and as many queries"
    assert queries_of_the_brief(cast.ben, cast.amara.episode_id) == brief
    assert queries_of_the_timeline(cast.ben, cast.amara) == timeline
    assert sum(few) <= 15
    assert sum(day) <= 25


def test_a_long_course_costs_no_more_than_a_short_one(cast: Cast) -> None:
    short = Course(courses.DANA.weeks[:3], courses.DANA.ahead)
    with keyring():
        told = [tell_episode({"Dana": ("she", one)}, cast.ben, ahead=HOUR, now=NOW)[0] for one in (short, courses.DANA)]
    assert queries_of_the_brief(cast.ben, told[0].id) == queries_of_the_brief(cast.ben, told[1].id)


def queries_of_own_pages(who: Participant) -> list[int]:
    me, asked = Viewer(who.person_id), []
    for page in (get_home, list_said, list_who_looked, list_own_transcripts):
        with keyring(), Watched() as watched:
            page(me, at=NOW)
        asked.append(sum(watched.counts))
    return asked


def test_own_pages_cost_no_more_after_a_long_course(cast: Cast) -> None:
    short = Course(courses.AMARA.weeks[:2], courses.AMARA.ahead)
    counts = []
    with keyring():
        for name, course in (("Short", short), ("Long", courses.AMARA)):
            _, _, (who,) = tell_episode({name: ("she", course)}, cast.ben, ahead=HOUR, now=NOW)
            open_own_pages(who.id, email=f"{name}@example.org", by=cast.ben, at=NOW)
            counts.append(queries_of_own_pages(who))
    assert all(long <= short for short, long in zip(*counts, strict=True))
    assert max(counts[1]) <= 20


def test_a_form_that_is_looked_at_writes_nothing(cast: Cast) -> None:
    asking = ask("questionnaire", "phq-9", "full")
    _, token = invite(cast.amara, asking=asking, by=cast.ben, at=NOW)
    with keyring(), Watched() as watched:
        assert get_checkin_form(token, at=NOW) is not None
    assert sum(watched.counts) > 0
    assert watched.writes == []
