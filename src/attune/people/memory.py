"""Django's cache, in a table of ours: counts of tries and used codes, seen alike by every worker on either database.

Values are JSON: Django's own database cache unpickles what stands in a row, which would run whatever somebody with
the database's password had put there. Keys are hashed: an address that was typed stands nowhere.
"""

import json
import time
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction

from attune.people.models import Remembered

#: One in so many writes also clears away what is past its time.
_SWEEP = 64


class Memory(BaseCache):
    """Keeps small things for a short while."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.writes = 0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = Remembered.objects.filter(pk=self._key(key, version), until__gt=_now()).first()
        return default if row is None else json.loads(row.value)

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        held = {"value": json.dumps(value), "until": self._until(timeout)}
        Remembered.objects.update_or_create(pk=self._key(key, version), defaults=held)
        self._sweep()

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """True for one of those who add at once, False for all others."""
        name = self._key(key, version)
        held = {"value": json.dumps(value), "until": self._until(timeout)}
        if Remembered.objects.filter(pk=name, until__lte=_now()).update(**held):
            return True
        with transaction.atomic():
            if Remembered.objects.select_for_update().filter(pk=name).exists():
                return False
            _, new = Remembered.objects.get_or_create(pk=name, defaults=held)
        return new

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        with transaction.atomic():
            row = Remembered.objects.select_for_update().filter(pk=self._key(key, version)).first()
            if row is None:
                raise ValueError("Nothing is counted under this key.")
            count = int(json.loads(row.value)) + delta
            row.value = json.dumps(count)
            row.save(update_fields=["value"])
        return count

    def delete(self, key: str, version: int | None = None) -> bool:
        return Remembered.objects.filter(pk=self._key(key, version)).delete()[0] > 0

    def clear(self) -> None:
        Remembered.objects.all().delete()

    def _key(self, key: str, version: int | None) -> str:
        return sha256(self.make_key(key, version).encode()).hexdigest()

    def _until(self, timeout: Any) -> datetime:
        stops = self.get_backend_timeout(timeout)
        return datetime.max.replace(tzinfo=UTC) if stops is None else datetime.fromtimestamp(stops, UTC)

    def _sweep(self) -> None:
        self.writes += 1
        if self.writes % _SWEEP == 0:
            Remembered.objects.filter(until__lte=_now()).delete()


def _now() -> datetime:
    # Not the house's clock, which tests stop: how long ago a try was is a matter of real seconds.
    return datetime.fromtimestamp(time.time(), UTC)
