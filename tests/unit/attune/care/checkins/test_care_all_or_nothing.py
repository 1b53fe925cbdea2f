"""A check-in fails at each of its writes in turn: nothing is kept, it is told as a fault, it can be sent again."""

from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connections
from django.test import Client
from support.cast import NOW, ZONE, Cast
from support.ledger import INSTRUMENTS, what_is_sent

from attune.audit.models import Event
from attune.base.clock import fixed
from attune.care.autonomy.models import Step
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.models import Response
from attune.care.feedback.models import Word
from attune.care.safety.models import Concern
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.signals.models import Signal
from attune_science import instruments

#: Two responses, their scores, a signal, words, a step, a concern, and the events: none of these may be forgotten.
FEWEST_WRITES = 8
SUBMISSION = UUID(int=7)


def counts() -> dict[str, int]:
    """How many rows there are of everything in the record and the audit."""
    models = [*apps.get_app_config("care").get_models(), *apps.get_app_config("audit").get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


def failing_at(n: int) -> Any:
    """The n-th write does not come back. Reading goes on."""
    writes = count()

    def execute(run: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and next(writes) == n:
            raise OperationalError
        return run(sql, *rest)

    return execute


@pytest.fixture
def token(cast: Cast) -> str:
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    when = When(NOW.date(), NOW.time().replace(tzinfo=None, hour=9), ZONE)
    appointment = plan_appointment(cast.amara.episode, when=when, by=cast.ben, at=NOW - timedelta(days=1))
    session = hold_session(appointment, by=cast.ben, at=NOW)
    parts = [part_of(instruments.get(key), form) for key, form in zip(INSTRUMENTS, ("eight", "full"), strict=True)]
    return invite(cast.amara, asking=Asking("after", parts, session_id=session.id), by=cast.ben, at=NOW)[1]


def test_whichever_write_fails_nothing_is_kept(token: str) -> None:
    before = counts()
    sent = urlencode(what_is_sent(3) | {"step": "Ring my sister.", "submission": str(SUBMISSION)})
    for n in count():
        with ExitStack() as stack, fixed(NOW):
            execute = failing_at(n)
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(execute))
            page = Client().post(f"/c/{token}/", sent, "application/x-www-form-urlencoded")
        if page.status_code == 302:
            break
        assert (page.status_code, page.headers["Retry-After"]) == (503, "5"), n
        assert counts() == before, n
    assert n >= FEWEST_WRITES
    assert {response.submission for response in Response.objects.all()} == {SUBMISSION}
    assert [model.objects.count() for model in (Response, Word, Step, Concern)] == [2, 2, 1, 1]
    assert Signal.objects.filter(rule="client-hurt").count() == 1
    assert Event.objects.filter(verb__in=["checkin.received", "concern.raised"]).count() == 3
