"""How a PostgreSQL of the tests' own lets somebody in: by password, as a role that is no superuser.

The one who made the server stays its superuser and comes in by the socket without a password: that is the tests' own
hand. Attune comes in as a clinic's does.
"""

import time
from pathlib import Path
from typing import Any

ROLE = "attune"
PASSWORD = "for tests only"
#: Everybody but the tests' own hand is asked for a password.
ASKS = "local all postgres trust\nlocal all all scram-sha-256\nhost all all samehost scram-sha-256\n"


def make_role(admin: Any, name: str = ROLE, rights: str = "LOGIN") -> None:
    """Somebody who may come in and owns nothing yet."""
    admin.execute(f"CREATE ROLE {name} {rights} PASSWORD '{PASSWORD}'")


def write_rules(admin: Any, data: Path, rules: str = ASKS) -> None:
    """Whom the server lets in from now on; comes back when it is so."""
    (data / "pg_hba.conf").write_text(rules, encoding="ascii")
    before = _rules_since(admin.info.dsn)
    admin.execute("SELECT pg_reload_conf()")
    while _rules_since(admin.info.dsn) == before:
        time.sleep(0.01)


def _rules_since(admin: str) -> Any:
    """As a new connection finds it."""
    import psycopg

    with psycopg.connect(admin) as connection:
        told = connection.execute("SELECT pg_conf_load_time()").fetchone()
    assert told is not None
    return told[0]
