"""One key an owner, made before the first row that uses it, opened for one request and forgotten with it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet

from attune.base import clock
from attune.base.errors import AttuneError
from attune.base.prepared import prepared
from attune.vault import masters
from attune.vault.models import OwnerKey

OwnerKind = Literal["person", "episode", "transcript", "staff", "house"]


class CannotOpen(AttuneError):
    """Something sealed does not open here. Carries no content."""


class KeyDestroyed(CannotOpen):
    """The key is gone: what it sealed has been erased."""

    def __init__(self) -> None:
        super().__init__("This has been erased: its key was destroyed.")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose key seals a thing: a person, an episode, a transcript, one of the staff for their own notes, the house."""

    kind: OwnerKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Key:
    """An opened key. Its secret is inside the cipher only."""

    id: bytes
    owner: Owner
    cipher: AESGCM = field(repr=False)


@dataclass(slots=True, repr=False)
class _Ring:
    """The keys that one request has opened, and the owners that it has asked for."""

    by_id: dict[bytes, Key] = field(default_factory=dict)
    by_owner: dict[Owner, Key | None] = field(default_factory=dict)

    def add(self, key: Key) -> None:
        self.by_id[key.id] = self.by_owner[key.owner] = key

    def drop(self, owner: Owner) -> None:
        key = self.by_owner.pop(owner, None)
        if key is not None:
            del self.by_id[key.id]

    def clear(self) -> None:
        self.by_id.clear()
        self.by_owner.clear()


_ring: ContextVar[_Ring | None] = ContextVar("attune_keyring", default=None)


@contextmanager
def keyring() -> Iterator[None]:
    """Keep opened keys for the length of a request or a command; inside another ring, that one serves."""
    if _ring.get() is not None:
        yield
        return
    ring = _Ring()
    token = _ring.set(ring)
    try:
        yield
    finally:
        _ring.reset(token)
        ring.clear()


def load(owners: Iterable[Owner]) -> None:
    """Fetch the keys of many owners into the ring, in one query. Without a ring there is nowhere to put them."""
    ring = _ring.get()
    wanted = set() if ring is None else {owner for owner in owners if owner not in ring.by_owner}
    if ring is None or not wanted:
        return
    ring.by_owner.update(dict.fromkeys(wanted))
    for row in _list_keys({who.id for who in wanted}):
        if _owner_of(row) in wanted:
            ring.add(_opened(row))


def key_for(owner: Owner) -> Key:
    """The owner's key to seal with; it is made, and committed in the vault, when there is none yet."""
    ring = _ring.get()
    key = ring.by_owner.get(owner) if ring is not None else None
    if key is not None:
        return key
    row = next((row for row in _list_keys([owner.id]) if row.kind == owner.kind), None) or _make(owner)
    return _kept(_opened(row))


def open_key(key_id: bytes, owner: Owner) -> Key:
    """The key of this id, if it is this owner's; raises `KeyDestroyed` or `CannotOpen`."""
    key = _look(key_id, owner)
    if key.owner != owner:
        raise CannotOpen("This does not open here: it was sealed for another owner.")
    return key


def destroy(owner: Owner) -> bool:
    """Delete the owner's key: all that it sealed is unreadable from now on. False when there was none."""
    ring = _ring.get()
    if ring is not None:
        ring.drop(owner)
    deleted, _ = OwnerKey.objects.filter(kind=owner.kind, owner=owner.id).delete()
    return deleted > 0


def check_master() -> None:
    """Raise `Misconfigured` unless every key of the vault opens with a master key at hand: asked at every start."""
    stranger = OwnerKey.objects.exclude(master__in=masters.readable()).values_list("master", flat=True).first()
    if stranger is not None:
        raise masters.unknown(stranger)


@prepared
def _list_keys(owners: Collection[UUID]) -> QuerySet[OwnerKey]:
    return OwnerKey.objects.filter(owner__in=owners)


def _look(key_id: bytes, owner: Owner) -> Key:
    ring = _ring.get()
    if ring is not None:
        if (key := ring.by_id.get(key_id)) is not None:
            return key
        if owner in ring.by_owner and ring.by_owner[owner] is None:  # asked for already: no second query
            raise KeyDestroyed
    row = OwnerKey.objects.filter(pk=UUID(bytes=key_id)).first()
    if row is None:
        raise KeyDestroyed
    return _kept(_opened(row))


def _make(owner: Owner) -> OwnerKey:
    """Two makers at once: the unique constraint lets one win, and both read the winner's key."""
    master = masters.current()
    wrapped = master.wrap(AESGCM.generate_key(256))
    row = OwnerKey(kind=owner.kind, owner=owner.id, wrapped=wrapped, master=master.fingerprint)
    row.made_at = clock.now()  # a field that seals itself has nobody to tell it the time
    OwnerKey.objects.bulk_create([row], ignore_conflicts=True)
    return OwnerKey.objects.get(kind=owner.kind, owner=owner.id)


def _opened(row: OwnerKey) -> Key:
    master = masters.readable().get(row.master)
    if master is None:
        raise masters.unknown(row.master)
    return Key(row.id.bytes, _owner_of(row), AESGCM(master.unwrap(row.wrapped)))


def _owner_of(row: OwnerKey) -> Owner:
    kind: OwnerKind = row.kind  # type: ignore[assignment]  # the column holds these and no other
    return Owner(kind, row.owner)


def _kept(key: Key) -> Key:
    if (ring := _ring.get()) is not None:
        ring.add(key)
    return key
