"""A new master key: every key of an owner is wrapped anew; nothing sealed is touched."""

from django.db import connections, transaction

from attune.base.errors import Misconfigured
from attune.vault import masters
from attune.vault.models import OwnerKey
from attune.vault.router import VAULT

BATCH = 500
_ID = OwnerKey._meta.get_field("id")


def rotate_master(old: bytes, new: bytes) -> int:
    """Wrap every key with the new master key, and return how many were.

    Meanwhile both are set (`ATTUNE_MASTER_KEY`, `ATTUNE_MASTER_KEY_OLD`), so that the pages go on. Each batch is
    committed: after a kill, the same command goes on where it was.
    """
    if old == new:
        raise Misconfigured("The new master key is the old one: make another with `attune new-key`.")
    before, after = masters.Master.of(old), masters.Master.of(new)
    known = [before.fingerprint, after.fingerprint]
    stranger = OwnerKey.objects.exclude(master__in=known).values_list("master", flat=True).first()
    if stranger is not None:
        raise masters.unknown(stranger)
    count = 0
    while done := _rewrap(before, after):
        count += done
    return count


def _rewrap(before: masters.Master, after: masters.Master) -> int:
    """One batch. Updates only: a key destroyed at this moment must not come back."""
    vault = connections[VAULT]
    with transaction.atomic(using=VAULT):
        rows = list(OwnerKey.objects.filter(master=before.fingerprint).order_by("pk")[:BATCH])
        anew = [
            (after.wrap(before.unwrap(row.wrapped)), after.fingerprint, _ID.get_db_prep_value(row.pk, vault))
            for row in rows
        ]
        with vault.cursor() as cursor:  # a fifth of what bulk_update takes
            cursor.executemany("UPDATE vault_ownerkey SET wrapped = %s, master = %s WHERE id = %s", anew)
    return len(rows)
