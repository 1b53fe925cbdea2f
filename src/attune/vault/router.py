"""Keys go to the vault's database, everything else never does."""

from typing import Any

from django.db.models import Model


class VaultRouter:
    """Sends the app `vault`, and only it, to the database `vault`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Where rows of this model are."""
        return "vault" if model._meta.app_label == "vault" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Each database holds its own tables alone."""
        return (db == "vault") == (app_label == "vault")
