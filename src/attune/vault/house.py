"""What the house itself must keep secret: the seeds of second factors, under a key of its own; and what sessions hold.

Seeds outlive a change of the master key, so they have an owner's key in the vault, which is wrapped anew. Sessions do
not: their key is derived from the master key, needs no query, and whoever is signed in signs in again.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from attune.vault import masters
from attune.vault.keys import CannotOpen, Owner, key_for, open_key

HOUSE: Final = Owner("house", UUID(int=0))
VERSION: Final = b"\x01"
_NONCE: Final = 12


def seal_text(label: str, text: str) -> str:
    """The text sealed with the key of the house, in letters that any column takes. The label is bound in."""
    key, nonce = key_for(HOUSE), os.urandom(_NONCE)
    sealed = key.cipher.encrypt(nonce, text.encode(), label.encode() + key.id)
    return urlsafe_b64encode(VERSION + key.id + nonce + sealed).decode("ascii")


def open_text(label: str, sealed: str) -> str:
    """The text again; raises `CannotOpen` where it was sealed for another use, or has been changed."""
    raw = urlsafe_b64decode(sealed)
    key_id, nonce = raw[1:17], raw[17 : 17 + _NONCE]
    try:
        return open_key(key_id, HOUSE).cipher.decrypt(nonce, raw[17 + _NONCE :], label.encode() + key_id).decode()
    except InvalidTag as problem:
        raise CannotOpen("This does not open here: it was sealed for another use, or has been changed.") from problem


class SealedSession:
    """How sessions are written down: a code under way, or a seed not yet confirmed, is never in clear in a row."""

    def dumps(self, held: Any) -> bytes:
        """Sealed with a key derived from the master key."""
        nonce = os.urandom(_NONCE)
        return nonce + _session_cipher(masters.current().secret).encrypt(nonce, json.dumps(held).encode(), None)

    def loads(self, written: bytes) -> Any:
        """What was held; Django takes any error here for an empty session."""
        for master in masters.readable().values():
            try:
                return json.loads(_session_cipher(master.secret).decrypt(written[:_NONCE], written[_NONCE:], None))
            except InvalidTag:
                continue
        raise CannotOpen("This session was sealed with another master key.")


@lru_cache(maxsize=4)
def _session_cipher(master: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"attune sessions").derive(master))
