"""The database itself refuses to change or remove an event, and to add one out of its place.

On SQLite a migration that remakes a table (any AlterField) drops its triggers without a word: such a migration ends
with `RunPython(reinstall)`, and a rule test counts them after all migrations.
"""

from typing import Any, Final

from attune.audit.chain import sql_text

#: Any number, the same for all who write: whoever holds it is the one who may add to the chain.
LOCK: Final = 7146826120
TABLES: Final = ("audit_event", "audit_shown")

_REFUSED = "the audit is append-only"

_SQLITE: Final = {
    **{
        f"{table}_no_{act.lower()}": f"BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    },
    "audit_event_chain": """BEFORE INSERT ON audit_event
        WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM audit_event), 0) + 1
          OR NEW.prev IS NOT coalesce((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '')
        BEGIN SELECT RAISE(ABORT, 'the event does not follow the last one'); END""",
}

_POSTGRESQL: Final = {
    **{
        f"{table}_no_change": f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
    },
    **{
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        for table in TABLES
    },
    "audit_event_chain": "BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_chain()",
}

_FUNCTIONS: Final = (
    f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
    END $$""",
    # The lock is held until the transaction ends, and every statement after it sees what was committed before it.
    f"""CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        last record;
    BEGIN
        PERFORM pg_advisory_xact_lock({LOCK});
        SELECT seq, hash INTO last FROM audit_event ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(last.seq, 0) + 1;
        NEW.prev := coalesce(last.hash, '');
        NEW.hash := encode(sha256(convert_to({sql_text("postgresql", "NEW")}, 'UTF8')), 'hex');
        RETURN NEW;
    END $$""",  # noqa: S608 - made of constants
)


def reinstall(schema_editor: Any) -> None:
    """Put every trigger in its place, whatever is there: for migrations that make or remake the tables."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        for function in _FUNCTIONS:
            schema_editor.execute(function)
    for name, body in _wanted(connection).items():
        table = next(table for table in TABLES if name.startswith(table))
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
        schema_editor.execute(f"CREATE TRIGGER {name} {body}")


def installed_triggers(connection: Any) -> set[str]:
    """The triggers that stand on the two tables now."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(query, [table])
            found |= {name for (name,) in cursor.fetchall()}
    return found


def missing_triggers(connection: Any) -> set[str]:
    """The triggers that should stand and do not: empty when the audit is guarded."""
    return set(_wanted(connection)) - installed_triggers(connection)


def _wanted(connection: Any) -> dict[str, str]:
    return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
