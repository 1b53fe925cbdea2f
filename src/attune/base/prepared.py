"""A query that is composed once in the life of a process, and asked again and again with other values.

Django composes the text of a query anew whenever it is asked, which costs more than the database's answer does: a page
of some twenty queries spent two fifths of its time on that. What is composed here is an ordinary queryset of Django's;
only its values are left open, and its text is kept.
"""

import json
from collections.abc import Callable, Collection
from copy import copy
from datetime import date, datetime
from typing import Any, Generic, TypeVar, TypeVarTuple
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet

Given = TypeVarTuple("Given")
Found = TypeVar("Found")

#: How the members of a collection of ids are told to the database as one value.
_MEMBERS = {"sqlite": "(SELECT value FROM json_each(%s))", "postgresql": "(SELECT unnest(%s::uuid[]))"}


class prepared(Generic[*Given, Found]):  # noqa: N801 - a decorator reads as a word
    """`@prepared` above a function that returns a queryset: calling it gives the list of what was found.

    The function is called once, with a stand-in for each value, so that it may hand them to filters and do nothing
    else with them: what is looked for in a stand-in is not there. Values are ids, moments, days, texts or whole
    numbers, never None; a collection holds ids, and where one is empty nothing is found.
    """

    def __init__(self, compose: Callable[[*Given], QuerySet[Any, Found]]) -> None:
        self.compose = compose
        self._composed: dict[tuple[bool, ...], _Composed] = {}

    def __call__(self, *given: *Given) -> list[Found]:
        """What is found with these values, read in one query."""
        values: tuple[Any, ...] = given
        many = tuple(_is_collection(value) for value in values)
        if any(several and not value for several, value in zip(many, values, strict=True)):
            return []
        composed = self._composed.get(many)
        if composed is None:
            stand_ins: Any = [_StandIn(n, several) for n, several in enumerate(many)]
            composed = self._composed[many] = _Composed(self.compose(*stand_ins))
        return composed.find(values)


class _StandIn(Expression):
    """Stands in a queryset for the value that is given last."""

    def __init__(self, place: int, several: bool) -> None:
        super().__init__()
        self.place, self.several = place, several

    def as_sql(self, _compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        """A place for it; itself, where its value will be."""
        return _MEMBERS[connection.vendor] if self.several else "%s", [self]


class _Composed:
    """A queryset with its text, and how what it finds is read."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows
        self.compiler = rows.query.get_compiler(using=rows.db)
        self.text, self.values = self.compiler.as_sql()
        selected = [one[0] for one in self.compiler.select]
        self.converted = {place: selected[place] for place in self.compiler.get_converters(selected)}
        del self.compiler.connection  # that of the thread that asked first; every call brings its own

    def find(self, given: tuple[Any, ...]) -> list[Any]:
        """As Django would: its own rows from its own compiler, which is told its text instead of composing it."""
        rows, compiler = self.rows.all(), copy(self.compiler)
        connection = compiler.connection = connections[rows.db]
        values = [_stored(given[one.place], connection) if isinstance(one, _StandIn) else one for one in self.values]
        converters = {
            place: (connection.ops.get_db_converters(one) + one.get_db_converters(connection), one)
            for place, one in self.converted.items()
        }
        vars(compiler).update(as_sql=lambda: (self.text, values), get_converters=lambda _: converters)
        vars(rows.query).update(get_compiler=lambda *_, **__: compiler)
        return list(rows)


def _is_collection(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str | bytes)


def _stored(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """A value as this database keeps it."""
    if value is None:
        raise TypeError("A prepared query compares values, and None is none: ask whether it is missing.")
    if _is_collection(value):
        members = [_stored(one, connection) for one in value]
        return json.dumps(members) if connection.vendor == "sqlite" else members
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
