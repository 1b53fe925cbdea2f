"""What was sent is changed: in its own browser, for two hours, until somebody has read it; and nothing is edited."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from doors_cast import CALM, DANGER, THREE, after, answered, held, link, phq9, planned, signed_in
from support.askings import ask
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.autonomy.models import Step
from attune.care.checkins.actions import Asking, mark_read, part_of
from attune.care.checkins.models import Response, Score
from attune.care.episodes.actions import end_episode
from attune.care.questionnaires.models import Questionnaire
from attune.care.safety.actions import answer_concern
from attune.care.safety.models import Concern
from attune.care.signals.models import Signal
from attune.care.workflows.open_brief import open_brief
from attune.care.workflows.receive_checkin import get_answers
from attune.insight.brief import get_brief
from attune.practices.page import as_text
from attune.vault.keys import keyring
from attune_science import instruments

SAID = THREE | {"hurt": "yes", "more": "Slower.", "step": "Ring my sister."}
LATE = THREE | {"more": "Too late."}
Sends = dict[str, str]


def send(phone: Client, token: str, answers: Sends) -> int:
    return phone.post(f"/c/{token}/", answers | {"submission": str(uuid4())}).status_code


def shown(phone: Client, token: str) -> str:
    """The form of a correction."""
    return phone.get(f"/c/{token}/correct/").content.decode()


def revision(page: str) -> str:
    found = re.search(r'name="revision" value="([^"]+)"', page)
    return found[1] if found else ""


def correct(phone: Client, token: str, answers: Sends, submission: str = "") -> tuple[int, str]:
    page = phone.post(
        f"/c/{token}/correct/",
        answers | {"submission": submission or str(uuid4()), "revision": revision(shown(phone, token))},
    )
    return page.status_code, page.headers.get("Location") or page.content.decode()


@pytest.fixture
def token(cast: Cast) -> str:
    return link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 3)))


@pytest.fixture
def phone(token: str) -> Client:
    """The browser in which it was sent."""
    browser = Client()
    assert send(browser, token, SAID) == 302
    return browser


def test_it_works(cast: Cast, token: str, phone: Client) -> None:
    assert "Change something" in phone.get(f"/c/{token}/received/").content.decode()
    form = shown(phone, token)
    assert 'name="presence" value="8" checked' in form.replace(' id="presence"', "")
    assert "Slower." in form
    assert "Ring my sister." in form
    assert f'href="/c/{token}/received/">Leave it as it is' in form
    assert correct(phone, token, THREE | {"presence": "4", "more": "Faster."}) == (302, f"/c/{token}/received/")
    first, second = Response.objects.order_by("given_at", "id")
    assert (second.replaces_id, first.replaces_id) == (first.id, None)
    with keyring():
        assert get_answers(first).words == {"more": "Slower.", "step": "Ring my sister."}, "nothing is edited"
        assert (get_answers(second).ratings["presence"], get_answers(second).words) == (4, {"more": "Faster."})
    assert Score.objects.filter(response=first).exists()
    assert Event.objects.latest("seq").verb == "checkin.corrected"


def test_the_brief_and_the_desk_know_the_latest_only(cast: Cast, token: str, phone: Client) -> None:
    correct(phone, token, THREE | {"presence": "4", "more": "Faster.", "relative": "much_harder"})
    with keyring():
        open_brief(cast.amara.episode_id, by=cast.ben, at=NOW)
        brief = get_brief(cast.ben, cast.amara.episode_id, at=NOW)
    assert brief is not None
    assert "Faster." in as_text(brief.page)
    assert "Slower." not in as_text(brief.page)
    assert "sister" not in as_text(brief.page)
    first, second = Response.objects.order_by("given_at", "id")
    assert first.read_at is None
    assert second.read_at == NOW
    desk = signed_in(cast)
    assert desk.get(f"/desk/responses/{first.id}/").headers["Location"] == f"/desk/responses/{second.id}/"
    page = desk.get(f"/desk/responses/{second.id}/").content.decode()
    assert "First sent at 15:40" in page
    assert "Slower." not in page
    assert "corrected since, at 15:40" in page, "the signal of before stays, and says so"
    assert Signal.objects.filter(response=first, rule="client-hurt").exists()


def test_the_same_change_twice_is_one(token: str, phone: Client) -> None:
    submission, change = str(uuid4()), THREE | {"presence": "4"}
    body = change | {"submission": submission, "revision": revision(shown(phone, token))}
    came = {phone.post(f"/c/{token}/correct/", body).status_code for _ in range(3)}
    assert came == {302}
    assert Response.objects.count() == 2


def test_a_double_tap_can_be_changed_whichever_answer_came(token: str) -> None:
    submission, taps = str(uuid4()), [Client(), Client()]
    for tap in taps:
        tap.post(f"/c/{token}/", SAID | {"submission": submission})
    assert all("Change something" in tap.get(f"/c/{token}/received/").content.decode() for tap in taps)


def test_the_first_submission_sent_again_is_still_the_first(token: str) -> None:
    phone, submission = Client(), str(uuid4())
    phone.post(f"/c/{token}/", SAID | {"submission": submission})
    correct(phone, token, THREE)
    assert phone.post(f"/c/{token}/", SAID | {"submission": submission}).status_code == 302
    assert Response.objects.count() == 2


def test_a_window_left_open_changes_nothing(token: str, phone: Client) -> None:
    old = revision(shown(phone, token))
    correct(phone, token, THREE | {"more": "Faster."})
    body = THREE | {"more": "From the other window.", "submission": str(uuid4()), "revision": old}
    page = phone.post(f"/c/{token}/correct/", body)
    assert page.status_code == 409
    assert "From the other window." in page.content.decode()
    assert Response.objects.count() == 2
    assert correct(phone, token, THREE | {"more": "And again."})[0] == 302, "a correction can be corrected"


def test_a_refused_change_comes_back_with_everything(token: str, phone: Client) -> None:
    status, page = correct(phone, token, {"presence": "eleven", "more": "Faster."})
    assert status == 422
    assert "Faster." in page
    assert revision(page)
    assert Response.objects.count() == 1


def closed(phone: Client, token: str, late: Sends = LATE) -> set[int]:
    """What the receipt does not offer is not given either: nothing changes, and the sentence is always the same."""
    assert "Change something" not in phone.get(f"/c/{token}/received/").content.decode()
    looked = phone.get(f"/c/{token}/correct/")
    sent = phone.post(f"/c/{token}/correct/", late | {"submission": str(uuid4())})
    for page in (looked, sent):
        assert "What you sent stands." in page.content.decode()
    assert late.get("more", "") in sent.content.decode(), "what was typed is shown, to be copied"
    assert "Slower." not in looked.content.decode()
    assert Response.objects.count() == 1
    return {looked.status_code, sent.status_code}


def test_another_browser(token: str, phone: Client) -> None:
    assert closed(Client(), token) == {409}


def test_after_two_hours(token: str, phone: Client) -> None:
    with fixed(NOW + timedelta(hours=2, seconds=-1)):
        assert revision(shown(phone, token))
    with fixed(NOW + timedelta(hours=2)):
        assert closed(phone, token) == {410}


def test_once_it_was_read(cast: Cast, token: str, phone: Client) -> None:
    mark_read(Response.objects.get(), by=cast.ben, at=NOW)
    assert closed(phone, token) == {409}


def test_when_the_work_has_ended(cast: Cast, token: str, phone: Client) -> None:
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert closed(phone, token) == {410}


def test_before_anything_was_sent_and_by_no_link(cast: Cast) -> None:
    unsent = link(cast.amara, cast.ben, phq9())
    assert Client().get(f"/c/{unsent}/correct/").status_code == 409
    assert Client().get("/c/nothing/correct/").status_code == Client().post("/c/nothing/correct/").status_code == 404


def test_with_several_people_there_is_none(cast: Cast) -> None:
    token, phone = link(cast.farah, cast.ben, phq9()), Client()
    send(phone, token, CALM)
    assert "Change something" not in phone.get(f"/c/{token}/received/").content.decode()
    assert phone.get(f"/c/{token}/correct/").status_code == 409


def test_danger_raises_one_concern_and_withdrawing_it_closes_none(cast: Cast) -> None:
    token, phone = link(cast.amara, cast.ben, phq9()), Client()
    send(phone, token, DANGER)
    assert correct(phone, token, CALM | {"item-9": "2"}) == (302, "/help-now/")
    assert correct(phone, token, CALM)[0] == 302
    assert correct(phone, token, CALM | {"item-9": "3"}) == (302, "/help-now/")
    concern = Concern.objects.get()
    assert concern.answered_at is None
    page = signed_in(cast).get(f"/desk/concerns/{concern.id}/answer/").content.decode()
    assert "Corrected since" in page
    assert "several days" in page.lower()
    assert "nearly every day" in page.lower(), "and what it says now"


def test_danger_that_comes_with_the_correction_raises_it(cast: Cast) -> None:
    token, phone = link(cast.amara, cast.ben, phq9()), Client()
    send(phone, token, CALM)
    assert correct(phone, token, DANGER) == (302, "/help-now/")
    assert Concern.objects.count() == 1


def test_once_somebody_has_acted_upon_it(cast: Cast) -> None:
    token, phone = link(cast.amara, cast.ben, phq9()), Client()
    send(phone, token, DANGER)
    with keyring():
        answer_concern(Concern.objects.get(), words="We spoke.", by=cast.ben, at=NOW)
    assert closed(phone, token, CALM) == {409}
    assert phone.post(f"/c/{token}/correct/", {"item-1": "eleven"}).status_code == 409, (
        "too late comes before unreadable"
    )


def test_a_part_more_a_part_less_and_a_wish(cast: Cast) -> None:
    session = held(cast.amara, cast.ben)
    parts = [
        part_of(instruments.get("attune-session"), "three"),
        *(part_of(instruments.get(k)) for k in ("phq-2", "gad-2")),
    ]
    token, phone = link(cast.amara, cast.ben, Asking("after", parts, session_id=session.id)), Client()
    send(phone, token, THREE | {"phq-2.item-1": "1", "again.phq-2": "stop"})
    assert correct(phone, token, THREE | {"gad-2.item-1": "2"})[0] == 302
    standing = {one.instrument: one for one in Response.objects.filter(replaced_by=None)}
    assert set(standing) == {"attune-session", "phq-2", "gad-2"}
    with keyring():
        assert get_answers(standing["phq-2"]).is_empty
    assert standing["gad-2"].replaces_id is None
    assert Questionnaire.objects.get().ended_by == "client", "a wish is not undone"


def test_a_step_is_told_anew(cast: Cast) -> None:
    answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben)), THREE | {"step": "Ring my sister."})
    ahead = planned(cast.amara, cast.ben, NOW + timedelta(hours=1))
    token = link(cast.amara, cast.ben, ask("before", "attune-before", "full", appointment_id=ahead.id))
    phone = Client()
    send(phone, token, {"step_outcome": "done", "step_told": "It was short."})
    form = shown(phone, token)
    assert "It was short." in form
    correct(phone, token, {"step_outcome": "changed", "step_told": "I wrote instead."})
    with keyring():
        step = Step.objects.exclude(text__isnull=True).get()
        assert (step.outcome, step.outcome_text) == ("changed", "I wrote instead.")
        first, second = Response.objects.filter(instrument="attune-before").order_by("given_at", "id")
        assert get_answers(first).words == {"step_told": "It was short."}
        assert get_answers(second).words == {"step_told": "I wrote instead."}
    correct(phone, token, {"today": "My father."})
    assert 'name="step_outcome"' in shown(phone, token), "told no more: it can be told again"
    with keyring():
        step = Step.objects.exclude(text__isnull=True).get()
        assert step.outcome == ""
