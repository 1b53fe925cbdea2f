"""What a prepared query finds is what Django would have found with the same values, on every page that asks one."""

import importlib
import pkgutil
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from support.cast import NOW, ZONE
from support.sessions_told import transcribed

import attune
from attune.audit.journal import _find_last
from attune.base.ids import new_id
from attune.base.prepared import prepared
from attune.care.access.relations import list_readers, list_visible_episodes
from attune.care.checkins.actions import hold
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.readers import _find_invitation, _find_received, _list_sent, may_remember
from attune.care.episodes.actions import grant_deputy
from attune.care.episodes.models import Participant
from attune.care.feedback.models import Answer, Verdict, Word
from attune.care.messages.models import Message
from attune.care.schedule.models import Appointment, Move, Session
from attune.care.schedule.readers import list_next
from attune.care.workflows.open_brief import open_brief
from attune.commands.demo.make import BEN, make_demo
from attune.insight.brief import get_brief
from attune.insight.caseload import list_caseload
from attune.insight.feedback_page import get_feedback_page
from attune.insight.timeline import get_timeline
from attune.insight.today import get_today
from attune.people.actions import Called, enter_person
from attune.people.models import Account
from attune.people.viewers import MACHINE, Viewer, get_viewer
from attune.vault.keys import keyring

pytestmark = pytest.mark.django_db


def prepared_queries() -> set[str]:
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(attune.__path__, "attune.")]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, prepared)]
    return {_name(one) for one in found}


def _name(query: Any) -> str:
    return f"{query.compose.__module__}.{query.compose.__name__}"


def told(row: Any, back: Any = None) -> Any:
    """Everything that was read of a row and of the rows beside it; what is sealed as it lies in the database."""
    if not isinstance(row, Model):
        return row
    beside = {name: told(one, row) for name, one in row._state.fields_cache.items() if one is not back}
    fields = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row).__name__, fields, beside


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The queries that were asked, each compared with Django's own answer."""
    seen: set[str] = set()
    ask = prepared.__call__

    def compare(query: Any, *given: Any) -> list[Any]:
        plain = query.compose(*given)
        ours, theirs = [told(row) for row in ask(query, *given)], [told(row) for row in plain.all()]
        if not plain.ordered:
            ours, theirs = sorted(ours, key=repr), sorted(theirs, key=repr)
        assert ours == theirs, _name(query)
        if theirs:
            seen.add(_name(query))
        return ask(query, *given)

    monkeypatch.setattr(prepared, "__call__", compare)
    return seen


def test_a_prepared_query_finds_what_django_finds(asked: set[str]) -> None:
    with keyring():
        make_demo(at=NOW, whole=False)
        ben = get_viewer(Account.objects.get(email=BEN).person_id, at=NOW)
        _enter_what_the_demo_lacks(ben)
        hold(by=ben, at=NOW)
        get_today(ben, at=NOW)
        for episode in list_visible_episodes(ben, at=NOW):
            open_brief(episode.id, by=ben, at=NOW)
            get_brief(ben, episode.id, at=NOW)
            list_readers(episode.id, at=NOW)
        for who in Participant.objects.all():
            get_timeline(ben, who.id, at=NOW)
            get_feedback_page(ben, who.id, at=NOW)
        list_caseload(ben, at=NOW)
        _find_last()  # asked on SQLite alone; PostgreSQL has a trigger
        for sent in Response.objects.select_related("invitation")[:1]:
            link = sent.invitation.token_hash
            for query in (_find_invitation, _find_received, _list_sent):
                query(link)
    assert "\n".join(sorted(prepared_queries() - asked)) == ""


def _enter_what_the_demo_lacks(ben: Viewer) -> None:
    """Rows alone: what matters is that there is something to be found."""
    first = Participant.objects.order_by("id")[0]
    vikar = enter_person(Called("Vikar", "they", ZONE), by=MACHINE, at=NOW)
    grant_deputy(first.episode, person=vikar, until=NOW + timedelta(days=9), reason="holiday", by=ben, at=NOW)
    Message.objects.create(
        participant=first, author_id=first.person_id, submission=new_id(), sent_at=NOW, text="Hello."
    )
    _say_something(first, ben)
    ahead = list_next([first.episode_id])[0]
    Move.objects.create(appointment=ahead, from_at=ahead.starts_at, side="client", moved_at=NOW)
    gone = {"state": Appointment.State.CANCELLED, "cancelled_by": "client", "told_at": NOW}
    yesterday = NOW - timedelta(days=1)
    Appointment.objects.create(
        episode=first.episode, day=yesterday.date(), time=yesterday.time(), zone=ZONE, starts_at=yesterday, **gone
    )
    last = Session.objects.filter(episode=first.episode).order_by("-number")[0]
    transcribed(last.id, by=ben, at=NOW)
    Account.objects.update(whole_pin="kept as passwords are")
    may_remember(Invitation(participant=Participant(person_id=ben.me, episode=first.episode)))


def _say_something(who: Participant, ben: Viewer) -> None:
    """Not opened; opened and not answered; answered, with what came of it."""
    of_them = {"participant": who, "kind": Word.Kind.ANY, "said_at": NOW, "text": "The sheets."}
    Word.objects.create(submission=new_id(), waiting_since=NOW, **of_them)
    Word.objects.create(submission=new_id(), waiting_since=NOW, read_at=NOW, **of_them)
    word = Word.objects.create(submission=new_id(), read_at=NOW, **of_them)
    by = {"answered_by_id": ben.me, "answered_at": NOW, "submission": new_id()}
    answer = Answer.objects.create(word=word, kind=Answer.Kind.CHANGED, since=NOW.date(), text="Less of it.", **by)
    Verdict.objects.create(answer=answer, kind=Verdict.Kind.BETTER, given_at=NOW)
