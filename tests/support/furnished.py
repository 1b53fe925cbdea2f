"""Run inside a house of made-up people, in a process of its own: hand out links, read the record back, die half-way.

`python -m support.furnished links 500`, `… record`, `… deaths`, `… whole`, `… entry`, `… letter`: each prints one
line of JSON.
"""

import json
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import django

if __name__ == "__main__":
    os.umask(0o077)
    django.setup()

from django.apps import apps
from django.db import connection, connections
from support.cast import ZONE, make_cast
from support.ledger import INSTRUMENTS, digest, what_is_sent

from attune.audit.models import Event
from attune.audit.verify import verify
from attune.base import clock
from attune.care.checkins.actions import Asking, invite, part_of
from attune.care.checkins.fields import field_of
from attune.care.checkins.models import Invitation, Response
from attune.care.checkins.tokens import hash_of, new_token
from attune.care.episodes.models import Participant
from attune.care.safety.models import Concern
from attune.care.schedule.actions import When, hold_session, plan_appointment
from attune.care.signals.models import Signal
from attune.care.workflows.begin_episode import begin_episode
from attune.care.workflows.reach_client import choose_when, enter_where
from attune.care.workflows.receive_checkin import Sent, get_answers, receive_checkin
from attune.commands.migrate import migrate
from attune.people.actions import Called
from attune.people.links import make_link
from attune.people.models import Account, Installation
from attune.people.viewers import MACHINE, Viewer, get_viewer
from attune.vault.keys import keyring
from attune_science import instruments

_FORMS = dict(zip(INSTRUMENTS, ("eight", "full"), strict=True))
#: So many check-ins a client at most: a history that no rule has to walk for long.
EACH = 25
#: What of the audit belongs to a check-in that was received.
_VERBS = ("checkin.received", "concern.raised")


def links(many: int, each: int = EACH, asked: Sequence[str] = INSTRUMENTS) -> list[str]:
    """Tokens of so many links, for clients of their own. One a client is handed out, the others are copies of it."""
    migrate()
    if not Installation.objects.exists():
        make_cast(at=clock.now() - timedelta(days=1))
    ben = get_viewer(Account.objects.get(email="ben@example.org").person_id, at=clock.now())
    tokens: list[str] = []
    while len(tokens) < many:
        tokens += _for_a_client(ben, min(each, many - len(tokens)), asked)
    return tokens


def letter() -> None:
    """Somebody who comes in an hour, and to whom the check-in before it is to go by mail two hours ahead."""
    migrate()
    now = clock.now()
    make_cast(at=now - timedelta(days=1))
    ben = get_viewer(Account.objects.get(email="ben@example.org").person_id, at=now)
    who = Participant.objects.select_related("episode").filter(episode__kind="individual").order_by("id")[0]
    starts = (now + timedelta(hours=1)).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, microsecond=0)
    plan_appointment(who.episode, when=When(starts.date(), starts.time(), ZONE), by=ben, at=now - timedelta(hours=9))
    enter_where(who.id, address="amara@example.net", by=ben, at=now - timedelta(hours=9))
    choose_when(who.id, before="hours", after="", by=ben, at=now - timedelta(hours=9))


def plain_links(many: int) -> list[str]:
    """The same, for a check-in of eight lines and nothing else."""
    return links(many, asked=INSTRUMENTS[:1])


def _for_a_client(ben: Viewer, many: int, asked: Sequence[str]) -> list[str]:
    called = Called(f"Client {uuid4().hex[:6]}", "they", ZONE)
    episode = begin_episode(kind="individual", people=[called], by=ben, at=clock.now())
    parts = [part_of(instruments.get(key), _FORMS[key]) for key in asked]
    who = Participant.objects.select_related("person", "episode").get(episode=episode)
    one, token = invite(who, asking=Asking("after", parts, session_id=_session(who, ben)), by=ben, at=clock.now())
    tokens = [new_token() for _ in range(many - 1)]
    Invitation.objects.bulk_create(
        Invitation(
            participant=who,
            kind=one.kind,
            session_id=one.session_id,
            asked=one.asked,
            token_hash=hash_of(copy),
            made_at=one.made_at,
            expires_at=one.expires_at,
        )
        for copy in tokens
    )
    return [token, *tokens]


def _session(who: Participant, ben: Viewer) -> UUID:
    """Held yesterday."""
    starts = (clock.now() - timedelta(days=1)).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, microsecond=0)
    when = When(starts.date(), starts.time(), ZONE)
    appointment = plan_appointment(who.episode, when=when, by=ben, at=clock.now() - timedelta(days=2))
    return hold_session(appointment, by=ben, at=clock.now()).id


