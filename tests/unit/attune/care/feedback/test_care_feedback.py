"""Loops: you said, what was answered, what came of it. Nothing is written over; a no opens it again."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from support.cast import NOW, ZONE, Cast
from support.sessions_told import yesterdays_session

from attune.audit.models import Event, Shown
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.checkins.actions import invite, mark_read
from attune.care.checkins.models import Response
from attune.care.episodes.actions import end_episode, grant_deputy
from attune.care.episodes.models import Participant
from attune.care.feedback.actions import LONGEST, Given, answer_word, open_words, say_something
from attune.care.feedback.loops import Loop
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.feedback.readers import (
    list_loops_at_desk,
    list_own_loops,
    list_waiting,
)
from attune.care.feedback.verdicts import bear_out, enter_verdict, give_verdict, tell_how_taken
from attune.care.schedule.actions import When, plan_appointment
from attune.care.schedule.models import Appointment
from attune.care.workflows.correct_checkin import correct_checkin
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.offer_checkin import after_asking, before_asking
from attune.care.workflows.receive_checkin import Sent, receive_checkin
from attune.care.workflows.words_said import words_of
from attune.insight.checkin_form import get_checkin_form
from attune.people.models import Person
from attune.people.viewers import ANONYMOUS, MACHINE, Viewer, get_viewer
from attune.vault.keys import Owner

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    Participant.objects.update(own_pages_since=NOW - timedelta(weeks=1))


def own(who: Participant) -> Viewer:
    return get_viewer(who.person_id, at=NOW)


def staff(cast: Cast, name: str) -> Viewer:
    return get_viewer(cast.accounts[name].person_id, at=NOW)


def said(who: Participant, text: str = "The sheets.", key: UUID | None = None) -> Word:
    say_something(who.id, text=text, submission=key or new_id(), by=own(who), at=NOW)
    return Word.objects.filter(participant=who).latest("id")


def opened(cast: Cast, who: Participant, text: str = "The sheets.") -> Word:
    word = said(who, text)
    open_words(who.id, by=cast.ben, at=NOW)
    return word


def given(kind: str = "changed", text: str = "I leave them in the drawer.", key: UUID | None = None) -> Given:
    return Given(kind, text, TODAY if kind == "changed" else None, key or new_id())


def answered(cast: Cast, word: Word, kind: str = "changed", at: Any = NOW) -> Answer:
    answer_word(word.id, given(kind), by=cast.ben, at=at)
    return Answer.objects.filter(word=word).latest("id")


def in_a_check_in(cast: Cast, *, read: bool = True, **words: str) -> Response:
    """What Amara wrote after yesterday's session."""
    session = yesterdays_session(cast.amara, by=cast.ben)
    _, token = invite(cast.amara, asking=after_asking(cast.amara, session), by=cast.ben, at=NOW)
    receive_checkin(token=token, sent=Sent({"presence": "7", **words}, new_id(), browser="b" * 43), at=NOW)
    response = Response.objects.select_related("participant").get()
    if read:
        mark_read(response, by=cast.ben, at=NOW)
    return response


def loops(who: Participant) -> list[Loop]:
    return list_loops_at_desk({who.id: who}).of.get(who.id, [])


def loop(who: Participant) -> Loop:
    (one,) = loops(who)
    return one


def waits(who: Participant) -> bool:
    return (who.id, False) in [(one.participant, one.unopened) for one in list_waiting([who.episode_id])]


def unopened(who: Participant) -> bool:
    return (who.id, True) in [(one.participant, one.unopened) for one in list_waiting([who.episode_id])]


def test_only_more_less_and_what_is_said_at_any_time_are_loops(cast: Cast) -> None:
    in_a_check_in(cast, more="Silence.", less="Sheets.")
    opened(cast, cast.amara)
    assert sorted(one.word.kind for one in loops(cast.amara)) == ["any", "less", "more"]
    Word.objects.filter(kind="more").update(kind="today", waiting_since=None)
    Word.objects.filter(kind="less").update(kind="unsaid", waiting_since=None)
    assert [one.word.kind for one in loops(cast.amara)] == ["any"]


