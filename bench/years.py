"""A house with some thousand stored responses, and the same house after many years: `python -m bench.years …`.

`furnish` makes the demo's Ben with his own clients, and a colleague with hers, through the actions that people use;
then, as rows alone, what their stories leave out: messages, letters that were sent, looks at pages, a deputy, somebody
who is kept out. `grow` writes every table anew: Ben's rows as they are, and all that came with the colleague again and
again, each time as another colleague with clients of her own, so many weeks earlier, ten years back at most. Ben's rows
lie scattered among theirs, as in a clinic where everybody's come at the same time.

What this does not show. The audit's rows are as many and as wide as they would be, but their chain does not hold, so
nothing can be said about verifying it. What is sealed in a copy is as long as it would be and opens for nobody.
Colleagues have no accounts, so nothing can be said about signing in. Transcripts, private notes, summaries and drafts
do not grow. All was written in one go: pages and indexes are fuller than after years of single rows.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

if __name__ == "__main__":
    os.umask(0o077)
    django.setup()

from django.apps import apps
from django.db import connections, models, transaction
from django.db.models import Count
from support.guard import drop_triggers

from attune.audit.journal import unit
from attune.audit.models import Event, Shown
from attune.audit.triggers import reinstall
from attune.base import clock
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.episodes.actions import grant_deputy
from attune.care.episodes.models import Episode, Participant
from attune.care.messages.models import Message
from attune.care.schedule.models import Session
from attune.care.workflows.keep_out import keep_out
from attune.care.workflows.open_brief import open_brief
from attune.commands.demo import stories
from attune.commands.demo.make import BEN, ZONE, make_demo, tell_story
from attune.commands.migrate import migrate
from attune.notices.models import Notice
from attune.people.actions import Called, enter_person, give_role
from attune.people.models import Account, Person, Role
from attune.people.viewers import MACHINE, Viewer, get_viewer
from attune.vault.keys import keyring
from attune.vault.models import OwnerKey

#: A copy is so many weeks older than the one before it; after ten years they begin again.
WEEKS = 520
_WEEK = timedelta(weeks=1)


def furnish() -> dict[str, Any]:
    """Some thousand responses; whose pages are read, and from which id on a row came with the colleague."""
    migrate()
    now = clock.now()
    make_demo(at=now, whole=False)
    ben = get_viewer(Account.objects.get(email=BEN).person_id, at=now)
    for story in stories.BEN:
        tell_story(story, ben, known={}, now=now)
    his = Participant.objects.filter(episode__assignments__therapist=ben.me)
    alone = his.filter(episode__kind=Episode.Kind.INDIVIDUAL, episode__state=Episode.State.WORKING)
    longest = alone.annotate(held=Count("episode__sessions")).order_by("-held", "id")[0]
    open_brief(longest.episode_id, by=ben, at=now)
    clients, own, since = his.count(), Response.objects.count(), new_id()
    colleague, deputy = _enter("Nia"), _enter("Pau")
    for story in stories.OLA:
        tell_story(story, colleague, known={}, now=now)
    _add_what_stories_leave_out(colleague, deputy)
    return {
        "episode": str(longest.episode_id),
        "participant": str(longest.id),
        "sessions": longest.held,
        "clients": clients,
        "own": own,
        "others": Response.objects.count() - own,
        "since": str(since),
    }


def _enter(name: str) -> Viewer:
    """A therapist without an account."""
    at = clock.now() - WEEKS * _WEEK
    person = enter_person(Called(name, "they", ZONE), by=MACHINE, at=at)
    give_role(person, name=Role.Name.THERAPIST, by=MACHINE, at=at)
    return get_viewer(person.id, at=at)


def _add_what_stories_leave_out(colleague: Viewer, deputy: Viewer) -> None:
    at = clock.now()
    people = list(Participant.objects.select_related("person").filter(episode__assignments__therapist=colleague.me))
    for who in people:
        _write_to_each_other(who, colleague)
        _send_letters(who)
        _look(who, [one.person_id for one in people[:3]], colleague)
    first, second = [who for who in people if who.episode.state == Episode.State.WORKING][:2]
    stand_in = Person.objects.get(pk=deputy.me)
    grant_deputy(first.episode, person=stand_in, until=at + _WEEK, reason="Away for a week.", by=colleague, at=at)
    keep_out(second.id, staff_id=deputy.me, by=colleague, at=at)


def _write_to_each_other(who: Participant, colleague: Viewer) -> None:
    """Every month one message each; the client's last one is not opened yet."""
    months = range(1, who.episode.sessions.count() // 4 + 2)
    Message.objects.bulk_create(
        Message(
            participant=who,
            author_id=author,
            submission=new_id(),
            sent_at=clock.now() - 4 * month * _WEEK,
            read_at=None if month == 1 and author == who.person_id else clock.now() - (4 * month - 1) * _WEEK,
            text="We spoke about Tuesday. It stays as it is.",
        )
        for month in months
        for author in (who.person_id, colleague.me)
    )


def _send_letters(who: Participant) -> None:
    """One before each session."""
    for session in Session.objects.filter(episode=who.episode_id):
        due = session.held_at - timedelta(hours=2)
        Notice.objects.create(
            person_id=who.person_id,
            kind=Notice.Kind.BEFORE,
            about=session.appointment_id,
            due=due,
            until=session.held_at,
            state=Notice.State.SENT,
            next_at=due,
            changed_at=due,
        )


def _look(who: Participant, day: list[UUID], colleague: Viewer) -> None:
    """At each session the brief and Today, with three whom she sees that day."""
    with unit() as record:
        for session in Session.objects.filter(episode=who.episode_id):
            record("today.read", by=colleague, at=session.held_at, shown=day)
            record("brief.read", by=colleague, at=session.held_at, episode=who.episode_id, shown=[who.person_id])


def grow(copies: str, since: str) -> dict[str, Any]:
    """So many colleagues in place of the one who came with these ids and later ones."""
    record: list[type[models.Model]] = [*apps.get_app_config("care").get_models(), Person, Role, Notice, Event, Shown]
    _write_anew("vault", [OwnerKey], int(copies), UUID(since))
    drop_triggers()
    _write_anew("default", record, int(copies), UUID(since))
    reinstall(connections["default"].schema_editor())
    return {"responses": Response.objects.count(), "events": Event.objects.count()}


def settle() -> None:
    """What a PostgreSQL does by itself in its first minutes, and no more of it while pages are measured.

    SQLite does nothing by itself, and nobody asks it to.
    """
    if connections["default"].vendor == "postgresql":
        for alias in connections:
            _say(alias, ["VACUUM (ANALYZE)"])
        _say("default", ["ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()"])


def _write_anew(alias: str, listed: Iterable[type[models.Model]], copies: int, since: UUID) -> None:
    """Table by table: emptied, and filled from what was in it. Keys are not looked at meanwhile: each copy is whole."""
    dialect = _DIALECTS[connections[alias].vendor]
    _say(alias, dialect.before)
    for model in listed:
        with transaction.atomic(using=alias):
            _say(alias, _statements(model, dialect, copies, since))
    connections[alias].close()  # and with it what was said before


def _say(alias: str, statements: Iterable[str]) -> None:
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@dataclass(frozen=True)
class _Dialect:
    """What a database is told before, how it draws one of so many, and how it changes an id, a time and a day."""

    before: Sequence[str]
    drawn: str
    copied: str
    earlier: str
    earlier_day: str


_DIALECTS = {
    "sqlite": _Dialect(
        before=[f"PRAGMA {said}" for said in ("foreign_keys=OFF", "journal_mode=OFF", "cache_size=-1000000")],
        drawn="abs(random()) % {copies}",
        copied="substr({column}, 1, 24) || '{digits}'",
        earlier="datetime(substr({column}, 1, 19), '-{days} days') || substr({column}, 20)",
        earlier_day="date({column}, '-{days} days')",
    ),
    "postgresql": _Dialect(
        before=["SET session_replication_role = replica"],
        drawn="floor(random() * {copies})::int",
        copied="(left({column}::text, 28) || '{digits}')::uuid",
        earlier="{column} - interval '{days} days'",
        earlier_day="{column} - {days}",
    ),
}


def _statements(model: type[models.Model], dialect: _Dialect, copies: int, since: UUID) -> Iterator[str]:
    """`lot`: among which copy a row of Ben's comes to lie; none for what is copied."""
    table, fields = model._meta.db_table, model._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    lot = f"CASE WHEN id < '{since.hex}' THEN {dialect.drawn.format(copies=copies)} END"
    yield f"CREATE TEMP TABLE few AS SELECT *, {lot} AS lot FROM {table}"
    yield f"DELETE FROM {table}"
    for copy in range(copies):
        values = ", ".join(_value(field, dialect, copy, since) for field in fields)
        yield f"INSERT INTO {table} ({columns}) SELECT {values} FROM few WHERE lot IS NULL OR lot = {copy}"
    yield "DROP TABLE few"


def _value(field: Any, dialect: _Dialect, copy: int, since: UUID) -> str:
    """What a copy has in this column. Ben's rows keep theirs, but for their places in the audit."""
    column, days = str(field.column), 7 * (copy % WEEKS)
    kept = field.target_field if field.is_relation else field
    if column == "seq":
        return f"seq + {copy} * (SELECT max(seq) FROM few)"
    if isinstance(kept, models.UUIDField):
        # Every id was made by us, one after another: but for its last eight digits, too, it is like no other.
        copied = dialect.copied.format(column=column, digits=f"{copy:08x}")
        return f"CASE WHEN lot IS NULL AND {column} > '{since.hex}' THEN {copied} ELSE {column} END"
    if isinstance(kept, models.DateField):  # a time is one, too
        told = dialect.earlier if isinstance(kept, models.DateTimeField) else dialect.earlier_day
        return f"CASE WHEN lot IS NULL THEN {told.format(column=column, days=days)} ELSE {column} END"
    if kept.unique:
        return f"CASE WHEN lot IS NULL THEN substr({column}, 1, length({column}) - 8) || '{copy:08x}' ELSE {column} END"
    return column


if __name__ == "__main__":
    word, *given = sys.argv[1:]
    with keyring():
        words: dict[str, Callable[..., Any]] = {"furnish": furnish, "grow": grow, "settle": settle}
        done = words[word](*given)
    print(json.dumps(done))
