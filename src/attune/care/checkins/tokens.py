"""Links: 256 random bits, of which the database keeps only a hash."""

from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID


def new_token() -> str:
    """A new token of 43 characters."""
    return token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. It has 256 bits of its own, so a plain hash is enough."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def mark_of(browser: str, invitation_id: UUID) -> str:
    """What is kept of a browser's own random value: another mark for each invitation, none where there is no value."""
    return hash_of(f"{invitation_id}:{browser}") if browser else ""