def test_a_word_said_at_any_time_is_the_clients_own_and_of_no_check_in(cast: Cast) -> None:
    word = said(cast.amara)
    assert word.seal_owner() == Owner("person", cast.amara.person_id)
    stored = Word.objects.filter(pk=word.pk).values_list("text", flat=True).get()
    assert b"sheets" not in bytes(stored or b"")
    assert words_of({cast.amara.id: cast.amara}) == {}


def test_what_was_said_is_seen_once_it_was_opened(cast: Cast) -> None:
    said(cast.amara)
    found = list_loops_at_desk({cast.amara.id: cast.amara})
    assert (dict(found.of), found.unopened[cast.amara.id]) == ({}, 1)
    assert len(list_own_loops({cast.amara.id: cast.amara}).of[cast.amara.id]) == 1, "the client sees their own at once"
    assert unopened(cast.amara)
    assert not waits(cast.amara), "it is unread, and no wish yet"
    for _ in range(2):
        open_words(cast.amara.id, by=cast.ben, at=NOW)
    assert loop(cast.amara).word.text == "The sheets."
    assert not unopened(cast.amara)
    assert waits(cast.amara)
    event = Event.objects.get(verb="word.read")
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_what_was_written_in_a_check_in_is_seen_once_that_was_opened(cast: Cast) -> None:
    response = in_a_check_in(cast, less="Sheets.", read=False)
    assert loops(cast.amara) == []
    assert not waits(cast.amara)
    with pytest.raises(NotYours):
        answer_word(Word.objects.get().id, given(), by=cast.ben, at=NOW)
    mark_read(response, by=cast.ben, at=NOW)
    assert loop(cast.amara).state == "waits"
    assert waits(cast.amara)


def test_the_same_form_twice_is_one_word(cast: Cast) -> None:
    key = new_id()
    for _ in range(2):
        said(cast.amara, "Once.\r\nAnd on.", key=key)
    assert Word.objects.count() == Event.objects.filter(verb="word.said").count() == 1
    with pytest.raises(Conflict):
        said(cast.amara, "Something else.", key=key)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST + 1)], ids=["nothing", "blank", "too long"])
def test_what_cannot_be_kept_is_refused_by_field(cast: Cast, text: str) -> None:
    with pytest.raises(Refused) as refused:
        said(cast.amara, text)
    assert list(refused.value.fields) == ["words"]
    word = opened(cast, cast.amara)
    with pytest.raises(Refused) as refused:
        answer_word(word.id, given("kept", text), by=cast.ben, at=NOW)
    assert list(refused.value.fields) == ["words"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("kind", "since", "field"),
    [
        ("agreed", None, "kind"),
        ("changed", None, "since"),
        ("changed", TODAY + 400 * DAY, "since"),
        ("changed", date(1, 1, 1), "since"),
        ("kept", TODAY, "since"),
    ],
)
def test_a_change_has_a_day_and_nothing_else_has(cast: Cast, kind: str, since: date | None, field: str) -> None:
    word = opened(cast, cast.amara)
    with pytest.raises(Refused) as refused:
        answer_word(word.id, Given(kind, "Because.", since, new_id()), by=cast.ben, at=NOW)
    assert list(refused.value.fields) == [field]


