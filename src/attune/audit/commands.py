"""What `attune audit verify` and `attune audit head` say: an exit code and a sentence."""

from django.db import connection

from attune.audit.triggers import missing_triggers
from attune.audit.verify import Head, head, verify


def run_verify(known: str | None = None) -> tuple[int, str]:
    """0 when the audit is whole and guarded; 1 with the first event that is not as it was written."""
    verdict = verify(Head.parse(known) if known else None)
    if verdict.fault is not None:
        fault = verdict.fault
        named = f"Event {fault.seq} ({fault.id})" if fault.id else f"Event {fault.seq}"
        return 1, f"Not whole. {named}: {fault.what}. The {verdict.count} before it are as they were written."
    if missing := missing_triggers(connection):
        names = ", ".join(sorted(missing))
        return 1, f"The chain is whole, but its guard is down: find out who took away {names}, and reinstall them."
    return 0, f"Whole: {verdict.count} events, each as it was written. Head {verdict.head}"


def run_head() -> tuple[int, str]:
    """The head to write down elsewhere, in the form SEQ:HASH."""
    return 0, str(head())
