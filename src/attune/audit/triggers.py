"""The guard of the chain, in the database itself: rows can be added at the end, and nothing else.

PostgreSQL chains by trigger, under one advisory lock that is held to the end of the transaction; therefore events
are the last statements of a transaction (else two that cross would wait for each other). On SQLite a transaction
that writes is alone anyway: `journal.py` chains, and a trigger refuses what does not follow.
"""

from typing import Any

TABLES = ("audit_event", "audit_shown")
#: Any number of our own; it names the lock.
_LOCK = 4_217_001

_SQLITE = {
    f"{table}_no_{what}": f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
    for table in TABLES
    for what in ("update", "delete")
} | {
    "audit_event_follows": """CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event
WHEN NEW.seq IS NOT COALESCE((SELECT MAX(seq) FROM audit_event), 0) + 1
  OR NEW.prev IS NOT COALESCE((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'this event does not follow the last one'); END"""
}

_REFUSE = """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"""
_CHAIN = f"""CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  PERFORM pg_advisory_xact_lock({_LOCK});
  SELECT seq, hash INTO last FROM audit_event ORDER BY seq DESC LIMIT 1;
  NEW.seq := COALESCE(last.seq, 0) + 1;
  NEW.prev := COALESCE(last.hash, '');
  NEW.hash := encode(sha256(convert_to(concat_ws(chr(31),
    NEW.seq::text, NEW.id::text, (extract(epoch FROM NEW.at) * 1000000)::bigint::text, COALESCE(NEW.actor::text, ''),
    NEW.actor_kind, NEW.verb, NEW.subject_kind, COALESCE(NEW.subject::text, ''), COALESCE(NEW.episode::text, ''),
    NEW.shown, NEW.prev), 'UTF8')), 'hex');
  RETURN NEW;
END $$"""
_POSTGRES = {
    f"{table}_no_{what}": f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} "
    f"FOR EACH {'STATEMENT' if what == 'truncate' else 'ROW'} EXECUTE FUNCTION audit_refuse()"
    for table in TABLES
    for what in ("update", "delete", "truncate")
} | {
    "audit_event_follows": "CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event "
    "FOR EACH ROW EXECUTE FUNCTION audit_chain()"
}

_BY_VENDOR = {"sqlite": _SQLITE, "postgresql": _POSTGRES}
_LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
EXPECTED = {vendor: frozenset(triggers) for vendor, triggers in _BY_VENDOR.items()}


def install(connection: Any) -> None:
    """Put the guard up, as far as it is not. Every migration that remakes a guarded table ends with this."""
    there = installed_triggers(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE)
            cursor.execute(_CHAIN)
        for name, statement in _BY_VENDOR[connection.vendor].items():
            if name not in there:
                cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the guard down: for a migration that must remake a guarded table, and for `tests/support/guard.py`."""
    there = installed_triggers(connection)
    with connection.cursor() as cursor:
        for name in _BY_VENDOR[connection.vendor]:
            if name in there:
                table = name.rsplit("_no_", 1)[0] if "_no_" in name else "audit_event"
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")


def installed_triggers(connection: Any) -> frozenset[str]:
    """The guard's triggers that are up and enabled."""
    with connection.cursor() as cursor:
        cursor.execute(_LISTED[connection.vendor])
        return frozenset(name for (name,) in cursor.fetchall()) & EXPECTED[connection.vendor]
