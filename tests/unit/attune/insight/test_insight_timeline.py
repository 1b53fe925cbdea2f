"""The timeline's reader: one client's own, what was opened, as many queries at three sessions as at three hundred."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from support.askings import ask
from support.cast import NOW, ZONE, Cast, make_cast
from support.many_sessions import many_sessions, questionnaires

from attune.audit.models import Event, Shown
from attune.base.errors import NotYours
from attune.base.ids import new_id
from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.actions import Asking, invite
from attune.care.checkins.models import Invitation, Response
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Episode, Grant, Participant
from attune.care.safety.models import Concern
from attune.care.schedule.actions import When, cancel_appointment, hold_session, plan_appointment
from attune.care.schedule.models import Appointment, Session
from attune.care.workflows.foretell import foretell
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.insight.timeline import get_timeline
from attune.insight.timeline_points import Timeline, Word
from attune.people.models import Person
from attune.people.viewers import Viewer, get_viewer
from attune.vault.keys import keyring

pytestmark = pytest.mark.django_db
HURT = {"hurt": "small", "how": "leave", "relative": "much_harder"}
MARKS = {"presence": "8", "collaboration": "7", "repair": "4"}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def read(cast: Cast, who: Participant | None = None, *, by: Viewer | None = None, practice: str = "") -> Timeline:
    with keyring():
        return get_timeline(by or cast.ben, (who or cast.amara).id, practice=practice, at=NOW)


def held(who: Participant, by: Viewer, days: int, zone: str = ZONE) -> Session:
    """A session so many days ago."""
    starts = NOW - timedelta(days=days)
    return hold_session(planned(who, by, days, zone), by=by, at=starts + timedelta(hours=1))


def planned(who: Participant, by: Viewer, days: int, zone: str = ZONE) -> Appointment:
    """An appointment so many days ago; ahead, if less than none."""
    day = (NOW - timedelta(days=days)).date()
    when = When(day, NOW.time().replace(tzinfo=None), zone)
    return plan_appointment(who.episode, when=when, by=by, at=NOW - timedelta(days=days + 3))


def answered(
    who: Participant, by: Viewer, asking: Asking, answers: dict[str, str], *, read_it: bool = True
) -> Response:
    with keyring():
        _, token = invite(who, asking=asking, by=by, at=NOW)
        receipt = receive_checkin(token=token, sent=Sent(answers, new_id()), at=NOW)
    if read_it:
        Response.objects.filter(pk=receipt.response_id).update(read_at=NOW)
    return Response.objects.get(pk=receipt.response_id)


def after(session: Session, form: str = "three") -> Asking:
    return ask("after", "attune-session", form, session_id=session.id)


def test_three_hundred_sessions_cost_no_more_queries_than_three(cast: Cast) -> None:
    scores = [(NOW - timedelta(days=30 * n), 12.0) for n in reversed(range(24))]
    many_sessions(cast.amara, cast.ben, [7, 8, 9])
    questionnaires(cast.amara, scores[:1])
    many_sessions(cast.farah, cast.ben, [7, 8, 9] * 100, apart=timedelta(days=2))
    questionnaires(cast.farah, scores)
    Participant.objects.filter(pk=cast.gil.pk).delete()
    Episode.objects.filter(pk=cast.farah.episode_id).update(kind="individual")
    few, many = _counted(cast, cast.amara), _counted(cast, cast.farah)
    assert (many.queries, few.sessions, many.sessions) == (few.queries, 3, 300)
    assert sum(few.queries) <= 20


class _Count:
    def __init__(self, queries: list[int], sessions: int) -> None:
        self.queries, self.sessions = queries, sessions


def _counted(cast: Cast, who: Participant) -> _Count:
    each = [CaptureQueriesContext(connections[alias]) for alias in ("default", "vault")]
    with each[0], each[1]:
        page = read(cast, who)
    assert all(one.marked() is not None and one.guessed() is not None for one in page.met)
    return _Count([len(one) for one in each], len(page.met))


def test_both_series_both_views_and_every_line(cast: Cast) -> None:
    one, two = held(cast.amara, cast.ben, 8), held(cast.amara, cast.ben, 1)
    with keyring():
        foretell(one, cast.amara, raw={"presence": "9", "collaboration": "9", "repair": "9"}, by=cast.ben, at=NOW)
    eight = dict.fromkeys(("acceptance", "culture", "frame", "autonomy", "feedback"), "10")
    answered(cast.amara, cast.ben, after(one, "eight"), MARKS | eight)
    answered(cast.amara, cast.ben, after(two), MARKS)
    first, second = read(cast).met
    assert first.marked() == pytest.approx(19 / 3)
    assert first.whole == pytest.approx(69 / 8)
    assert first.guessed() == 9.0
    assert (second.whole, second.guessed()) == (None, None)
    assert (first.marked("repair"), first.marked("culture"), second.marked("culture")) == (4, 10, None)
    assert first.guessed("repair") == 9


def test_what_was_not_opened_has_neither_marks_nor_words_nor_marks_of_its_own(cast: Cast) -> None:
    session = held(cast.amara, cast.ben, 1)
    response = answered(cast.amara, cast.ben, after(session), MARKS | HURT | {"keep": "You waited."}, read_it=False)
    answered(
        cast.amara, cast.ben, ask("questionnaire", "phq-9"), {f"item-{n}": "1" for n in range(1, 9)}, read_it=False
    )
    page = read(cast)
    (met,) = page.met
    assert met.unread
    assert met.came is not None
    assert (met.came.response, met.came.said, met.marked(), met.marked("repair")) == (response.id, (), None, None)
    assert page.own == ()
    assert [(row.read, row.value, row.band) for row in page.courses[0].rows] == [(False, None, "")]
    Response.objects.update(read_at=NOW)
    page = read(cast)
    assert page.met[0].came is not None
    assert [word.rule for word in page.met[0].came.said] == ["client-harder", "client-hurt"]
    assert [own.kind for own in page.own] == ["kept"]
    assert [(row.value, row.band) for row in page.courses[0].rows] == [(9.0, "mild")], (
        "the one left open counts as the mean"
    )


def test_their_own_word_comes_with_how_much_they_said(cast: Cast) -> None:
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 1)), MARKS | HURT)
    came = read(cast).met[0].came
    assert came is not None
    assert came.said == (Word("client-harder", "much_harder"), Word("client-hurt", "small"))


def test_a_word_that_was_corrected_since_stays_and_says_so(cast: Cast) -> None:
    session = held(cast.amara, cast.ben, 1)
    first = answered(cast.amara, cast.ben, after(session), MARKS | {"hurt": "yes"}, read_it=False)
    with keyring():
        Response.objects.create(
            invitation=first.invitation, participant=cast.amara, instrument="attune-session", version="1", form="three",
            language="en", given_at=NOW, submission=new_id(), replaces=first, read_at=NOW, answers=first.answers,
        )  # fmt: skip
    came = read(cast).met[0].came
    assert came is not None
    assert came.said == (Word("client-hurt", "", stands=False),)


def test_of_two_links_for_one_session_the_later_answer_stands(cast: Cast) -> None:
    session = held(cast.amara, cast.ben, 1)
    with keyring():
        tokens = [invite(cast.amara, asking=after(session), by=cast.ben, at=NOW)[1] for _ in range(2)]
        Invitation.objects.update(withdrawn_at=None)
        for token, minutes, mark in ((tokens[0], 2, "9"), (tokens[1], 1, "3")):
            receive_checkin(
                token=token, sent=Sent(dict.fromkeys(MARKS, mark), new_id()), at=NOW + timedelta(minutes=minutes)
            )
    Response.objects.update(read_at=NOW)
    assert [one.marked() for one in read(cast).met] == [9.0]


def test_a_colleague_who_stands_in_does_not_see_what_the_therapist_had_thought(cast: Cast) -> None:
    many_sessions(cast.amara, cast.ben, [7])
    ola = get_viewer(cast.accounts["Ola"].person_id, at=NOW)
    with keyring():
        Grant.objects.create(
            episode=cast.amara.episode, person=Person.objects.get(pk=ola.me), kind="deputy",
            since=NOW - timedelta(days=1), until=NOW + timedelta(days=1), reason="away",
        )  # fmt: skip
    assert [(one.marked(), one.guessed()) for one in read(cast).met] == [(7.0, 6 + 2)]
    assert [(one.marked(), one.guessed()) for one in read(cast, by=ola).met] == [(7.0, None)]


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_nobody_else_may_read_it_and_nothing_is_noted(cast: Cast, name: str) -> None:
    before = Event.objects.count()
    with pytest.raises(NotYours):
        read(cast, by=get_viewer(cast.accounts[name].person_id, at=NOW))
    with pytest.raises(NotYours), keyring():
        get_timeline(cast.ben, new_id(), at=NOW)
    assert Event.objects.count() == before


def test_it_leaves_one_event_that_names_the_one_who_was_shown(cast: Cast) -> None:
    before = Event.objects.count()
    read(cast, cast.farah)
    event = Event.objects.order_by("-seq")[0]
    assert Event.objects.count() == before + 1
    assert (event.verb, event.episode) == ("timeline.read", cast.farah.episode_id)
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.farah.person_id]


def test_nothing_of_the_other_is_on_it(cast: Cast) -> None:
    session = held(cast.farah, cast.ben, 1)
    danger = {"item-9": "3"}
    step = {"keep": "The walk.", "step": "To ring."}
    answered(cast.farah, cast.ben, after(session), MARKS | HURT | step)
    answered(cast.farah, cast.ben, ask("questionnaire", "phq-9"), danger)
    hers, his = read(cast, cast.farah), read(cast, cast.gil)
    assert (hers.name, his.name, hers.alone) == ("F", "G", False)
    assert (len(hers.own), len(hers.concerns), len(hers.courses)) == (1, 1, 1)
    assert [(one.came, one.thought) for one in his.met] == [(None, None)]
    assert (his.own, his.concerns, his.courses) == ((), (), ())
    answered(cast.gil, cast.ben, after(session), dict.fromkeys(MARKS, "9"))
    came = read(cast, cast.gil).met[0].came
    assert came is not None
    assert (came.said, came.marks.three) == ((), 9.0), "of the same hour, and yet nothing that she said"


def test_who_joined_later_has_no_sessions_of_before_and_who_left_none_of_after(cast: Cast) -> None:
    for days in (15, 8, 1):
        held(cast.farah, cast.ben, days)
    Participant.objects.filter(pk=cast.gil.pk).update(since=NOW - timedelta(days=10), until=NOW - timedelta(days=5))
    assert [one.number for one in read(cast, cast.farah).met] == [1, 2, 3]
    gils = read(cast, cast.gil)
    assert [one.number for one in gils.met] == [2]
    assert (gils.ended, gils.until) == (True, NOW - timedelta(days=5))


def test_what_was_entered_afterwards_is_still_theirs(cast: Cast) -> None:
    """Work that had begun before it was entered here."""
    Participant.objects.filter(pk=cast.amara.pk).update(since=NOW)
    Episode.objects.filter(pk=cast.amara.episode_id).update(opened_at=NOW)
    held(cast.amara, cast.ben, 30)
    assert len(read(cast).met) == 1


def test_cancelled_meetings_are_gaps_unless_another_was_held_at_that_hour(cast: Cast) -> None:
    for days in (8, 1):
        cancel_appointment(planned(cast.amara, cast.ben, days), by=cast.ben, at=NOW - timedelta(days=days + 1))
    cancel_appointment(planned(cast.amara, cast.ben, -2), by=cast.ben, at=NOW)
    held(cast.amara, cast.ben, 1)
    page = read(cast)
    assert [(NOW - at).days for at in page.cancelled] == [8], "neither one that lies ahead nor one that was replaced"


def test_only_steps_told_as_done_become_marks_and_where_they_were_told(cast: Cast) -> None:
    one, two = held(cast.amara, cast.ben, 8), held(cast.amara, cast.ben, 1)
    answered(cast.amara, cast.ben, after(one), MARKS | {"step": "Ring her.", "keep": "You waited."})
    before = ask("before", "attune-before", appointment_id=two.appointment_id)
    told = answered(cast.amara, cast.ben, before, {"wellbeing": "5", "step_outcome": "done"})
    page = read(cast)
    assert [(own.kind, own.response == told.id) for own in page.own] == [("kept", False), ("step", True)]
    assert page.own[0].at == page.met[0].at, "what came with a session stands beside it"
    assert page.own[1].at == NOW
    Step.objects.update(outcome="changed")
    assert [own.kind for own in read(cast).own] == ["kept"]
    assert Kept.objects.count() == 1


def test_a_questionnaire_tells_bands_and_what_moved_by_more_than_its_own_error(cast: Cast) -> None:
    questionnaires(cast.amara, [(NOW - timedelta(days=days), value) for days, value in ((60, 16), (30, 12), (2, 8))])
    (course,) = read(cast).courses
    assert (course.name, course.scale is not None) == ("PHQ-9", True)
    assert course.scale is not None
    assert (course.scale.lowest, course.scale.highest, course.scale.higher) == (0, 27, "worse")
    assert course.scale.error == pytest.approx(5.056, abs=0.001), "1.96 x 5.5 x sqrt(2 x (1 - 0.89))"
    assert [(row.value, row.band, row.moved) for row in course.rows] == [
        (16.0, "moderately severe", ""),
        (12.0, "moderate", "within"),
        (8.0, "mild", "lower"),
    ]


def test_a_questionnaire_that_is_gone_keeps_its_day_and_has_no_score(cast: Cast) -> None:
    questionnaires(cast.amara, [(NOW - timedelta(days=2), 8)])
    Response.objects.update(instrument="gone", version="9")
    (course,) = read(cast).courses
    assert (course.name, course.scale, [row.value for row in course.rows]) == ("gone", None, [None])


def test_a_concern_is_there_before_anything_is_opened_and_whatever_practice_is_chosen(cast: Cast) -> None:
    answered(cast.amara, cast.ben, ask("questionnaire", "phq-9"), {"item-9": "1"}, read_it=False)
    concern = Concern.objects.get()
    for practice in ("", "culture"):
        assert [(one.id, one.answered) for one in read(cast, practice=practice).concerns] == [(concern.id, False)]


@pytest.mark.parametrize(
    ("practice", "said", "own", "courses"),
    [
        ("", 2, ["kept", "step"], 1),
        ("repair", 2, [], 0),
        ("autonomy", 0, ["kept", "step"], 0),
        ("presence", 0, ["kept"], 0),
        ("feedback", 0, [], 1),
        ("culture", 0, [], 0),
    ],
)
def test_a_practice_shows_only_what_serves_it(
    cast: Cast, practice: str, said: int, own: list[str], courses: int
) -> None:
    one, two = held(cast.amara, cast.ben, 8), held(cast.amara, cast.ben, 1)
    answered(cast.amara, cast.ben, after(one), MARKS | HURT | {"step": "Ring her.", "keep": "You waited."})
    before = ask("before", "attune-before", appointment_id=two.appointment_id)
    answered(cast.amara, cast.ben, before, {"step_outcome": "done"})
    questionnaires(cast.amara, [(NOW - timedelta(days=2), 8)])
    page = read(cast, practice=practice)
    came = page.met[0].came
    assert came is not None
    assert (len(came.said), [one.kind for one in page.own], len(page.courses)) == (said, own, courses)


def test_times_are_told_where_they_happened(cast: Cast) -> None:
    """A session late in the evening of Kolkata is still the day before in London."""
    Episode.objects.filter(pk=cast.amara.episode_id).update(zone="Asia/Kolkata")
    many_sessions(cast.amara, cast.ben, [7], zone="Asia/Kolkata")
    Session.objects.update(held_at=NOW.replace(hour=20))
    (met,) = read(cast).met
    assert (met.at.day, met.at.hour, met.at.utcoffset()) == (18, 2, timedelta(hours=5, minutes=30))


def test_work_that_has_ended_ends_there(cast: Cast) -> None:
    many_sessions(cast.amara, cast.ben, [7, 8])
    end_episode(cast.amara.episode, by=cast.ben, at=NOW - timedelta(hours=2))
    page = read(cast)
    assert (page.ended, page.until, len(page.met)) == (True, NOW - timedelta(hours=2), 2)
