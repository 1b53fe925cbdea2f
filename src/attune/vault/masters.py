"""The master key: it wraps the key of every owner, and is never in a database."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from attune.base.errors import Misconfigured


@dataclass(frozen=True)
class Master:
    """A master key and the short fingerprint by which rows name it."""

    secret: bytes = field(repr=False)
    fingerprint: str

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """The fingerprint is a hash under a name of its own: it tells keys apart and says nothing about them."""
        return cls(secret, sha256(b"attune master key\x00" + secret).hexdigest()[:16])

    def wrap(self, key: bytes) -> bytes:
        """The key as it may lie in the vault."""
        return aes_key_wrap(self.secret, key)

    def unwrap(self, wrapped: bytes | memoryview) -> bytes:
        """The key again; a damaged row names itself as that, and never becomes a wrong key."""
        try:
            return aes_key_unwrap(self.secret, bytes(wrapped))
        except (InvalidUnwrap, ValueError) as problem:
            raise Misconfigured(
                "A key in the vault is damaged: restore the vault from its last good backup."
            ) from problem


def current() -> Master:
    """The master key that wraps new keys."""
    secret: bytes | None = settings.ATTUNE.master_key
    if secret is None:
        raise Misconfigured(
            "ATTUNE_MASTER_KEY is not set, so nothing sealed can be read or written: set it, or "
            "ATTUNE_MASTER_KEY_FILE, to the key that this installation was begun with."
        )
    return Master.of(secret)


def readable() -> dict[str, Master]:
    """Every master key at hand by fingerprint: the one before it counts while a rotation is under way."""
    old: bytes | None = settings.ATTUNE.master_key_old
    masters = [current(), *([Master.of(old)] if old is not None else [])]
    return {master.fingerprint: master for master in masters}


def unknown(fingerprint: str) -> Misconfigured:
    """What to say when rows were wrapped by a master key that is not at hand."""
    return Misconfigured(
        f"The vault was locked with the master key {fingerprint}, which is not the one set: set ATTUNE_MASTER_KEY "
        "to the key of this installation (during a rotation, ATTUNE_MASTER_KEY_OLD to the one before it)."
    )
