"""A letter tells that something came, through a mail server that is one: once until they were here, and in no words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from support.cast import NOW, Cast
from support.mail_server import MailServer, mail_server
from support.sessions_told import yesterdays_session

from attune.audit.models import Event
from attune.base.ids import new_id
from attune.care.episodes.actions import end_assignment, end_episode, grant_deputy
from attune.care.episodes.models import Assignment, Participant
from attune.care.feedback.actions import Given, answer_word, open_words, say_something
from attune.care.feedback.models import Word
from attune.care.messages.actions import (
    open_from_client,
    open_from_therapist,
    send_to_client,
    send_to_therapist,
    take_back_at_desk,
    take_back_own,
)
from attune.care.messages.models import Message
from attune.care.sending.rules import FRESH
from attune.care.summaries.actions import About, release_summary, take_back_summary
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.own_pages import close_own_pages, move_own_address, open_own_pages
from attune.care.workflows.reach_client import enter_where
from attune.care.workflows.send_letters import send_letters
from attune.commands import worker
from attune.doors.links import checkin_link
from attune.notices.carrier import Carrier
from attune.notices.models import Notice
from attune.people.contacts import want_letters
from attune.people.models import Account, Person
from attune.people.own_account import end_account, set_pins
from attune.people.viewers import Viewer, get_viewer

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
#: What was sent at the hour can be taken back no more.
STAYS = NOW + 10 * MINUTE


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _own_pages(cast: Cast) -> None:
    for who in (cast.amara, cast.farah, cast.gil):
        open_own_pages(who.id, email=f"{name_of(who)}@example.net", by=cast.ben, at=NOW - 7 * DAY)


def name_of(who: Participant) -> str:
    return str(who.person.name).lower()


def own(who: Participant) -> Viewer:
    return Viewer(who.person_id)


def account_of(who: Participant) -> Account:
    return Account.objects.get(person=who.person_id)


def answered(cast: Cast, who: Participant | None = None, *, at: datetime = NOW) -> Message:
    who = who or cast.amara
    send_to_client(who.id, text="I have read of your father.", submission=new_id(), by=cast.ben, at=at)
    return Message.objects.latest("id")


def wrote(who: Participant, *, at: datetime = NOW) -> Message:
    send_to_therapist(who.id, text="My father called.", submission=new_id(), by=own(who), at=at)
    return Message.objects.latest("id")


def told(cast: Cast, who: Participant, *, ago: int = 1, at: datetime = NOW) -> About:
    session = yesterdays_session(who, by=cast.ben, ago=ago)
    about = About(session.id, session.episode_id)
    release_summary(about, text="You told of your father.", seen=0, by=cast.ben, at=at)
    return about


def sweep(at: datetime) -> None:
    send_letters(link_of=checkin_link, at=at)


def states() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("state", flat=True))


def test_a_client_is_told_once_it_can_be_taken_back_no_more(cast: Cast, server: MailServer) -> None:
    answered(cast)
    sweep(STAYS - MINUTE)
    assert (server.letters, states()) == ([], [])
    for minutes in (0, 5, 10, 600):
        sweep(STAYS + minutes * MINUTE)
    assert (server.to, states()) == (["amara@example.net"], ["sent"])
    verbs = list(Event.objects.filter(subject_kind="notice").order_by("seq").values_list("verb", flat=True))
    assert verbs == ["notice.queued", "notice.sending", "notice.sent"]


def test_the_letter_says_nothing_and_the_outbox_knows_nothing(cast: Cast, server: MailServer) -> None:
    answered(cast)
    wrote(cast.amara)
    with override_settings(DEFAULT_FROM_EMAIL="The Trauma Clinic <attune@example.org>"):
        sweep(STAYS)
    assert sorted(server.to) == ["amara@example.net", "ben@example.org"]
    for letter, (to, data) in zip(server.read, server.letters, strict=True):
        assert (letter["Subject"], letter["From"]) == ("There is something for you", "attune@example.org")
        assert letter.get_content().replace("\r\n", "\n") == (
            f"There is something for you:\n\n{settings.ATTUNE.url}/\n\n"
            "It opens once you have signed in. Letters like this can be switched off there.\n\n"
            "Nobody reads what is sent back to this address.\n"
        )
        whole = data.decode().lower().replace(to, "")
        for word in ("amara", "ben", "trauma", "father", "messages", "wrote", "session", "therap", "client"):
            assert word not in whole, word
    stored = str(list(Notice.objects.values()))
    assert not [word for word in ("father", "example", "message", "summary") if word in stored]


def test_several_in_a_short_time_are_one_letter(cast: Cast, server: MailServer) -> None:
    for minutes in (0, 2, 9, 30, 300):
        answered(cast, at=NOW + minutes * MINUTE)
        sweep(NOW + minutes * MINUTE)
    told(cast, cast.amara, at=NOW + 20 * MINUTE)
    for minutes in range(0, 60 * 24, 60):
        sweep(NOW + minutes * MINUTE)
    assert len(server.letters) == 1


@pytest.mark.parametrize("here", ["opened", "signed in"])
def test_after_they_were_here_the_next_is_told_again(cast: Cast, server: MailServer, here: str) -> None:
    answered(cast)
    sweep(STAYS)
    if here == "opened":
        open_from_therapist(cast.amara.id, by=own(cast.amara), at=NOW + HOUR)
    else:
        Account.objects.filter(person=cast.amara.person_id).update(last_login=NOW + HOUR)
    sweep(NOW + HOUR + 15 * MINUTE)
    assert len(server.letters) == 1, "what they could see is not told again"
    answered(cast, at=NOW + 2 * HOUR)
    sweep(NOW + 3 * HOUR)
    assert len(server.letters) == 2


def test_a_therapist_is_told_of_what_any_client_wrote_and_a_colleague_of_nothing(
    cast: Cast, server: MailServer
) -> None:
    for who in (cast.amara, cast.farah, cast.gil):
        wrote(who)
    for minutes in (0, 60, 120):
        sweep(STAYS + minutes * MINUTE)
    assert server.to == ["ben@example.org"]
    open_from_client(cast.amara.id, by=cast.ben, at=NOW + 3 * HOUR)
    wrote(cast.gil, at=NOW + 4 * HOUR)
    sweep(NOW + 5 * HOUR)
    assert server.to == ["ben@example.org"] * 2


def test_who_stands_in_is_told_and_who_is_kept_out_is_not(cast: Cast, server: MailServer) -> None:
    ola = cast.accounts["Ola"].person
    grant_deputy(cast.amara.episode, person=ola, until=NOW + DAY, reason="away", by=cast.ben, at=NOW - DAY)
    wrote(cast.amara)
    sweep(STAYS)
    assert sorted(server.to) == ["ben@example.org", "ola@example.org"]
    keep_out(cast.amara.id, staff_id=ola.id, by=own(cast.amara), at=NOW + HOUR)
    Account.objects.filter(email__in=("ben@example.org", "ola@example.org")).update(last_login=NOW + HOUR)
    wrote(cast.amara, at=NOW + 2 * HOUR)
    sweep(NOW + 3 * HOUR)
    assert sorted(server.to) == ["ben@example.org", "ben@example.org", "ola@example.org"]


def test_what_a_colleague_opens_elsewhere_keeps_no_letter_back(cast: Cast, server: MailServer) -> None:
    ola = get_viewer(cast.accounts["Ola"].person_id, at=NOW)
    grant_deputy(
        cast.amara.episode, person=cast.accounts["Ola"].person, until=NOW + DAY, reason="away", by=cast.ben, at=NOW
    )
    wrote(cast.amara)
    wrote(cast.gil)
    open_from_client(cast.amara.id, by=ola, at=NOW + 5 * MINUTE)
    sweep(STAYS)
    assert server.to == ["ben@example.org"], "nobody has opened what Gil wrote"


def test_opened_or_taken_back_before_it_is_due(cast: Cast, server: MailServer) -> None:
    take_back_at_desk(cast.amara.id, answered(cast).id, by=cast.ben, at=NOW + MINUTE)
    take_back_own(cast.amara.id, wrote(cast.amara).id, by=own(cast.amara), at=NOW + MINUTE)
    answered(cast, cast.gil)
    open_from_therapist(cast.gil.id, by=own(cast.gil), at=NOW + MINUTE)
    take_back_summary(told(cast, cast.farah), by=cast.ben, at=NOW + MINUTE)
    sweep(NOW + 3 * HOUR)
    assert (server.letters, states()) == ([], [])


@pytest.mark.parametrize(
    "what", ["opened", "signed in", "closed", "not wanted", "no account", "no words", "no client", "one letter box"]
)
def test_whatever_waits_is_asked_again_before_it_leaves(cast: Cast, server: MailServer, what: str) -> None:
    who = cast.farah if what == "one letter box" else cast.amara
    message = answered(cast, who)
    server.stop()
    sweep(NOW + 2 * HOUR)
    assert states() == ["waiting"]
    server.start()
    at, account = NOW + 2 * HOUR + MINUTE, account_of(who)
    then: dict[str, Callable[[], object]] = {
        "opened": lambda: open_from_therapist(who.id, by=own(who), at=at),
        "signed in": lambda: Account.objects.filter(pk=account.pk).update(last_login=at),
        "closed": lambda: close_own_pages(who.id, by=cast.ben, at=at),
        "not wanted": lambda: want_letters(account, wanted=False, by=own(who), at=at),
        "no account": lambda: end_account(account, by=cast.ben, at=at),
        "no words": lambda: Message.objects.filter(pk=message.pk).update(taken_back_at=at),
        "no client": lambda: Participant.objects.filter(pk=who.pk).update(own_pages_since=at),
        "one letter box": lambda: enter_where(cast.gil.id, address="Farah@example.net", by=cast.ben, at=at),
    }
    then[what]()
    for minutes in (6, 16, 60):
        sweep(NOW + 2 * HOUR + minutes * MINUTE)
    assert (server.letters, states()) == ([], ["stopped"])


def test_a_therapist_who_left_meanwhile_is_not_told(cast: Cast, server: MailServer) -> None:
    wrote(cast.amara)
    server.stop()
    sweep(STAYS)
    server.start()
    assignment = Assignment.objects.get(episode=cast.amara.episode_id, therapist=cast.ben.person_id)
    end_assignment(assignment, by=cast.ben, at=STAYS)
    sweep(STAYS + HOUR)
    assert (server.letters, states()) == ([], ["stopped"])


def test_what_was_written_is_told_also_when_the_work_has_ended(cast: Cast, server: MailServer) -> None:
    """Both sides still read it."""
    answered(cast)
    wrote(cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    sweep(STAYS)
    assert sorted(server.to) == ["amara@example.net", "ben@example.org"]


def test_no_letters_when_none_are_wanted_and_none_of_before(cast: Cast, server: MailServer) -> None:
    for viewer, account in ((own(cast.amara), account_of(cast.amara)), (cast.ben, cast.accounts["Ben"])):
        for _ in range(2):
            want_letters(account, wanted=False, by=viewer, at=NOW)
    answered(cast)
    wrote(cast.amara)
    sweep(STAYS)
    assert (server.letters, states()) == ([], [])
    want_letters(account_of(cast.amara), wanted=True, by=own(cast.amara), at=NOW + HOUR)
    verbs = Event.objects.filter(subject_kind="account", verb__startswith="letters.").order_by("seq")
    assert list(verbs.values_list("verb", flat=True)) == ["letters.refused", "letters.refused", "letters.wanted"]


def test_who_has_no_account_gets_none(cast: Cast, server: MailServer) -> None:
    told(cast, cast.amara)
    close_own_pages(cast.amara.id, by=cast.ben, at=NOW)
    sweep(STAYS)
    assert (server.letters, states()) == ([], [])


def test_what_was_shown_before_own_pages_were_opened_is_not_told(cast: Cast, server: MailServer) -> None:
    told(cast, cast.amara, at=NOW - HOUR)
    Participant.objects.filter(pk=cast.amara.pk).update(own_pages_since=NOW)
    sweep(STAYS)
    assert server.letters == []


def test_a_summary_is_told_to_each_at_a_time_of_their_own_and_in_fewer_words(cast: Cast, server: MailServer) -> None:
    told(cast, cast.farah)
    came = []
    for minutes in range(0, 120, 5):
        sweep(STAYS + minutes * MINUTE)
        came.append(len(server.letters))
    assert sorted(server.to) == ["farah@example.net", "gil@example.net"]
    assert came.count(1) >= 3, "a quarter of an hour between them at the least"
    for letter in server.read:
        assert letter["Subject"] == "Appointment"
        assert letter.get_content().startswith(f"{settings.ATTUNE.url}/")


def test_who_had_left_before_the_session_is_not_told_of_it(cast: Cast, server: MailServer) -> None:
    Participant.objects.filter(pk=cast.gil.pk).update(until=NOW - 3 * DAY)
    told(cast, cast.farah)
    for minutes in (0, 120):
        sweep(STAYS + minutes * MINUTE)
    assert server.to == ["farah@example.net"]


def test_where_pins_hide_all_but_the_dates_the_letter_speaks_of_one(cast: Cast, server: MailServer) -> None:
    set_pins(account_of(cast.amara), dates="1234", whole="9753", by=own(cast.amara), at=NOW)
    answered(cast)
    sweep(STAYS)
    (letter,) = server.read
    assert letter["Subject"] == "Appointment"
    assert letter.get_content().replace("\r\n", "\n") == (
        f"{settings.ATTUNE.url}/\n\nIt opens once you have signed in.\n\n"
        "Nobody reads what is sent back to this address.\n"
    ), "no switch is named: behind the PIN for dates there is none"


def test_two_days_later_it_is_no_news(cast: Cast, server: MailServer) -> None:
    answered(cast)
    sweep(NOW + FRESH)
    assert states() == []
    answered(cast, at=NOW + FRESH)
    server.stop()
    sweep(NOW + FRESH + HOUR)
    server.start()
    sweep(NOW + 2 * FRESH)
    assert (server.letters, states()) == ([], ["missed"])


def test_what_was_stopped_keeps_nothing_newer_back(cast: Cast, server: MailServer) -> None:
    answered(cast)
    server.stop()
    sweep(STAYS)
    server.start()
    want_letters(account_of(cast.amara), wanted=False, by=own(cast.amara), at=NOW + HOUR)
    sweep(NOW + HOUR)
    want_letters(account_of(cast.amara), wanted=True, by=own(cast.amara), at=NOW + HOUR)
    answered(cast, at=NOW + HOUR)
    sweep(NOW + 2 * HOUR)
    assert (len(server.letters), states()) == (1, ["stopped", "sent"])


def test_an_address_that_is_none_is_tried_once_until_they_were_here(cast: Cast, server: MailServer) -> None:
    server.says = {"address": "550 5.1.1 No such user"}
    for hours in (0, 1, 2):
        answered(cast, at=NOW + hours * HOUR)
        sweep(STAYS + hours * HOUR)
    assert (server.asked, states()) == (["amara@example.net"], ["refused"])


def test_a_letter_goes_where_they_sign_in_and_not_where_check_ins_go(cast: Cast, server: MailServer) -> None:
    enter_where(cast.amara.id, address="elsewhere@example.net", by=cast.ben, at=NOW)
    answered(cast)
    sweep(STAYS)
    assert server.to == ["amara@example.net"]


def test_who_moves_while_the_mail_server_thinks_is_written_to_at_the_new_address(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(cast)
    address = Carrier.address

    def slowly(carrier: Carrier, to: str) -> None:
        address(carrier, to)
        if to == "amara@example.net":
            move_own_address(cast.amara.id, email="new@example.net", by=cast.ben, at=STAYS)

    monkeypatch.setattr(Carrier, "address", slowly)
    for minutes in (0, 10):
        sweep(STAYS + minutes * MINUTE)
    assert (server.to, states()) == (["new@example.net"], ["sent"])


def test_without_a_mail_server_nothing_is_put_in(cast: Cast) -> None:
    answered(cast)
    with override_settings(ATTUNE=replace(settings.ATTUNE, mail_url=None)):
        sweep(STAYS)
    assert states() == []


def test_the_worker_does_it(cast: Cast, server: MailServer) -> None:
    answered(cast)
    assert worker.sweep(at=STAYS) == []
    assert len(server.letters) == 1


def test_a_sweep_that_dies_half_way_is_made_good_by_the_next(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    answered(cast)
    with monkeypatch.context() as patch:
        patch.setattr("attune.care.workflows.send_letters.send_waiting", dies)
        with pytest.raises(KeyboardInterrupt):
            sweep(STAYS)
    assert (server.letters, states()) == ([], ["waiting"])
    for minutes in (5, 10):
        sweep(STAYS + minutes * MINUTE)
    assert (len(server.letters), states()) == (1, ["sent"])


def test_whoever_has_no_role_any_more_is_not_told(cast: Cast, server: MailServer) -> None:
    Person.objects.get(pk=cast.ben.person_id).roles.update(until=NOW - DAY)
    wrote(cast.amara)
    sweep(STAYS)
    assert (server.letters, states()) == ([], [])


def said_at_any_time(who: Participant, *, at: datetime = NOW) -> Word:
    say_something(who.id, text="The sheets are too many.", submission=new_id(), by=own(who), at=at)
    return Word.objects.latest("id")


def test_what_a_client_says_at_any_time_is_told_to_those_who_read_it(cast: Cast, server: MailServer) -> None:
    said_at_any_time(cast.amara)
    sweep(STAYS)
    assert (server.to, states()) == (["ben@example.org"], ["sent"])
    assert "sheets" not in "".join(letter.as_string() for letter in server.read)


def test_what_was_opened_meanwhile_is_not_told(cast: Cast, server: MailServer) -> None:
    said_at_any_time(cast.amara)
    open_words(cast.amara.id, by=cast.ben, at=NOW + MINUTE)
    sweep(STAYS)
    assert (server.letters, states()) == ([], [])


def test_an_answer_is_told_to_whom_it_was_given_alone(cast: Cast, server: MailServer) -> None:
    word = said_at_any_time(cast.gil)
    open_words(cast.gil.id, by=cast.ben, at=NOW)
    given = Given("changed", "One sheet, at the end.", NOW.date(), new_id())
    answer_word(word.id, given, by=cast.ben, at=NOW)
    for hours in range(24):
        sweep(STAYS + hours * HOUR)
    assert (server.to, states()) == (["gil@example.net"], ["sent"])
    assert "sheet" not in "".join(letter.as_string() for letter in server.read)