def test_to_talk_about_it_needs_no_words(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    answer_word(word.id, given("talk", ""), by=cast.ben, at=NOW)
    assert (loop(cast.amara).state, waits(cast.amara)) == ("talk", False)


def test_an_answer_is_sealed_with_the_clients_key_and_later_ones_stand_beside_it(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    first = answered(cast, word, "talk")
    second = answered(cast, word, at=NOW + MINUTE)
    first.word.participant = cast.amara
    assert first.seal_owner() == Owner("person", cast.amara.person_id)
    stored = Answer.objects.filter(pk=second.pk).values_list("text", flat=True).get()
    assert b"drawer" not in bytes(stored or b"")
    assert [turn.answer.id for turn in loop(cast.amara).turns] == [first.id, second.id]
    assert [turn.answer.text for turn in loop(cast.amara).turns] == ["I leave them in the drawer."] * 2
    assert loop(cast.amara).state == "told"
    assert not waits(cast.amara)
    assert Event.objects.filter(verb="word.answered", subject_kind="answer").count() == 2


def test_the_same_answer_twice_is_one(cast: Cast) -> None:
    word, key = opened(cast, cast.amara), new_id()
    for _ in range(2):
        answer_word(word.id, given(key=key), by=cast.ben, at=NOW)
    assert Answer.objects.count() == 1
    with pytest.raises(Conflict):
        answer_word(word.id, given("kept", key=key), by=cast.ben, at=NOW)


def test_the_clients_verdict_closes_a_change(cast: Cast) -> None:
    answer = answered(cast, opened(cast, cast.amara))
    give_verdict(cast.amara.id, answer.id, kind="not_yet", by=own(cast.amara), at=NOW)
    assert loop(cast.amara).state == "told"
    for _ in range(2):
        give_verdict(cast.amara.id, answer.id, kind="better", by=own(cast.amara), at=NOW + MINUTE)
    assert loop(cast.amara).state == "closed"
    assert list(Verdict.objects.order_by("given_at").values_list("kind", flat=True)) == ["not_yet", "better"]


@pytest.mark.parametrize(("answer", "no"), [("kept", "not_right"), ("changed", "worse")])
def test_a_no_opens_it_again(cast: Cast, answer: str, no: str) -> None:
    word = opened(cast, cast.amara)
    give_verdict(cast.amara.id, answered(cast, word, answer).id, kind=no, by=own(cast.amara), at=NOW + DAY)
    assert loop(cast.amara).is_reopened
    assert [one.since for one in list_waiting([cast.amara.episode_id])] == [NOW + DAY]
    answered(cast, word, "talk", at=NOW + DAY)
    assert (loop(cast.amara).state, waits(cast.amara)) == ("talk", False)


def test_two_kept_in_a_row_are_counted_until_something_else_is_answered(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    assert loop(cast.amara).kept_in_a_row == 0
    for n, kind in enumerate(("kept", "changed", "kept", "kept")):
        answered(cast, word, kind, at=NOW + n * MINUTE)
    assert loop(cast.amara).kept_in_a_row == 2


def test_a_verdict_is_of_the_answer_that_stands(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    before = answered(cast, word)
    kept = answered(cast, word, "kept", at=NOW + MINUTE)
    with pytest.raises(Conflict):
        give_verdict(cast.amara.id, before.id, kind="better", by=own(cast.amara), at=NOW)
    for kind in ("better", "", "nonsense"):
        with pytest.raises(NotYours):
            give_verdict(cast.amara.id, kept.id, kind=kind, by=own(cast.amara), at=NOW)


def test_what_was_said_in_the_room_stands_as_told_until_the_client_bears_it_out(cast: Cast) -> None:
    answer = answered(cast, opened(cast, cast.amara))
    enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW)
    verdict = Verdict.objects.get()
    assert (verdict.entered_by_id, loop(cast.amara).state) == (cast.ben.me, "closed")
    for _ in range(2):
        bear_out(cast.amara.id, verdict.id, said="right", by=own(cast.amara), at=NOW)
    assert Event.objects.filter(verb="verdict.borne-out").count() == 1
    with pytest.raises(Conflict):
        bear_out(cast.amara.id, verdict.id, said="not_said", by=own(cast.amara), at=NOW)


def test_what_the_client_did_not_say_is_no_verdict(cast: Cast) -> None:
    answer = answered(cast, opened(cast, cast.amara))
    enter_verdict(cast.amara.id, answer.id, kind="worse", by=cast.ben, at=NOW)
    assert waits(cast.amara)
    bear_out(cast.amara.id, Verdict.objects.get().id, said="not_said", by=own(cast.amara), at=NOW)
    assert (loop(cast.amara).state, loop(cast.amara).verdict, waits(cast.amara)) == ("told", None, False)


def test_the_clients_own_word_is_not_written_over_by_ear(cast: Cast) -> None:
    answer = answered(cast, opened(cast, cast.amara))
    enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW)
    give_verdict(cast.amara.id, answer.id, kind="same", by=own(cast.amara), at=NOW + MINUTE)
    with pytest.raises(Conflict):
        enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW + DAY)
    own_one = Verdict.objects.get(entered_by=None)
    with pytest.raises(NotYours):
        bear_out(cast.amara.id, own_one.id, said="right", by=own(cast.amara), at=NOW)


def test_how_it_was_taken_is_said_once(cast: Cast) -> None:
    answer = answered(cast, opened(cast, cast.amara))
    give_verdict(cast.amara.id, answer.id, kind="better", by=own(cast.amara), at=NOW)
    verdict = Verdict.objects.get()
    for _ in range(2):
        tell_how_taken(cast.amara.id, verdict.id, taken="well", by=own(cast.amara), at=NOW)
    with pytest.raises(Conflict):
        tell_how_taken(cast.amara.id, verdict.id, taken="badly", by=own(cast.amara), at=NOW)
    assert loop(cast.amara).verdict == verdict
    assert Verdict.objects.get().taken == "well"


def test_a_corrected_wish_is_nobodys_any_more(cast: Cast) -> None:
    response = in_a_check_in(cast, less="Sheets.", read=False)
    session = response.invitation.session
    assert session is not None
    _, token = invite(cast.amara, asking=after_asking(cast.amara, session), by=cast.ben, at=NOW)
    first = Sent({"presence": "7", "less": "Sheets."}, new_id(), browser="b" * 43)
    receive_checkin(token=token, sent=first, at=NOW)
    before = Response.objects.latest("id")
    changed = Sent({"presence": "7", "less": "Paper."}, new_id(), browser="b" * 43)
    correct_checkin(token=token, sent=changed, revision=before.id, at=NOW + MINUTE)
    Response.objects.update(read_at=NOW + DAY)
    assert sorted(one.word.text or "" for one in loops(cast.amara)) == ["Paper.", "Sheets."]
    gone = Word.objects.get(response=before)
    with pytest.raises(NotYours):
        answer_word(gone.id, given(), by=cast.ben, at=NOW + DAY)


def desk_doors(cast: Cast, word: Word, answer: Answer, viewer: Viewer) -> list[Callable[[], object]]:
    who = word.participant_id
    return [
        lambda: open_words(who, by=viewer, at=NOW),
        lambda: answer_word(word.id, given(), by=viewer, at=NOW),
        lambda: answer_word(new_id(), given(), by=viewer, at=NOW),
        lambda: enter_verdict(who, answer.id, kind="better", by=viewer, at=NOW),
    ]


def own_doors(participant_id: UUID, answer: Answer, verdict: Verdict, viewer: Viewer) -> list[Callable[[], object]]:
    return [
        lambda: say_something(participant_id, text="x", submission=new_id(), by=viewer, at=NOW),
        lambda: give_verdict(participant_id, answer.id, kind="better", by=viewer, at=NOW),
        lambda: give_verdict(participant_id, None, kind="better", by=viewer, at=NOW),
        lambda: tell_how_taken(participant_id, verdict.id, taken="well", by=viewer, at=NOW),
        lambda: bear_out(participant_id, verdict.id, said="right", by=viewer, at=NOW),
        lambda: bear_out(participant_id, None, said="right", by=viewer, at=NOW),
    ]


def shut(doors: list[Callable[[], object]]) -> None:
    events = Event.objects.count()
    for door in doors:
        with pytest.raises(NotYours):
            door()
    assert Event.objects.count() == events


def test_nobody_else_at_the_desk_and_no_other_client(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    answer = answered(cast, word)
    enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW)
    verdict = Verdict.objects.get()
    for name in ("Ola", "Chidi", "Eli"):
        shut(desk_doors(cast, word, answer, staff(cast, name)))
    shut(desk_doors(cast, word, answer, own(cast.amara)))
    for viewer in (own(cast.dana), cast.ben, MACHINE, ANONYMOUS):
        shut(own_doors(cast.amara.id, answer, verdict, viewer))
    shut([lambda: give_verdict(cast.dana.id, answer.id, kind="better", by=own(cast.dana), at=NOW)])
    shut([lambda: bear_out(cast.dana.id, verdict.id, said="right", by=own(cast.dana), at=NOW)])


def test_of_a_couple_each_has_their_own(cast: Cast) -> None:
    word = opened(cast, cast.farah, "Gil must not read this.")
    answer = answered(cast, word)
    give_verdict(cast.farah.id, answer.id, kind="better", by=own(cast.farah), at=NOW)
    verdict = Verdict.objects.get()
    shut(own_doors(cast.farah.id, answer, verdict, own(cast.gil)))
    shut([lambda: give_verdict(cast.gil.id, answer.id, kind="worse", by=own(cast.gil), at=NOW)])
    shut([lambda: enter_verdict(cast.gil.id, answer.id, kind="worse", by=cast.ben, at=NOW)])
    for read in (list_own_loops, list_loops_at_desk):
        assert not read({cast.gil.id: cast.gil}).of


def test_a_deputy_answers_until_the_client_keeps_them_out(cast: Cast) -> None:
    word, ola = opened(cast, cast.amara), staff(cast, "Ola")
    person = Person.objects.get(pk=ola.me)
    grant_deputy(cast.amara.episode, person=person, until=NOW + DAY, reason="Ill.", by=cast.ben, at=NOW)
    answer_word(word.id, given(), by=ola, at=NOW)
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    shut(desk_doors(cast, word, Answer.objects.get(), ola))


def test_when_the_work_has_ended_nothing_new_is_said(cast: Cast) -> None:
    word = opened(cast, cast.amara)
    answer = answered(cast, word)
    enter_verdict(cast.amara.id, answer.id, kind="same", by=cast.ben, at=NOW)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    for new in (
        lambda: said(cast.amara),
        lambda: answered(cast, word),
        lambda: give_verdict(cast.amara.id, answer.id, kind="better", by=own(cast.amara), at=NOW),
        lambda: enter_verdict(cast.amara.id, answer.id, kind="better", by=cast.ben, at=NOW),
    ):
        with pytest.raises(Conflict):
            new()
    bear_out(cast.amara.id, Verdict.objects.get().id, said="not_quite", by=own(cast.amara), at=NOW)
    assert loop(cast.amara).verdict is not None


def before(cast: Cast, who: Participant, *, felt: str = "", at: datetime = NOW + DAY) -> tuple[str, list[str]]:
    """The check-in before a meeting two days on, answered where `felt` says how; and what it had asked."""
    wall = (NOW + 2 * DAY).astimezone(ZoneInfo(ZONE))
    when = When(wall.date(), wall.time().replace(tzinfo=None), ZONE)
    ahead = Appointment.objects.filter(episode=who.episode, state="planned", session=None).first()
    ahead = ahead or plan_appointment(who.episode, when=when, by=cast.ben, at=NOW)
    _, token = invite(who, asking=before_asking(who, ahead), by=cast.ben, at=at)
    form = get_checkin_form(token, at=at)
    assert form is not None
    asked = [item.key for item in form.parts[0].after]
    if felt:
        receive_checkin(token=token, sent=Sent({"wellbeing": "5", "felt": felt}, new_id(), browser="b" * 43), at=at)
    return token, asked


def test_the_next_check_in_asks_whether_a_change_was_felt_and_names_nothing(cast: Cast) -> None:
    assert "felt" not in before(cast, cast.amara)[1]
    answered(cast, opened(cast, cast.amara), "kept")
    assert "felt" not in before(cast, cast.amara)[1]
    answered(cast, opened(cast, cast.amara, "Tea."))
    assert "felt" in before(cast, cast.amara, felt="worse")[1]
    assert not [one for one in loops(cast.amara) if one.verdict], "that check-in has not been opened"
    assert not waits(cast.amara)
    assert [
        one.verdict.kind for one in list_own_loops({cast.amara.id: cast.amara}).of[cast.amara.id] if one.verdict
    ] == ["worse"]
    Response.objects.update(read_at=NOW + DAY)
    assert [one.verdict.kind for one in loops(cast.amara) if one.verdict] == ["worse"]
    assert waits(cast.amara)


def test_in_a_couple_no_check_in_tells_that_something_changed(cast: Cast) -> None:
    answered(cast, opened(cast, cast.farah))
    for who in (cast.farah, cast.gil):
        assert "felt" not in before(cast, who)[1]


def test_a_corrected_check_in_takes_its_verdict_along(cast: Cast) -> None:
    answered(cast, opened(cast, cast.amara))
    token, _ = before(cast, cast.amara, felt="worse")
    sent = Response.objects.get()
    better = Sent({"wellbeing": "5", "felt": "better"}, new_id(), browser="b" * 43)
    correct_checkin(token=token, sent=better, revision=sent.id, at=NOW + DAY + MINUTE)
    (own_one,) = list_own_loops({cast.amara.id: cast.amara}).of[cast.amara.id]
    assert (own_one.verdict and own_one.verdict.kind, own_one.state) == ("better", "closed")
    assert Word.objects.get().waiting_since is None