def record() -> dict[str, Any]:
    """Every submission as it is kept, what stands alone, and whether chain and file are whole."""
    responses = list(Response.objects.select_related("participant", "invitation").order_by("id"))
    rows = _rows()
    known = {response.id for response in responses}
    by_invitation: dict[tuple[UUID, UUID], list[Response]] = defaultdict(list)
    for response in responses:
        by_invitation[response.submission, response.invitation_id].append(response)
    return {
        "found": [
            {"submission": str(submission), "digest": _digest(parts), "shape": _shape(parts, rows)}
            for (submission, _), parts in by_invitation.items()
        ],
        "alone": sum(1 for response in rows if response not in known),
        "chain": verify().fault is None,
        "sound": _sound(),
    }


def _rows() -> dict[UUID, Counter[str]]:
    """How many rows of each kind name a response."""
    rows: dict[UUID, Counter[str]] = defaultdict(Counter)
    for model in apps.get_app_config("care").get_models():
        if any(field.name == "response" for field in model._meta.get_fields()):
            told = model._default_manager.all()
            if model is Signal:  # the others hang on the course: how many there are differs from one to the next
                told = told.filter(rule="client-hurt")
            for response in told.values_list("response_id", flat=True):
                rows[response][model.__name__] += 1
    concerns = dict(Concern.objects.values_list("id", "response_id"))
    for verb, subject in Event.objects.filter(verb__in=_VERBS).values_list("verb", "subject"):
        assert subject is not None
        rows[concerns.get(subject, subject)][verb] += 1
    return rows


def _shape(parts: list[Response], rows: dict[UUID, Counter[str]]) -> dict[str, Counter[str]]:
    return {part.instrument: rows.get(part.id, Counter()) for part in parts}


def _digest(parts: list[Response]) -> str:
    fields: dict[str, str] = {}
    for response in parts:
        place = [part.instrument for part in response.invitation.parts].index(response.instrument)
        part = response.invitation.parts[place]
        answers = get_answers(response)
        given = {name: f"{value:g}" for name, value in answers.ratings.items()} | {**answers.choices, **answers.words}
        fields |= {field_of(place, part, name): value for name, value in given.items()}
    return digest(fields)


def _sound() -> bool:
    if connection.vendor != "sqlite":
        return True
    answers = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            answers.append(cursor.fetchone()[0])
    return answers == ["ok"] * len(answers)


def deaths() -> list[dict[str, Any]]:
    """The process dies at each write of a check-in, before it and after it, until one goes through unharmed.

    Each time: what was kept, in responses, and whether the same, sent again, is acknowledged.
    """
    told = []
    for n in count():
        token, sent = links(1)[0], Sent(what_is_sent(n), uuid4())
        connections.close_all()  # the child opens its own
        child = os.fork()
        if not child:
            _die_at(n, token, sent)
        status = os.waitpid(child, 0)[1]
        kept = Response.objects.filter(submission=sent.submission).count()
        receive_checkin(token=token, sent=sent, at=clock.now())
        told.append({"died": os.WIFSIGNALED(status), "kept": kept, "submission": str(sent.submission)})
        if not told[-1]["died"]:
            return told
    raise AssertionError


def _die_at(n: int, token: str, sent: Sent) -> None:
    """Two moments a write, before and after it; the commit is the last of them."""
    moments = count()

    def moment() -> None:
        if next(moments) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.startswith(("INSERT", "UPDATE", "DELETE")):
            return execute(sql, *rest)
        moment()
        done = execute(sql, *rest)
        moment()
        return done

    commit = connection._commit  # type: ignore[attr-defined]  # Django's own, to count by

    def committed() -> None:
        moment()
        commit()
        moment()

    connection._commit = committed  # type: ignore[attr-defined]  # as above
    try:
        with keyring(), connection.execute_wrapper(write), connections["vault"].execute_wrapper(write):
            receive_checkin(token=token, sent=sent, at=clock.now())
    except BaseException:
        os._exit(3)
    os._exit(0)


def count_responses() -> int:
    """How many are there now."""
    return Response.objects.count()


def whole() -> dict[str, Any]:
    """A check-in taken in peace: how many rows of each kind it has."""
    token, submission = links(1)[0], uuid4()
    receive_checkin(token=token, sent=Sent(what_is_sent(1), submission), at=clock.now())
    found: dict[str, Any] = next(one for one in record()["found"] if one["submission"] == str(submission))
    return dict(found["shape"])


def entry() -> str:
    """The token of a link for a new colleague; there is somebody already."""
    return make_link(Account.objects.get(email="eli@example.org"), by=MACHINE, at=clock.now())


if __name__ == "__main__":
    word, *given = sys.argv[1:]
    with keyring():
        words: dict[str, Callable[..., Any]] = {
            "links": links,
            "letter": letter,
            "plain_links": plain_links,
            "count": count_responses,
            "record": record,
            "deaths": deaths,
            "whole": whole,
            "entry": entry,
        }
        done = words[word](*map(int, given))
    print(json.dumps(done))
