"""A PostgreSQL that lets in whoever comes, or lets Attune do everything: found on a real one."""

import re
import subprocess
import sys
from getpass import getuser
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from support import doorman
from support.servers import House, Postgres

from attune.commands.checks import postgres
from attune.commands.checks.postgres import is_known, open_to_anybody, superuser

if TYPE_CHECKING:
    import psycopg
    from conftest import Name

ASKED = "host all all samehost scram-sha-256\n"
LOCAL, HOST = "local all all {}\n", "host all all 127.0.0.1/32 {}\n"
TRUST, ASKS = "trust", "scram-sha-256"


def test_as_a_role_that_owns_its_databases_and_no_more(server: Postgres, name: "Name") -> None:
    name(server.url("attune"))
    assert [*superuser(), *open_to_anybody()] == []


def test_as_a_superuser(server: Postgres, name: "Name") -> None:
    name(server.url("postgres", role="postgres"))
    (fault,) = superuser()
    assert fault.startswith("DATABASE_URL comes in as a superuser")
    assert "settings.md" in fault


def test_as_one_who_can_become_a_superuser(server: Postgres, admin: "psycopg.Connection", name: "Name") -> None:
    doorman.make_role(admin, "deputy")
    admin.execute("GRANT postgres TO deputy")
    name(server.url("postgres", role="deputy"))
    assert len(list(superuser())) == 1


@pytest.mark.parametrize("password", [True, False])
@pytest.mark.parametrize("host", ["", "127.0.0.1", "localhost"])
def test_a_password_that_nobody_asks_for(
    server: Postgres, admin: "psycopg.Connection", name: "Name", host: str, password: bool
) -> None:
    """Whether one is set or not: the way in is everybody's."""
    doorman.write_rules(admin, server.data, LOCAL.format(TRUST) + HOST.format(TRUST))
    url = server.url("attune", host=host)
    name(url if password else url.replace(":for%20tests%20only@", "@"))
    (fault,) = open_to_anybody()
    assert "takes any password for the user of DATABASE_URL (by the way that is set there)" in fault
    assert doorman.PASSWORD not in fault


def test_a_password_that_is_asked_for_by_the_socket_alone(
    server: Postgres, admin: "psycopg.Connection", name: "Name"
) -> None:
    """Whoever is on this machine would take the other way."""
    doorman.write_rules(admin, server.data, "local all postgres trust\n" + LOCAL.format(ASKS) + HOST.format(TRUST))
    name(server.url("attune"))
    assert ["at 127.0.0.1" in fault for fault in open_to_anybody()] == [True]


def test_a_password_that_is_not_asked_for_by_the_socket(
    server: Postgres, admin: "psycopg.Connection", name: "Name", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_SOCKETS", (server.place,))
    doorman.write_rules(admin, server.data, LOCAL.format(TRUST) + HOST.format(ASKS))
    name(server.url("attune", host="127.0.0.1"))
    assert [f"at {server.place}" in fault for fault in open_to_anybody()] == [True]


def test_a_role_that_the_machine_itself_vouches_for(
    server: Postgres, admin: "psycopg.Connection", name: "Name"
) -> None:
    """By its socket, PostgreSQL knows which user of the machine comes: no password is needed for that."""
    doorman.make_role(admin, f'"{getuser()}"')
    doorman.write_rules(admin, server.data, f'local all postgres trust\nlocal all "{getuser()}" peer\n')
    name(server.url("postgres", role=getuser()).replace(":for%20tests%20only@", "@"))
    assert list(open_to_anybody()) == []


@pytest.mark.parametrize(
    ("host", "user", "known"),
    [("/run/postgresql", getuser(), True), ("/run/postgresql", "another", False), ("127.0.0.1", getuser(), False)],
)
def test_a_release_that_does_not_tell_how_it_knew(host: str, user: str, known: bool) -> None:
    """Then only what can be `peer` is taken for it: the machine's own user, by the socket."""
    opened: Any = SimpleNamespace(info=SimpleNamespace(server_version=15_00_07, host=host, user=user))
    assert is_known(opened) is known


def test_a_server_that_does_not_answer_elsewhere_is_let_be(server: Postgres, name: "Name") -> None:
    assert postgres._lets_in({"host": "127.0.0.1", "port": 1, "dbname": "attune", "user": "attune"}) is False


def attune(house: House, *words: str) -> "subprocess.CompletedProcess[str]":
    """A command in a house of its own."""
    command = [sys.executable, "-m", "attune.cli", *words]
    return subprocess.run(command, env=house.env, capture_output=True, text=True, timeout=120, check=False)


def test_a_clinic_as_the_page_of_settings_says_and_then_not(
    server: Postgres, admin: "psycopg.Connection", tmp_path: Path
) -> None:
    """Two roles and two databases as documented: nothing is wrong. Each made badly is named, and nothing opens."""
    for statement in documented():
        admin.execute(statement)
    urls = {
        name: server.url(database, role, host="127.0.0.1").replace("for%20tests%20only", "a-long-random-one")
        for name, database, role in (
            ("DATABASE_URL", "clinic", "clinic"),
            ("VAULT_DATABASE_URL", "clinic_vault", "clinic_vault"),
        )
    }
    house = House(tmp_path, 1, urls)
    begun = attune(house, "clinic", "create", "--name", "A practice", "--zone", "Europe/London")
    assert (begun.returncode, begun.stderr) == (0, "")
    well = attune(house, "doctor")
    assert (well.returncode, well.stdout) == (0, "Nothing is wrong that this command can see.\n")
    admin.execute("ALTER ROLE clinic SUPERUSER")
    doorman.write_rules(admin, server.data, "local all postgres trust\nhost all clinic_vault samehost trust\n" + ASKED)
    found = attune(house, "doctor").stdout.splitlines()
    assert [line[:60] for line in found] == [
        "✗ DATABASE_URL comes in as a superuser of PostgreSQL, or as one who can become it"[:60],
        "✗ PostgreSQL takes any password for the user of VAULT_DATABASE_URL"[:60],
    ]
    refused = attune(house, "serve")
    assert refused.returncode == 2
    assert "superuser" in refused.stderr
    assert "any password for the user of VAULT_DATABASE_URL" in refused.stderr


def documented() -> list[str]:
    """The statements of docs/reference/settings.md."""
    page = Path(__file__).parents[4] / "docs" / "reference" / "settings.md"
    (block,) = re.findall(r"^```sql\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [statement.replace("attune", "clinic") for statement in block.split(";") if statement.strip()]
