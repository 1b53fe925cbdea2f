"""The desk's first page, and the caseload beside it: found, narrowed, sorted, and no name in an address."""

from datetime import timedelta

import pytest
from django.test import Client
from doors_cast import CALM, DANGER, THREE, after, answered, phq9, planned, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.base.clock import fixed
from attune.care.episodes.actions import end_episode
from attune.care.schedule.actions import hold_session


@pytest.fixture
def ben(cast: Cast) -> Client:
    return signed_in(cast)


def text_of(browser: Client, address: str = "/desk/") -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def listed(browser: Client, **asked: str) -> list[str]:
    """The names on the caseload, in their order."""
    page = browser.post("/desk/caseload/", asked)
    assert page.status_code == 200
    text = page.content.decode()
    order = [(text.index(f'/">{name}</a>'), name) for name in ("Amara", "Farah, Gil") if f'/">{name}</a>' in text]
    return [name for _, name in sorted(order)]


def test_it_works(cast: Cast, ben: Client) -> None:
    appointment = planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    assert ben.get("/").headers["Location"] == "/desk/"
    page = text_of(ben)
    assert "Good afternoon, Ben. 1 meeting today." in page
    assert "Nobody waits for an answer." in page
    assert "16:00" in page
    answered(
        cast.amara,
        cast.ben,
        ask("before", "attune-before", "full", appointment_id=appointment.id),
        {"today": "My father."},
    )
    page = text_of(ben)
    assert "Something came in that you have not opened." in page
    assert "My father." not in page
    assert ben.post(f"/desk/episodes/{cast.amara.episode_id}/brief/").status_code == 302
    page = text_of(ben)
    assert "“My father.”" in page
    assert "would like from today" in page


def test_what_was_left_unsaid_stands_in_the_brief_alone(cast: Cast, ben: Client) -> None:
    appointment = planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    asking = ask("before", "attune-before", "full", appointment_id=appointment.id)
    answered(cast.amara, cast.ben, asking, {"unsaid": "I am afraid."})
    brief = f"/desk/episodes/{cast.amara.episode_id}/brief/"
    ben.post(brief)
    assert "I am afraid." in text_of(ben, brief)
    page = text_of(ben)
    assert "I am afraid." not in page
    assert "Something was written down beforehand: it stands in the brief." in page


@pytest.mark.parametrize(("hour", "greeting"), [(8, "morning"), (13, "afternoon"), (20, "evening")])
def test_it_greets_by_the_hour(cast: Cast, hour: int, greeting: str) -> None:
    with fixed(NOW.replace(hour=hour)):
        assert f"Good {greeting}, Ben. No meeting today." in text_of(signed_in(cast))


def test_nobody_yet(cast: Cast) -> None:
    for episode in (cast.amara.episode, cast.farah.episode):
        episode.assignments.update(until=NOW)
    page = text_of(signed_in(cast))
    assert "Nobody is here yet." in page
    assert "Begin with somebody new" in page


def test_it_is_said_here_whether_a_meeting_took_place(cast: Cast, ben: Client) -> None:
    appointment = planned(cast.amara, cast.ben, NOW - timedelta(days=1))
    address = f"/desk/appointments/{appointment.id}/held/"
    assert address in text_of(ben)
    assert ben.post(address).status_code == 302
    assert address not in text_of(ben)


def test_a_concern_leads_to_its_page(cast: Cast, ben: Client) -> None:
    answered(cast.amara, cast.ben, phq9(), CALM | {"item-9": "1"})
    page = text_of(ben)
    assert "concern, unanswered" in page
    assert f"/desk/concerns/{cast.amara.concerns.get().id}/answer/" in page


def test_wrong_person(cast: Cast) -> None:
    for address in ("/desk/", "/desk/caseload/"):
        assert Client().get(address).headers["Location"].startswith("/sign-in/")
        for name in ("Chidi", "Eli"):
            assert signed_in(cast, name).get(address).status_code == 404
    assert "Amara" not in text_of(signed_in(cast, "Ola"), "/desk/caseload/")


def test_the_caseload_is_found_narrowed_and_sorted(cast: Cast, ben: Client) -> None:
    planned(cast.farah, cast.ben, NOW + timedelta(days=1))
    planned(cast.amara, cast.ben, NOW + timedelta(days=2))
    assert listed(ben) == ["Farah, Gil", "Amara"]
    assert listed(ben, order="name") == ["Amara", "Farah, Gil"]
    assert listed(ben, name=" gIL ") == ["Farah, Gil"]
    assert listed(ben, waits="unread") == []
    answered(cast.amara, cast.ben, phq9(), CALM)
    assert listed(ben) == ["Amara", "Farah, Gil"], "what waits stands first"
    assert listed(ben, order="next") == ["Farah, Gil", "Amara"]
    assert listed(ben, order="heard") == ["Farah, Gil", "Amara"], "of whom nothing was heard stands first"
    assert listed(ben, waits="unread") == ["Amara"]
    assert listed(ben, waits="concern") == listed(ben, waits="unplanned") == []
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert (listed(ben, waits="ended"), listed(ben, waits="working")) == (["Amara"], ["Farah, Gil"])
    assert listed(ben, waits="nonsense", order="nonsense") == ["Amara", "Farah, Gil"]


def test_nobody_found_is_said_and_leads_back(cast: Cast, ben: Client) -> None:
    page = ben.post("/desk/caseload/", {"name": "<b>Nobody"}).content.decode()
    assert "Nobody fits this." in page
    assert 'value="&lt;b&gt;Nobody"' in page
    assert '<a class="btn bare" href="/desk/caseload/">Everybody</a>' in page


def test_no_name_stands_in_an_address(cast: Cast, ben: Client) -> None:
    page = ben.get("/desk/caseload/?name=Amara").content.decode()
    assert "Farah, Gil" in page, "what stands in an address is not looked at"
    assert 'value="Amara"' not in page
    assert '<form class="row find" method="post"' in page
    assert "autofocus" in ben.get("/desk/caseload/?find").content.decode()


def test_what_is_said_after_a_session_waits_for_the_end_of_the_day_if_wished(cast: Cast, ben: Client) -> None:
    morning = hold_session(planned(cast.amara, cast.ben, NOW - timedelta(hours=3)), by=cast.ben, at=NOW)
    planned(cast.farah, cast.ben, NOW + timedelta(hours=1))
    answered(cast.amara, cast.ben, after(morning), THREE)
    assert "Something came in" in text_of(ben)
    for _ in range(2):
        assert ben.post("/desk/hold/", {"do": "hold"}).status_code == 302
    page = text_of(ben)
    assert "Something came in" not in page
    assert "waits until 17:30, when your last one ends" in page
    with fixed(NOW + timedelta(hours=2)):
        assert "Something came in" in text_of(signed_in(cast)), "the last one is over"
    answered(cast.amara, cast.ben, phq9(), DANGER)
    page = text_of(ben)
    assert "concern, unanswered" in page
    assert "Something came in" in page, "what was not said after a session does not wait"
    for _ in range(2):
        assert ben.post("/desk/hold/", {"do": "stop"}).status_code == 302
    assert "waits until" not in text_of(ben)
    assert ben.post("/desk/hold/", {"do": "else"}).status_code == 404


def test_it_waits_for_nobody_else(cast: Cast, ben: Client) -> None:
    ben.post("/desk/hold/", {"do": "hold"})
    assert "Hold it until my day is over" in text_of(signed_in(cast, "Ola"))
