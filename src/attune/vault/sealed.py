"""A text field that is sealed with its owner's key, and opens on the row where it belongs, for whom it belongs to.

Stored: one byte of version, 16 of the key's id, 12 of nonce, then AES-256-GCM over the text. The label, the row's id
and the key's id are bound in, so a value copied to another row, column or owner refuses to open. Django's
`from_db_value` cannot see the row; therefore a descriptor opens the value, when it is first read.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol

from cryptography.exceptions import InvalidTag
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from attune.vault.keys import CannotOpen, Key, Owner, key_for, load, open_key

if TYPE_CHECKING:
    _Bytes = models.BinaryField[str | None, str | None]
else:
    _Bytes = models.BinaryField

VERSION: Final = b"\x01"
_KEY, _NONCE, _TEXT = slice(1, 17), slice(17, 29), slice(29, None)


class SealsFor(Protocol):
    """A row with sealed fields: it says whose key seals them."""

    def seal_owner(self) -> Owner:
        """The owner of what is sealed in this row."""
        ...


class _Plain:
    """An opened text on its row. It neither prints nor pickles, so that it reaches no log and no cache."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "<sealed text>"

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Plain":
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("An opened row is not pickled: keep its id, and read it anew.")


class _Opening(DeferredAttribute):
    """Opens the sealed bytes of a row when they are first read, and keeps the text on that row alone."""

    field: "Sealed"

    def __get__(self, row: Any, model: Any = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.__dict__[name] = _stored(row, name)
        value = row.__dict__[name]
        if isinstance(value, bytes):
            value = row.__dict__[name] = _Plain(self.field.unseal(row, value))
        return value.text if value is not None else None

    def __set__(self, row: Any, value: Any) -> None:
        """Text is plain and waits to be sealed; bytes come from the database and wait to be opened."""
        if isinstance(value, bytes | memoryview):
            kept: Any = bytes(value)
        elif value is None or isinstance(value, str):
            kept = _Plain(value) if value else None
        else:
            raise TypeError(f"{self.field.label} takes text, not {type(value).__name__}.")
        row.__dict__[self.field.attname] = kept


class Sealed(_Bytes):
    """`note = Sealed("care.note.text")`: text or None. The label is frozen: changing it shuts what was sealed."""

    _pyi_private_set_type: str | None
    _pyi_private_get_type: str | None  # type: ignore[assignment]  # what reading it gives

    descriptor_class = _Opening

    def __init__(self, label: str = "", **options: Any) -> None:
        options |= {"null": True, "blank": True, "editable": False}
        super().__init__(**options)
        self.label = label

    def deconstruct(self) -> Any:
        """The label goes into the migration; what every sealed field has does not."""
        name, path, _args, options = super().deconstruct()
        for implied in ("null", "blank"):
            del options[implied]
        return name, path, [self.label], options

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """A sealed field without a label, or on a model that names no owner, does not start."""
        problems = super().check(**kwargs)
        if not self.label or not hasattr(self.model, "seal_owner"):
            problems.append(checks.Error("A sealed field needs a label, and its model seal_owner().", obj=self))
        return problems

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:  # noqa: ARG002 - Django's
        """The bytes to store: untouched ones as they are, text sealed for this row."""
        value = model_instance.__dict__[self.attname]
        return self.seal(model_instance, value.text) if isinstance(value, _Plain) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Text that arrives here has no row to be sealed for."""
        if isinstance(value, str):
            raise FieldError(f"{self.label} is sealed row by row: set it on the row and save that.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is anything can be asked."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.label} is sealed: the database cannot look into it, only isnull can be asked.")
        return super().get_lookup(lookup_name)

    def to_python(self, value: Any) -> Any:
        """Text is text here, never base64."""
        return value

    def value_to_string(self, obj: models.Model) -> NoReturn:  # noqa: ARG002 - Django's
        """Django's serializers would write it in clear."""
        raise TypeError(f"{self.label} is sealed and is not serialized.")

    def seal(self, row: Any, text: str) -> bytes:
        """The text sealed with the key of the row's owner, bound to this row."""
        key, nonce = key_for(row.seal_owner()), os.urandom(12)
        return VERSION + key.id + nonce + key.cipher.encrypt(nonce, text.encode(), self._bound(row, key))

    def unseal(self, row: Any, blob: bytes) -> str:
        """The text again; raises `CannotOpen`, and `KeyDestroyed` when it was erased."""
        if blob[:1] != VERSION or len(blob) < _TEXT.start:
            raise CannotOpen(f"{self.label} of this row is not something that was sealed here.")
        key = open_key(blob[_KEY], row.seal_owner())
        try:
            return key.cipher.decrypt(blob[_NONCE], blob[_TEXT], self._bound(row, key)).decode()
        except InvalidTag:
            raise CannotOpen(f"{self.label} does not open here: it was altered, or sealed for another row.") from None

    def _bound(self, row: Any, key: Key) -> bytes:
        row_id = row._meta.pk.to_python(row.pk)
        return b"\x00".join((self.label.encode(), row_id.bytes, key.id))


def load_for(rows: Iterable[SealsFor]) -> None:
    """Load the keys of all these rows' owners into the ring, in one query: once for a page."""
    load({row.seal_owner() for row in rows})


def _stored(row: Any, name: str) -> bytes | None:
    """The bytes of a field that `.only()` or `.defer()` left out."""
    stored = type(row)._base_manager.using(row._state.db).filter(pk=row.pk).values_list(name, flat=True).get()
    return None if stored is None else bytes(stored)
