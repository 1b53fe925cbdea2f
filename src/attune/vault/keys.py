"""One key an owner: made before the first row that uses it, opened for one page, destroyed to erase."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.db import IntegrityError, transaction

from attune.base.clock import now
from attune.base.errors import Misconfigured
from attune.vault.models import OwnerKey


@dataclass(frozen=True)
class Owner:
    """Whose key: a person (what is theirs alone), an episode (what is shared), a transcript, one of the staff."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Key:
    """An opened key, for as long as a page lasts."""

    id: UUID
    owner: Owner
    cipher: AESGCM = field(repr=False)


@dataclass
class _Ring:
    by_id: dict[UUID, Key] = field(default_factory=dict)
    by_owner: dict[Owner, Key] = field(default_factory=dict)

    def add(self, key: Key) -> Key:
        self.by_id[key.id] = self.by_owner[key.owner] = key
        return key


_ring: ContextVar[_Ring | None] = ContextVar("keyring", default=None)


@contextmanager
def keyring() -> Iterator[None]:
    """Keep opened keys until the end of this block, and no longer. Blocks inside share the outer ring."""
    if _ring.get() is not None:
        yield
        return
    token = _ring.set(_Ring())
    try:
        yield
    finally:
        _ring.reset(token)


def load(owners: Iterable[Owner]) -> None:
    """Open the keys of many owners with one query; owners without a key are passed over."""
    ring = _ring.get()
    wanted = {owner for owner in owners if ring is None or owner not in ring.by_owner}
    if ring is None or not wanted:
        return
    for row in OwnerKey.objects.filter(owner__in={owner.id for owner in wanted}):
        ring.add(_opened(row))


def key_for(owner: Owner) -> Key:
    """The owner's key; made now when there is none. It is committed before this returns."""
    ring = _ring.get()
    if ring is not None and owner in ring.by_owner:
        return ring.by_owner[owner]
    row = OwnerKey.objects.filter(kind=owner.kind, owner=owner.id).first() or _made(owner)
    key = _opened(row)
    return ring.add(key) if ring is not None else key


def open_key(key_id: UUID) -> Key | None:
    """The key under this id, or None when it has been destroyed."""
    ring = _ring.get()
    if ring is not None and key_id in ring.by_id:
        return ring.by_id[key_id]
    row = OwnerKey.objects.filter(pk=key_id).first()
    if row is None:
        return None
    return ring.add(_opened(row)) if ring is not None else _opened(row)


def destroy(owner: Owner) -> bool:
    """Destroy an owner's key: everything sealed with it is gone for good. Whether there was one."""
    ring = _ring.get()
    if ring is not None and (key := ring.by_owner.pop(owner, None)):
        ring.by_id.pop(key.id)
    return OwnerKey.objects.filter(kind=owner.kind, owner=owner.id).delete()[0] > 0


def rotate_master(old: bytes, new: bytes) -> int:
    """Wrap every key by the new master; how many were. Stopped half-way, it goes on from there."""
    done = 0
    for row in OwnerKey.objects.exclude(master=fingerprint(new)).iterator():
        with transaction.atomic(using="vault"):
            secret = _unwrapped(row, {fingerprint(old): old})
            done += OwnerKey.objects.filter(pk=row.pk, master=row.master).update(
                wrapped=aes_key_wrap(new, secret), master=fingerprint(new)
            )
    return done


def fingerprint(master: bytes) -> str:
    """Which master wrapped a key, without telling anything about it."""
    return sha256(b"attune master key" + master).hexdigest()[:16]


def _made(owner: Owner) -> OwnerKey:
    master = _master()
    row = OwnerKey(
        kind=owner.kind,
        owner=owner.id,
        wrapped=aes_key_wrap(master, token_bytes(32)),
        master=fingerprint(master),
        made_at=now(),
    )
    try:
        with transaction.atomic(using="vault"):
            row.save(force_insert=True)
    except IntegrityError:  # somebody else made it a breath earlier: theirs it is
        return OwnerKey.objects.get(kind=owner.kind, owner=owner.id)
    return row


def _opened(row: OwnerKey) -> Key:
    masters = [master for master in (settings.ATTUNE.master_key, settings.ATTUNE.master_key_old) if master]
    secret = _unwrapped(row, {fingerprint(master): master for master in masters})
    return Key(row.id, Owner(row.kind, row.owner), AESGCM(secret))


def _unwrapped(row: OwnerKey, masters: dict[str, bytes]) -> bytes:
    master = masters.get(row.master)
    if master is None:
        raise Misconfigured(
            "A key was wrapped by another master key than the one given: set ATTUNE_MASTER_KEY to the key that this "
            "installation was made with, and ATTUNE_MASTER_KEY_OLD while a rotation runs."
        )
    try:
        return aes_key_unwrap(master, bytes(row.wrapped))
    except InvalidUnwrap as problem:
        raise Misconfigured("A wrapped key is damaged: restore the vault from its backup.") from problem


def _master() -> bytes:
    master: bytes | None = settings.ATTUNE.master_key
    if master is None:
        raise Misconfigured("There is no master key: set ATTUNE_MASTER_KEY_FILE to a file outside ATTUNE_HOME.")
    return master
