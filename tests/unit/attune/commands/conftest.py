"""A PostgreSQL of the commands' own tests, to be set up badly."""

import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.db.utils import ConnectionHandler
from support import doorman
from support.servers import Postgres

from attune.commands.checks import postgres as checks
from attune.settings import _database

#: Names a database of the server in the place of the house's own.
Name = Callable[[str], None]


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """Asked by its socket and at 127.0.0.1; its role `attune` owns its databases and no more."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="attune-pg-") as place:  # a socket's path must be short
        database = Postgres(Path(place), port)
        try:
            database.urls()
            yield database
        finally:
            database.kill()  # nothing in it is to be kept


@pytest.fixture
def admin(server: Postgres) -> Iterator["psycopg.Connection"]:
    """Its superuser, who leaves the rules as they were."""
    with psycopg.connect(server.admin, autocommit=True) as connection:
        yield connection
        doorman.write_rules(connection, server.data)


@pytest.fixture
def name(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Name]:
    """What the checks then find under DATABASE_URL."""
    named: list[ConnectionHandler] = []

    def chosen(url: str) -> None:
        named.append(ConnectionHandler({"default": _database(url)}))
        monkeypatch.setattr(checks, "connections", named[-1])

    yield chosen
    for connections in named:
        connections.close_all()
