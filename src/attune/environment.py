"""What the operator may set, read once from the environment and checked: a wrong value names itself.

Each name may also be given as `NAME_FILE`, the path of a file that holds the value (for secrets).
"""

import os
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from attune.base.errors import Misconfigured

#: Every setting with what it is for: `docs/reference/settings.md` and a rule test follow this list.
SETTINGS = {
    "ATTUNE_HOME": "folder for all state but a clinic's master key (default: ./var)",
    "ATTUNE_URL": "the address that people use, such as https://attune.example.org (default: http://localhost:8000)",
    "ATTUNE_SECRET_KEY": "at least 50 characters; signs cookies and forms (default: made once, kept in ATTUNE_HOME)",
    "ATTUNE_MASTER_KEY": "32 bytes in base64; wraps the key of every owner. A clinic keeps it outside ATTUNE_HOME",
    "ATTUNE_MASTER_KEY_OLD": "the master key before this one, while `attune rotate-master` runs",
    "DATABASE_URL": "postgres://… for PostgreSQL (default: SQLite in ATTUNE_HOME)",
    "VAULT_DATABASE_URL": "the second database, for keys (default: SQLite in ATTUNE_HOME)",
    "ATTUNE_MAIL_URL": "smtps://user:password@host or smtp://… (TLS by STARTTLS); without it nothing is sent by mail",
    "ATTUNE_MAIL_FROM": "the address that letters come from (default: attune@ the host of ATTUNE_URL)",
}
SECRET_FILE = "secret.key"  # noqa: S105 - the name of a file
DEMO_MASTER_FILE = "demo-master.key"


@dataclass(frozen=True)
class Environment:
    """The operator's choices, checked."""

    home: Path
    url: str
    secret_key: str
    master_key: bytes | None
    master_key_old: bytes | None
    database_url: str
    vault_database_url: str
    mail_url: str | None = None
    mail_from: str = ""
    master_key_file: Path | None = None

    @property
    def key_lies_at_home(self) -> bool:
        """A master key beside what it opens protects nothing: whoever takes the folder has both."""
        return self.master_key_file is not None and self.master_key_file.is_relative_to(self.home)

    @classmethod
    def read(cls, env: Mapping[str, str] = os.environ) -> Self:
        """Read and check; raises `Misconfigured` with the name, what was found wrong, and what is expected."""
        home = Path(_value(env, "ATTUNE_HOME") or "var").resolve()
        master = _key(env, "ATTUNE_MASTER_KEY") or _demo_master(home)
        url = _url(_value(env, "ATTUNE_URL") or "http://localhost:8000")
        return cls(
            home=home,
            url=url,
            secret_key=_secret(env, home),
            master_key=master,
            master_key_old=_key(env, "ATTUNE_MASTER_KEY_OLD"),
            database_url=_database(env, "DATABASE_URL", home / "attune.sqlite3"),
            vault_database_url=_database(env, "VAULT_DATABASE_URL", home / "vault.sqlite3"),
            mail_url=_mail(env),
            mail_from=_value(env, "ATTUNE_MAIL_FROM") or f"attune@{urlsplit(url).hostname}",
            master_key_file=Path(named).resolve() if (named := env.get("ATTUNE_MASTER_KEY_FILE")) else None,
        )


def _value(env: Mapping[str, str], name: str) -> str | None:
    path = env.get(f"{name}_FILE")
    if path and name in env:
        raise Misconfigured(f"{name} and {name}_FILE are both set: keep one of them.")
    if not path:
        return env.get(name) or None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise Misconfigured(
            f"{name}_FILE names a file that cannot be read as text ({type(problem).__name__}): "
            "give the path of a readable file."
        ) from problem


def _secret(env: Mapping[str, str], home: Path) -> str:
    secret = _value(env, "ATTUNE_SECRET_KEY")
    if secret is None and (home / SECRET_FILE).exists():
        secret = (home / SECRET_FILE).read_text(encoding="utf-8").strip()
    if secret is None:
        raise Misconfigured(
            "ATTUNE_SECRET_KEY is not set and ATTUNE_HOME holds none yet: run any `attune` command once, "
            "which makes one, or set 50 random characters."
        )
    if len(secret) < 50 or len(set(secret)) < 10:
        raise Misconfigured("ATTUNE_SECRET_KEY is too short or too plain: expected at least 50 random characters.")
    return secret


def _key(env: Mapping[str, str], name: str) -> bytes | None:
    text = _value(env, name)
    return None if text is None else _bytes_of(name, text)


def _bytes_of(name: str, text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except NotBase64 as problem:
        raise Misconfigured(f"{name} is not base64: expected 32 random bytes, as `attune new-key` prints.") from problem
    if len(key) != 32:
        raise Misconfigured(f"{name} holds {len(key)} bytes: expected 32 random bytes, as `attune new-key` prints.")
    return key


def _demo_master(home: Path) -> bytes | None:
    path = home / DEMO_MASTER_FILE
    return _bytes_of(str(path.name), path.read_text(encoding="ascii").strip()) if path.exists() else None


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise Misconfigured("ATTUNE_URL is not an address: expected http(s)://host or http(s)://host:port, no path.")
    return text.rstrip("/")


def _mail(env: Mapping[str, str]) -> str | None:
    url = _value(env, "ATTUNE_MAIL_URL")
    parts = urlsplit(url or "")
    if url is not None and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/")):
        raise Misconfigured("ATTUNE_MAIL_URL is not a mail server: expected smtps://user:password@host or smtp://host.")
    return url


def _database(env: Mapping[str, str], name: str, default: Path) -> str:
    url = _value(env, name) or f"sqlite:///{default}"
    if urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise Misconfigured(f"{name} is of an unknown kind: expected postgres://… or sqlite:///path.")
    return url
