"""A sealed field: text that the database holds only as ciphertext, opened on the instance when it is read.

Stored: version (1 byte) | id of the key (16) | nonce (12) | AES-256-GCM. The additional data binds the label of the
field, the id of the row and the id of the key: moved to another row or field, or given to another owner, it does
not open. (`from_db_value` cannot see the row; that is why a descriptor does the work.)
"""

from collections.abc import Iterable
from secrets import token_bytes
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from attune.base.errors import AttuneError
from attune.vault.keys import key_for, load, open_key

_VERSION = b"\x01"
_HEAD = 1 + 16 + 12


class CannotOpen(AttuneError):
    """A sealed value does not belong where it stands, or is damaged."""


class KeyDestroyed(CannotOpen):
    """The owner's key is gone: this was erased."""


class _Blob(bytes):
    """A sealed value on its way into the database; only `pre_save` makes one."""

    __slots__ = ()


class _Attribute(DeferredAttribute):
    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, bytes | memoryview):
            value = instance.__dict__[self.field.attname] = self.field.opened(instance, bytes(value))
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value or None


class Sealed(models.BinaryField):
    """Free text or contact data, sealed with the key of `instance.seal_owner()`. The empty text is stored as nothing."""

    descriptor_class = _Attribute

    def __init__(self, label: str, **options: Any) -> None:
        self.label = label
        super().__init__(**({"null": True, "editable": False} | options))

    def deconstruct(self) -> Any:
        """The label is part of the declaration: a migration keeps it."""
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, [self.label, *args], options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """A model with a sealed field must say whose it is."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Seal what was set as text; what was never opened goes back as it came."""
        value = model_instance.__dict__.get(self.attname)
        return self.sealed(model_instance, value) if isinstance(value, str) else value if value is None else _Blob(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Refuse anything that did not come through `pre_save`."""
        if isinstance(value, str) or (isinstance(value, bytes) and not isinstance(value, _Blob)):
            raise FieldError(f"{self.name} is sealed: set it on the instance and save; update() cannot seal.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Nothing but emptiness can be asked of a sealed field."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be searched.")
        return super().get_lookup(lookup_name)

    def sealed(self, instance: Any, text: str) -> _Blob:
        """The ciphertext of `text` for this row."""
        key = key_for(instance.seal_owner())
        nonce = token_bytes(12)
        box = key.cipher.encrypt(nonce, text.encode("utf-8"), self._bound_to(instance, key.id))
        return _Blob(_VERSION + key.id.bytes + nonce + box)

    def opened(self, instance: Any, blob: bytes) -> str:
        """The text of `blob`; raises `KeyDestroyed`, or `CannotOpen` when it belongs elsewhere."""
        if blob[:1] != _VERSION or len(blob) < _HEAD:
            raise CannotOpen("A sealed value is damaged: restore it from a backup.")
        key = open_key(UUID(bytes=blob[1:17]))
        if key is None:
            raise KeyDestroyed("This was erased: the key that opened it is gone.")
        if key.owner != instance.seal_owner():
            raise CannotOpen("A sealed value belongs to another owner than this row names.")
        try:
            return key.cipher.decrypt(blob[17:_HEAD], blob[_HEAD:], self._bound_to(instance, key.id)).decode("utf-8")
        except InvalidTag as problem:
            raise CannotOpen("A sealed value was moved here from another row, or changed.") from problem

    def _bound_to(self, instance: Any, key_id: UUID) -> bytes:
        return self.label.encode("ascii") + instance.pk.bytes + key_id.bytes

    if TYPE_CHECKING:

        def __get__(self, instance: Any, owner: Any) -> Any: ...


def load_for(rows: Iterable[Any]) -> None:
    """Open the keys of all these rows' owners with one query, before their fields are read."""
    load(row.seal_owner() for row in rows)
