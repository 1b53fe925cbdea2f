"""PostgreSQL: how it is reached."""

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings

_ENCRYPTED = {"require", "verify-ca", "verify-full"}


def elsewhere() -> Iterator[str]:
    """A database on another machine, without a password or in clear."""
    chosen = {"DATABASE_URL": settings.ATTUNE.database_url, "VAULT_DATABASE_URL": settings.ATTUNE.vault_database_url}
    for name, url in chosen.items():
        parts = urlsplit(url)
        if parts.scheme == "sqlite" or unquote(parts.hostname or "/").startswith("/") or is_here(parts.hostname):
            continue
        if not parts.password:
            yield f"{name} reaches another machine without a password: give its user one, and say it there."
        if parse_qs(parts.query).get("sslmode", [""])[-1] not in _ENCRYPTED:
            yield f"{name} reaches another machine in clear: add ?sslmode=verify-full (or require) to it."


def is_here(host: str | None) -> bool:
    """Whether this name or number is this machine and no other."""
    return host in ("localhost", "::1") or (host or "").startswith("127.")
