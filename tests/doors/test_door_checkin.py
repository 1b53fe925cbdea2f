"""A client's check-in by its link: taken once, refused with nothing lost, and all of it kept or nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from doors_cast import CALM, DANGER, EIGHT, THREE, after, answered, held, link, phq9, planned
from support.askings import ask
from support.cast import NOW, Cast

from attune.audit.models import Event
from attune.care.autonomy.models import Kept, Step
from attune.care.checkins.actions import Asking
from attune.care.checkins.models import Response, Score
from attune.care.episodes.actions import end_episode, grant_deputy
from attune.care.feedback.models import Word
from attune.care.received import Received
from attune.care.safety.models import Concern
from attune.care.signals.models import Signal
from attune.care.workflows import receive_checkin
from attune.care.workflows.open_brief import open_brief
from attune.care.workflows.receive_checkin import get_answers
from attune.insight.brief import get_brief
from attune.practices.page import as_text
from attune.vault.keys import keyring
from attune_science.scoring import Answers

Sends = dict[str, str]


def send(token: str, answers: Sends, submission: str | None = None) -> tuple[int, str]:
    """Post a form from a device of its own: the status, and where it leads or what it shows."""
    page = Client().post(f"/c/{token}/", answers | {"submission": submission or str(uuid4())})
    return page.status_code, page.headers.get("Location") or page.content.decode()


def counts() -> dict[str, int]:
    """How many rows there are of everything in the record and the audit."""
    models = [*apps.get_app_config("care").get_models(), *apps.get_app_config("audit").get_models()]
    return {model.__name__: model.objects.count() for model in models}  # type: ignore[attr-defined]


def before_next(cast: Cast) -> Asking:
    appointment = planned(cast.amara, cast.ben, NOW + timedelta(minutes=20))
    return ask("before", "attune-before", "full", appointment_id=appointment.id)


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        pytest.param(lambda cast: after(held(cast.amara, cast.ben, 2)), THREE, id="three"),
        pytest.param(lambda cast: after(held(cast.amara, cast.ben), "eight"), EIGHT, id="eight"),
        pytest.param(before_next, {"today": "My father."}, id="before"),
        pytest.param(lambda cast: phq9(), CALM, id="phq-9"),
    ],
)
def test_it_works(cast: Cast, asks: Callable[[Cast], Asking], answers: Sends) -> None:
    token = link(cast.amara, cast.ben, asks(cast))
    page = Client().get(f"/c/{token}/")
    assert page.status_code == 200
    shown = page.content.decode()
    assert all(f'name="{key}"' in shown for key in answers)
    assert "Amara" not in shown, "whoever holds a link learns no client's name from it"
    assert send(token, answers) == (302, f"/c/{token}/received/")
    with keyring():
        kept = get_answers(Response.objects.get())
        words = {word.kind: word.text for word in Word.objects.all()}
    assert {key: str(value) for key, value in kept.ratings.items()} | words == answers
    assert Event.objects.latest("seq").verb == "checkin.received"


def test_looking_at_a_form_writes_nothing(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)))
    before = counts()
    assert Client().get(f"/c/{token}/").status_code == Client().head(f"/c/{token}/").status_code == 200
    assert counts() == before
    assert not Session.objects.exists(), "not even a session of the browser"


def test_a_refused_form_comes_back_with_everything(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)))
    submission, before = str(uuid4()), counts()
    status, shown = send(
        token, {"presence": "8", "repair": "eleven", "relative": "sideways", "more": "Going slowly."}, submission
    )
    assert status == 422
    assert '<a href="#repair">' in shown
    assert '<a href="#relative">' in shown
    assert "Going slowly." in shown
    assert 'name="presence" value="8" checked' in shown.replace(' id="presence"', "")
    assert submission in shown
    assert counts() == before


def test_an_unknown_link_is_a_missing_page(cast: Cast) -> None:
    for address in ("/c/nothing/", "/c/nothing/received/"):
        assert Client().get(address).status_code == 404
    assert send("nothing", THREE)[0] == 404


def test_a_link_that_has_closed_is_gone(cast: Cast) -> None:
    asking = after(held(cast.amara, cast.ben, 2))
    expired = link(cast.farah, cast.ben, phq9(), at=NOW - timedelta(hours=72))
    replaced, newer = link(cast.amara, cast.ben, asking), link(cast.amara, cast.ben, asking)
    for token in (expired, replaced):
        assert Client().get(f"/c/{token}/").status_code == 410
        assert send(token, THREE)[0] == 410
    assert Client().get(f"/c/{newer}/").status_code == 200
    assert not Response.objects.exists()


def test_a_link_closes_with_the_work(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, phq9())
    end_episode(cast.amara.episode, by=cast.ben, at=NOW)
    assert Client().get(f"/c/{token}/").status_code == 410
    assert send(token, CALM)[0] == 410


def test_a_used_link_says_received_and_nothing_else(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)))
    send(token, THREE | {"more": "Going slowly."})
    for address in (f"/c/{token}/", f"/c/{token}/received/"):
        shown = Client().get(address).content.decode()
        assert "It has been received" in shown
        assert "<form" not in shown
        assert "Going slowly" not in shown
        assert "Amara" not in shown


def test_the_receipt_is_shown_only_after_the_answer(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, phq9())
    page = Client().get(f"/c/{token}/received/")
    assert (page.status_code, page.headers["Location"]) == (302, f"/c/{token}/")


def test_the_same_submission_twice_is_one(cast: Cast) -> None:
    token, submission = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2))), str(uuid4())
    first = send(token, THREE, submission)
    before = counts()
    assert send(token, THREE, submission) == first
    assert counts() == before
    assert before["Response"] == 1


@pytest.mark.parametrize("same_device", [True, False])
@pytest.mark.parametrize("other", [{"presence": "1"}, {"hurt": "yes"}, {"more": "Something else."}], ids=str)
def test_another_answer_is_told_and_the_first_stands(cast: Cast, same_device: bool, other: Sends) -> None:
    token, submission = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2))), str(uuid4())
    send(token, THREE, submission)
    status, shown = send(token, THREE | other, submission if same_device else None)
    assert status == 409
    assert "the first answer stands" in shown
    with keyring():
        assert Answers.from_json(Response.objects.get().answers or "").ratings["presence"] == 8


def test_danger_leads_to_help_and_stands_first(cast: Cast) -> None:
    token, submission = link(cast.amara, cast.ben, phq9()), str(uuid4())
    assert send(token, DANGER, submission) == (302, "/help-now/")
    assert send(token, DANGER, submission) == (302, "/help-now/"), "sent again, it must lead there again"
    concern = Concern.objects.get()
    assert concern.answered_at is None
    assert concern.response_id == Response.objects.get().id
    with keyring():
        open_brief(cast.amara.episode_id, by=cast.ben, at=NOW)
        brief = get_brief(cast.ben, cast.amara.episode_id, at=NOW)
    assert brief is not None
    assert brief.page.blocks[0].tone == "red", as_text(brief.page)


def test_without_danger_no_concern(cast: Cast) -> None:
    answered(cast.amara, cast.ben, phq9(), CALM | {"item-1": "3"})
    assert not Concern.objects.exists()


def test_what_a_client_keeps_to_themselves_is_stored_nowhere(cast: Cast) -> None:
    given = answered(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)), THREE | {"hurt": "rather_not"})
    with keyring():
        assert "hurt" not in Answers.from_json(given.answers or "").choices
        assert "rather" not in (given.answers or "")
    for model in apps.get_app_config("care").get_models():
        assert "rather_not" not in str(list(model.objects.values()))  # type: ignore[attr-defined]
    assert not Signal.objects.filter(rule="client-hurt").exists()


def test_a_part_that_fails_leaves_nothing_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(received: Received, **_: object) -> None:
        raise RuntimeError("a part fails")

    monkeypatch.setattr(receive_checkin, "PARTS", (*receive_checkin.PARTS, fail))
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)))
    before = counts()
    page = Client(raise_request_exception=False).post(
        f"/c/{token}/",
        THREE | {"hurt": "yes", "more": "Slower.", "keep": "A line.", "step": "Ring.", "submission": str(uuid4())},
    )
    assert page.status_code == 500
    assert counts() == before
    assert not any(model.objects.exists() for model in (Response, Score, Signal, Word, Step, Kept))
    monkeypatch.undo()
    assert send(token, THREE)[0] == 302, "the link is as good as before"


def at_once(sends: list[tuple[str, Sends, str]]) -> list[tuple[int, str]]:
    """Every device in a thread of its own, with connections of its own."""

    def one(parts: tuple[str, Sends, str]) -> tuple[int, str]:
        try:
            return send(*parts)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sends)) as threads:
        return list(threads.map(one, sends))


def test_one_submission_pressed_sixteen_times_at_once(transactional_db: None, cast: Cast) -> None:
    token, submission = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2))), str(uuid4())
    answers = THREE | {"hurt": "yes", "more": "Slower."}
    came = at_once([(token, answers, submission)] * 16)
    assert set(came) == {(302, f"/c/{token}/received/")}
    assert (Response.objects.count(), Word.objects.count()) == (1, 1)
    assert Event.objects.filter(verb="checkin.received").count() == 1


def test_four_devices_at_once_and_one_answer(transactional_db: None, cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben, 2)))
    came = at_once([(token, THREE | {"presence": str(n)}, str(uuid4())) for n in range(4)])
    assert sorted(status for status, _ in came) == [302, 409, 409, 409]
    winner = next(n for n, (status, _) in enumerate(came) if status == 302)
    with keyring():
        assert Answers.from_json(Response.objects.get().answers or "").ratings["presence"] == winner


def test_everybody_who_can_read_it_is_named(cast: Cast) -> None:
    token = link(cast.amara, cast.ben, after(held(cast.amara, cast.ben), "eight"))
    assert "You and Ben. Nobody else." in Client().get(f"/c/{token}/").content.decode()
    with keyring():
        grant_deputy(
            cast.amara.episode,
            person=cast.accounts["Ola"].person,
            until=NOW + timedelta(days=7),
            reason="Ben is away.",
            by=cast.ben,
            at=NOW,
        )
    page = Client().get(f"/c/{token}/").content.decode()
    assert "You and Ben and Ola. Nobody else." in page
    assert "nobody but Ben and Ola reads them" in page
