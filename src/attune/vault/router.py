"""Keys live in the database `vault`, and nothing else does: it is backed up apart, and forgets after 30 days."""

from typing import Any

from django.db.models import Model

VAULT = "vault"


class VaultRouter:
    """Sends the app `vault` to its own database and keeps every other app out of it."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """The vault for its own rows, no opinion on others."""
        return VAULT if model._meta.app_label == VAULT else None

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        """The same as for reading."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Each app's tables are made in its own database only."""
        return (db == VAULT) == (app_label == VAULT)
