"""Messages: one client's own, sent once, opened by the other side, taken back soon; nobody learns what was opened."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from support.cast import NOW, Cast

from attune.audit.models import Event, Shown
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.episodes.actions import end_assignment, end_episode, grant_deputy
from attune.care.episodes.models import Assignment, Participant
from attune.care.messages.actions import (
    LONGEST,
    open_from_client,
    open_from_therapist,
    send_to_client,
    send_to_therapist,
    take_back_at_desk,
    take_back_own,
)
from attune.care.messages.models import Message
from attune.care.messages.readers import AT_ONCE, count_unopened, list_messages, list_unopened
from attune.care.workflows.keep_out import keep_out
from attune.insight.conversation import get_conversation, get_own_conversation
from attune.people.models import Person
from attune.people.viewers import ANONYMOUS, MACHINE, Viewer, get_viewer
from attune.vault.keys import Owner

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    """What is written to them can be read by all of them."""
    Participant.objects.update(own_pages_since=NOW - timedelta(weeks=1))


def own(who: Participant) -> Viewer:
    return get_viewer(who.person_id, at=NOW)


def staff(cast: Cast, name: str) -> Viewer:
    return get_viewer(cast.accounts[name].person_id, at=NOW)


def wrote(who: Participant, text: str = "My father called.", at: object = NOW, key: UUID | None = None) -> Message:
    send_to_therapist(who.id, text=text, submission=key or new_id(), by=own(who), at=at)  # type: ignore[arg-type]
    return Message.objects.filter(participant=who).latest("id")


def answered(cast: Cast, who: Participant, text: str = "I have read it.", key: UUID | None = None) -> Message:
    send_to_client(who.id, text=text, submission=key or new_id(), by=cast.ben, at=NOW)
    return Message.objects.filter(participant=who).latest("id")


def texts(who: Participant) -> list[str | None]:
    return [one.text for one in list_messages(who)]


def shown(cast: Cast, who: Participant, viewer: Viewer | None = None) -> list[str | None]:
    page = get_conversation(viewer or cast.ben, who.id, at=NOW)
    return [one.message.text for day in page.days for one in day.written]


def test_both_write_in_one_conversation_that_is_the_clients_own(cast: Cast) -> None:
    hers, his = wrote(cast.amara), answered(cast, cast.amara)
    assert texts(cast.amara) == ["My father called.", "I have read it."]
    for one in (hers, his):
        assert one.seal_owner() == Owner("person", cast.amara.person_id)
    stored = Message.objects.filter(pk=hers.pk).values_list("text", flat=True).get()
    assert b"father" not in bytes(stored or b"")


def test_what_came_in_is_seen_once_it_was_opened(cast: Cast) -> None:
    wrote(cast.amara)
    page = get_conversation(cast.ben, cast.amara.id, at=NOW)
    assert (page.days, page.unopened) == ([], 1)
    open_from_client(cast.amara.id, by=cast.ben, at=NOW)
    assert shown(cast, cast.amara) == ["My father called."]
    assert Message.objects.get().read_at == NOW


def test_a_client_opens_what_was_written_to_them_and_sees_their_own_at_once(cast: Cast) -> None:
    wrote(cast.amara)
    answered(cast, cast.amara)
    page = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    assert ([one.message.text for day in page.days for one in day.written], page.unopened) == (["My father called."], 1)
    open_from_therapist(cast.amara.id, by=own(cast.amara), at=NOW)
    page = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    assert [one.name for day in page.days for one in day.written] == ["Amara", "Ben"]
    assert count_unopened(cast.amara, by_client=False) == 1, "opening one's own side opens no other"


def test_opened_once_the_first_time_is_kept(cast: Cast) -> None:
    wrote(cast.amara)
    open_from_client(cast.amara.id, by=cast.ben, at=NOW)
    open_from_client(cast.amara.id, by=cast.ben, at=NOW + MINUTE)
    assert Message.objects.get().read_at == NOW
    event = Event.objects.get(verb="message.read")
    assert list(Shown.objects.filter(event=event).values_list("person", flat=True)) == [cast.amara.person_id]


def test_the_same_form_twice_is_one_message(cast: Cast) -> None:
    key = uuid4()
    for _ in range(2):
        wrote(cast.amara, "Once.\r\nAnd on.", key=key)
    assert texts(cast.amara) == ["Once.\nAnd on."]
    assert Event.objects.filter(verb="message.sent").count() == 1
    with pytest.raises(Conflict):
        wrote(cast.amara, "Something else.", key=key)
    assert texts(cast.amara) == ["Once.\nAnd on."]


def test_a_key_of_one_side_is_none_of_the_other(cast: Cast) -> None:
    key = uuid4()
    wrote(cast.amara, key=key)
    answered(cast, cast.amara, key=key)
    wrote(cast.farah, key=key)
    assert Message.objects.count() == 3


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)], ids=["nothing", "blank", "too long"])
def test_what_cannot_be_sent_is_refused_by_field(cast: Cast, text: str) -> None:
    with pytest.raises(Refused) as refused:
        wrote(cast.amara, text)
    assert list(refused.value.fields) == ["words"]
    assert not Message.objects.exists()


def test_a_new_line_is_one_sign(cast: Cast) -> None:
    wrote(cast.amara, "\r\n".join(["x" * 99] * 40))
    assert len(texts(cast.amara)[0] or "") == 3999


@pytest.mark.parametrize("opened", [False, True])
def test_taken_back_it_has_no_words_and_tells_nothing_of_whether_it_was_opened(cast: Cast, opened: bool) -> None:
    hers = wrote(cast.amara)
    if opened:
        open_from_client(cast.amara.id, by=cast.ben, at=NOW)
    seen = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    assert seen.newest is not None
    assert seen.newest.may_take_back
    for _ in range(2):
        take_back_own(cast.amara.id, hers.id, by=own(cast.amara), at=NOW + 9 * MINUTE)
    assert Message.objects.filter(pk=hers.pk).values_list("text", flat=True).get() is None
    assert shown(cast, cast.amara) == [None], "that there was something stays, for both alike"
    assert not list_unopened([cast.amara.episode_id])
    assert Event.objects.filter(verb="message.taken-back").count() == 1


def test_after_ten_minutes_it_stays(cast: Cast) -> None:
    hers = wrote(cast.amara)
    for at in (NOW + 10 * MINUTE, NOW + timedelta(days=1)):
        with pytest.raises(Conflict):
            take_back_own(cast.amara.id, hers.id, by=own(cast.amara), at=at)
    assert texts(cast.amara) == ["My father called."]


def test_nobody_takes_back_what_another_wrote(cast: Cast) -> None:
    hers, his = wrote(cast.amara), answered(cast, cast.amara)
    for try_it in (
        lambda: take_back_at_desk(cast.amara.id, hers.id, by=cast.ben, at=NOW),
        lambda: take_back_own(cast.amara.id, his.id, by=own(cast.amara), at=NOW),
        lambda: take_back_at_desk(cast.farah.id, his.id, by=cast.ben, at=NOW),
        lambda: take_back_at_desk(cast.amara.id, None, by=cast.ben, at=NOW),
    ):
        with pytest.raises(NotYours):
            try_it()
    take_back_at_desk(cast.amara.id, his.id, by=cast.ben, at=NOW)
    assert texts(cast.amara) == ["My father called.", None]


def desk_doors(who: Participant, viewer: Viewer) -> list[Callable[[], object]]:
    return [
        lambda: get_conversation(viewer, who.id, at=NOW),
        lambda: open_from_client(who.id, by=viewer, at=NOW),
        lambda: send_to_client(who.id, text="Hello.", submission=new_id(), by=viewer, at=NOW),
        lambda: take_back_at_desk(who.id, new_id(), by=viewer, at=NOW),
    ]


def own_doors(participant_id: UUID, viewer: Viewer) -> list[Callable[[], object]]:
    return [
        lambda: get_own_conversation(viewer, participant_id, at=NOW),
        lambda: open_from_therapist(participant_id, by=viewer, at=NOW),
        lambda: send_to_therapist(participant_id, text="Hello.", submission=new_id(), by=viewer, at=NOW),
        lambda: take_back_own(participant_id, new_id(), by=viewer, at=NOW),
    ]


def shut(doors: list[Callable[[], object]]) -> None:
    events = Event.objects.count()
    for door in doors:
        with pytest.raises(NotYours):
            door()
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", ["Ola", "Chidi", "Eli"])
def test_at_the_desk_only_who_works_with_the_client(cast: Cast, name: str) -> None:
    """Ola has worked with Amara before; Chidi supervises; Eli runs the machine."""
    wrote(cast.amara)
    shut(desk_doors(cast.amara, staff(cast, name)))
    assert Message.objects.get().read_at is None


def test_a_deputy_reads_and_answers_until_the_client_keeps_them_out(cast: Cast) -> None:
    wrote(cast.amara)
    ola = staff(cast, "Ola")
    until = NOW + timedelta(days=1)
    person = Person.objects.get(pk=ola.me)
    grant_deputy(cast.amara.episode, person=person, until=until, reason="Ill.", by=cast.ben, at=NOW)
    open_from_client(cast.amara.id, by=ola, at=NOW)
    assert shown(cast, cast.amara, ola) == ["My father called."]
    send_to_client(cast.amara.id, text="I stand in for Ben.", submission=new_id(), by=ola, at=NOW)
    assert get_own_conversation(own(cast.amara), cast.amara.id, at=NOW).readers == ("Ben", "Ola")
    keep_out(cast.amara.id, staff_id=ola.me, by=cast.ben, at=NOW)
    shut(desk_doors(cast.amara, ola))
    assert get_own_conversation(own(cast.amara), cast.amara.id, at=NOW).readers == ("Ben",)


def test_a_past_therapist_finds_nothing_and_what_they_wrote_stays(cast: Cast) -> None:
    his = answered(cast, cast.amara)
    end_assignment(Assignment.objects.get(episode=cast.amara.episode, until=None), by=cast.ben, at=NOW)
    shut(desk_doors(cast.amara, cast.ben))
    open_from_therapist(cast.amara.id, by=own(cast.amara), at=NOW)
    page = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    assert page.newest is not None
    assert (page.newest.message.id, page.newest.name) == (his.id, "Ben")


def test_of_a_couple_each_writes_alone(cast: Cast) -> None:
    wrote(cast.farah, "Gil must not read this.")
    shut(own_doors(cast.farah.id, own(cast.gil)))
    open_from_client(cast.gil.id, by=cast.ben, at=NOW)
    assert Message.objects.get().read_at is None, "opening one's conversation opens no other"
    assert shown(cast, cast.gil) == []
    open_from_client(cast.farah.id, by=cast.ben, at=NOW)
    assert shown(cast, cast.farah) == ["Gil must not read this."]


def test_anothers_and_missing_are_one_answer(cast: Cast) -> None:
    for viewer in (own(cast.dana), cast.ben, staff(cast, "Eli"), MACHINE, ANONYMOUS):
        shut(own_doors(cast.amara.id, viewer))
        shut(own_doors(new_id(), viewer))
    shut(desk_doors(cast.amara, own(cast.amara)))


def test_when_the_work_has_ended_everything_is_read_and_nothing_is_sent(cast: Cast) -> None:
    hers, his = wrote(cast.amara), answered(cast, cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    with pytest.raises(Conflict):
        wrote(cast.amara, "Are you there?")
    with pytest.raises(Conflict):
        answered(cast, cast.amara, "Yes.")
    open_from_therapist(cast.amara.id, by=own(cast.amara), at=NOW)
    page = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    assert [one.message.id for day in page.days for one in day.written] == [hers.id, his.id]
    assert not page.may_write


def test_who_has_left_reads_their_own_and_writes_no_more(cast: Cast) -> None:
    wrote(cast.farah)
    Participant.objects.filter(pk=cast.farah.pk).update(until=NOW)
    with pytest.raises(Conflict):
        wrote(cast.farah, "Again.")
    assert not get_own_conversation(own(cast.farah), cast.farah.id, at=NOW).may_write
    assert get_own_conversation(own(cast.gil), cast.gil.id, at=NOW).may_write


def test_a_long_conversation_stands_on_several_pages(cast: Cast) -> None:
    for n in range(AT_ONCE + 5):
        wrote(cast.amara, f"Line {n}", at=NOW - timedelta(days=100) + n * MINUTE)
    page = get_own_conversation(own(cast.amara), cast.amara.id, at=NOW)
    listed = [one.message.text for day in page.days for one in day.written]
    assert (len(listed), listed[0], listed[-1]) == (AT_ONCE, "Line 5", f"Line {AT_ONCE + 4}")
    before = get_own_conversation(own(cast.amara), cast.amara.id, before=page.earlier, at=NOW)
    assert [one.message.text for day in before.days for one in day.written] == [f"Line {n}" for n in range(5)]
    assert (before.earlier, before.is_newest) == (None, False)


def test_the_audit_knows_that_it_was_sent_and_no_word_of_it(cast: Cast) -> None:
    hers = wrote(cast.amara, "secret words")
    event = Event.objects.get(verb="message.sent")
    assert (event.subject, event.subject_kind, event.actor) == (hers.id, "message", cast.amara.person_id)
