"""Letters to a client, at the desk: where to, when, the whole of it, what was sent. Wrong person, wrong state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client, override_settings
from doors_cast import planned, signed_in
from support.cast import NOW, Cast
from support.mail_server import MailServer, mail_server

from attune.audit.models import Event, Shown
from attune.care.episodes.actions import end_episode
from attune.care.episodes.models import Participant
from attune.care.sending.models import Sending
from attune.care.workflows.send_letters import send_letters
from attune.commands import worker
from attune.doors.links import checkin_link
from attune.people.contacts import enter_address
from attune.people.models import Contact
from attune.vault.keys import keyring

ADDRESS = "amara@example.net"


@pytest.fixture
def ben(cast: Cast) -> Iterator[Client]:
    with keyring():
        yield signed_in(cast)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def page_of(who: Participant) -> str:
    return f"/desk/participants/{who.id}/letters/"


def text_of(browser: Client, who: Participant) -> str:
    page = browser.get(page_of(who))
    assert page.status_code == 200
    return unescape(page.content.decode())


def enter(browser: Client, who: Participant, address: str = ADDRESS) -> int:
    return browser.post(page_of(who), {"do": "where", "address": address}).status_code


def choose(browser: Client, who: Participant, before: str = "", after: str = "") -> int:
    return browser.post(page_of(who), {"do": "when", "before": before, "after": after}).status_code


def test_nothing_is_chosen_at_first_and_the_whole_letter_stands_there(cast: Cast, ben: Client) -> None:
    assert page_of(cast.amara) in ben.get(f"/desk/episodes/{cast.amara.episode_id}/").content.decode()
    text = text_of(ben, cast.amara)
    assert "No address: no letter goes out." in text
    assert text.count('value="" checked') == 2, "not by itself, both times"
    for line in (
        "There is something for you",
        checkin_link("EXAMPLE"),
        "The link opens until Friday 20 November 2026, 15:40, and counts once.",
        "Nobody reads what is sent back to this address.",
        "Nothing has been sent.",
    ):
        assert line in text
    event = Event.objects.latest("seq")
    assert (event.verb, Shown.objects.get(event=event.id).person) == ("letters.read", cast.amara.person_id)


def test_an_address_is_entered_and_removed(cast: Cast, ben: Client) -> None:
    assert enter(ben, cast.amara) == 302
    text = text_of(ben, cast.amara)
    assert ADDRESS in text
    assert "entered by Ben, 17 November 2026" in text
    assert ben.post(page_of(cast.amara), {"do": "nowhere"}).status_code == 302
    assert ADDRESS not in text_of(ben, cast.amara)
    again = ben.post(page_of(cast.amara), {"do": "nowhere"})
    assert again.status_code == 409
    assert "There is no address any more." in again.content.decode()


def test_what_is_no_address_comes_back_as_it_was_typed(cast: Cast, ben: Client) -> None:
    page = ben.post(page_of(cast.amara), {"do": "where", "address": "amara at home"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'value="amara at home"' in text
    assert "Write an e-mail address" in text
    assert not Contact.objects.exists()


def test_when_is_chosen_and_taken_back(cast: Cast, ben: Client) -> None:
    assert choose(ben, cast.amara, "day", "evening") == 302
    assert list(Sending.objects.order_by("moment").values_list("moment", "how")) == [
        ("after", "evening"),
        ("before", "day"),
    ]
    text = text_of(ben, cast.amara)
    assert 'name="before" value="day" id="before" checked' in text
    assert 'name="after" value="evening" checked' in text
    assert choose(ben, cast.amara) == 302
    assert not Sending.objects.filter(until=None).exists()


@pytest.mark.parametrize(
    ("before", "after", "field"), [("end", "", "before"), ("", "day", "after"), ("x", "x", "before")]
)
def test_what_was_never_offered_is_not_taken(cast: Cast, ben: Client, before: str, after: str, field: str) -> None:
    page = ben.post(page_of(cast.amara), {"do": "when", "before": before, "after": after})
    assert page.status_code == 422
    assert f'href="#{field}"' in page.content.decode()
    assert not Sending.objects.exists()
    assert ben.post(page_of(cast.amara), {"do": "when"}).status_code == 422
    assert ben.post(page_of(cast.amara), {"do": "something"}).status_code == 404


def test_what_is_next_and_what_was_sent(cast: Cast, ben: Client, server: MailServer) -> None:
    planned(cast.amara, cast.ben, NOW + timedelta(days=1, hours=1))
    enter(ben, cast.amara)
    choose(ben, cast.amara, "hours", "end")
    text = text_of(ben, cast.amara)
    assert "Wednesday 18 November, 14:40 · Check-in before the appointment" in text
    assert "Wednesday 18 November, 17:30 · Check-in after the session" in text
    send_letters(link_of=checkin_link, at=NOW + timedelta(hours=23))
    assert len(server.letters) == 1
    text = text_of(ben, cast.amara)
    assert "Wednesday 18 November, 14:40 · Check-in before the appointment" in text
    assert "· sent" in text
    assert "Whether a letter was opened is not known to anybody here" in text


def test_each_state_says_what_it_is(cast: Cast, ben: Client, server: MailServer) -> None:
    planned(cast.amara, cast.ben, NOW + timedelta(hours=3))
    enter(ben, cast.amara)
    choose(ben, cast.amara, "hours")
    server.says = {"address": "550 No such user"}
    send_letters(link_of=checkin_link, at=NOW + timedelta(hours=1))
    assert "the mail server says that there is no such address" in text_of(ben, cast.amara)


def test_while_the_mail_server_is_away_it_waits(cast: Cast, ben: Client, server: MailServer) -> None:
    planned(cast.amara, cast.ben, NOW + timedelta(hours=3))
    enter(ben, cast.amara)
    choose(ben, cast.amara, "hours")
    server.stop()
    assert worker.sweep(at=NOW + timedelta(hours=1)) == []
    assert "waits for the mail server" in text_of(ben, cast.amara)


def test_a_house_without_mail_says_so(cast: Cast, ben: Client) -> None:
    enter(ben, cast.amara)
    choose(ben, cast.amara, "day")
    with override_settings(ATTUNE=replace(settings.ATTUNE, mail_url=None)):
        text = text_of(ben, cast.amara)
    assert "This house sends no mail" in text
    assert "This house sends no mail" not in text_of(ben, cast.amara)


def test_a_couple_is_asked_alone_and_has_two_letter_boxes(cast: Cast, ben: Client) -> None:
    text = text_of(ben, cast.farah)
    assert "Somebody else may be looking" in text
    assert "<b>Appointment</b>" in text
    assert "Somebody else may be looking" not in text_of(ben, cast.amara)
    assert enter(ben, cast.farah, "home@example.net") == 302
    assert "home@example.net" not in text_of(ben, cast.gil)
    page = ben.post(page_of(cast.gil), {"do": "where", "address": "Home@example.net"})
    assert page.status_code == 422
    assert "somebody else in this work has this address" in page.content.decode()


def test_somebody_elses_client_is_a_missing_page(cast: Cast, ben: Client) -> None:
    ola = signed_in(cast, "Ola")
    enter(ben, cast.amara)
    for press in ({"do": "where", "address": "a@example.net"}, {"do": "nowhere"}, {"do": "when"}, {}):
        assert ola.post(page_of(cast.amara), press).status_code == 404
    assert ola.get(page_of(cast.amara)).status_code == 404
    assert Client().get(page_of(cast.amara)).status_code == 302


def test_when_the_work_has_ended_only_the_address_can_be_removed(cast: Cast, ben: Client) -> None:
    enter(ben, cast.amara)
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    text = text_of(ben, cast.amara)
    assert "Enter it: Amara says so" not in text
    assert enter(ben, cast.amara, "other@example.net") == 409
    assert choose(ben, cast.amara, "day") == 409
    assert ben.post(page_of(cast.amara), {"do": "nowhere"}).status_code == 302
    assert ADDRESS not in text_of(ben, cast.amara)


def test_letters_about_other_work_are_not_shown(cast: Cast, ben: Client, server: MailServer) -> None:
    """Dana is Ola's; that she also comes with Farah and Gil now does not tell Ben of letters from there."""
    ola = signed_in(cast, "Ola")
    planned(cast.dana, cast.ben, NOW + timedelta(hours=3))
    enter(ola, cast.dana, "dana@example.net")
    choose(ola, cast.dana, "hours")
    send_letters(link_of=checkin_link, at=NOW + timedelta(hours=1))
    assert "· sent" in text_of(ola, cast.dana)
    joined = Participant.objects.create(episode=cast.farah.episode, person=cast.dana.person, since=NOW)
    assert "Nothing has been sent." in text_of(ben, joined)


def test_an_address_that_tries_to_be_markup_is_shown_as_text(cast: Cast, ben: Client) -> None:
    enter_address(cast.amara.person_id, address='"<svg/onload=ran(0)>"@example.org', by=cast.ben, at=NOW)
    page = ben.get(page_of(cast.amara)).content.decode()
    assert "<svg/onload" not in page
    assert "svg/onload=ran(0)" in page
