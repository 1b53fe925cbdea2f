"""PostgreSQL: how it is reached, as whom, and whether it asks who is there."""

from collections.abc import Iterator
from getpass import getuser
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_NAMES = {"default": "DATABASE_URL", "vault": "VAULT_DATABASE_URL"}
_ENCRYPTED = {"require", "verify-ca", "verify-full"}
#: Where a server on this machine can be asked, beside what the setting names.
_LOOPBACK = ("127.0.0.1", "::1")
_SOCKETS = (Path("/var/run/postgresql"), Path("/tmp"))  # noqa: S108 - where PostgreSQL itself puts its socket
#: Seconds until a server that does not answer is let be.
_PATIENCE = 3
#: From this release on PostgreSQL says itself how it knew somebody.
_TELLS = 16_00_00


def elsewhere() -> Iterator[str]:
    """A database on another machine, without a password or in clear."""
    chosen = {"DATABASE_URL": settings.ATTUNE.database_url, "VAULT_DATABASE_URL": settings.ATTUNE.vault_database_url}
    for name, url in chosen.items():
        parts = urlsplit(url)
        if parts.scheme == "sqlite" or _is_socket(unquote(parts.hostname or "")) or is_here(parts.hostname):
            continue
        if not parts.password:
            yield f"{name} reaches another machine without a password: give its user one, and say it there."
        if parse_qs(parts.query).get("sslmode", [""])[-1] not in _ENCRYPTED:
            yield f"{name} reaches another machine in clear: add ?sslmode=verify-full (or require) to it."


def superuser() -> Iterator[str]:
    """Whoever may do everything there can take the audit's triggers away, and read what is none of Attune's."""
    for name, connection in list_postgres():
        with connection.cursor() as cursor:
            # Oneself, and every role that one may put on.
            cursor.execute("SELECT bool_or(rolsuper) FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')")
            if cursor.fetchone()[0]:
                yield (
                    f"{name} comes in as a superuser of PostgreSQL, or as one who can become it, whom no trigger "
                    "stops: move the data to a role that owns these databases and no more, as "
                    "docs/reference/settings.md says, and name that role there."
                )


def open_to_anybody() -> Iterator[str]:
    """A role that is let in whatever password is given (`trust`), by the way that is set or another one here."""
    for name, connection in list_postgres():
        for where, way in _ways(connection):
            if _lets_in(way):
                yield (
                    f"PostgreSQL takes any password for the user of {name} ({where}), so whoever gets that far has the "
                    "database: give that user a password, write scram-sha-256 in place of trust into pg_hba.conf, and "
                    "reload PostgreSQL."
                )
                break


def list_postgres() -> Iterator[tuple[str, BaseDatabaseWrapper]]:
    """The databases that are PostgreSQL, by the names of their settings."""
    for alias in connections:
        if connections[alias].vendor == "postgresql":
            yield _NAMES[alias], connections[alias]


def is_here(host: str | None) -> bool:
    """Whether this name or number is this machine and no other."""
    return host in ("localhost", "::1") or (host or "").startswith("127.")


def _is_socket(host: str) -> bool:
    return not host or host.startswith("/")


def _ways(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, dict[str, Any]]]:
    """How the same server can be asked: as the setting says; and where that is this machine, by its other doors."""
    chosen = connection.get_connection_params()
    host, port = chosen.get("host") or "", chosen.get("port") or 5432
    yield "by the way that is set there", chosen
    if not (_is_socket(host) or is_here(host)):
        return
    sockets = (str(place) for place in _SOCKETS if _is_there(place / f".s.PGSQL.{port}"))
    for other in (*_LOOPBACK, *sockets):
        yield f"at {other}", chosen | {"host": other, "port": port, "sslmode": "prefer"}


def _is_there(socket: Path) -> bool:
    try:
        return socket.exists()
    except OSError:  # a folder that is closed to us
        return False


def _lets_in(way: dict[str, Any]) -> bool:
    """Whether a password that nobody has set opens it, and nothing else told who came."""
    try:
        with psycopg.connect(**way | {"password": token_urlsafe(24), "connect_timeout": _PATIENCE}) as opened:
            return not is_known(opened)
    except psycopg.OperationalError:  # refused, or nobody there
        return False


def is_known(opened: "psycopg.Connection[Any]") -> bool:
    """Whether PostgreSQL knew who came though it took no password: by the machine's own user (`peer`), or a paper."""
    if opened.info.server_version >= _TELLS:
        told = opened.execute("SELECT system_user").fetchone()
        return told is not None and told[0] is not None
    return opened.info.host.startswith("/") and opened.info.user == getuser()
