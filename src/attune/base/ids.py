"""Ids are made by us before the insert: UUIDv7, so that rows lie in the order in which they came."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7, later than every earlier one of this process."""
    return uuid7()
