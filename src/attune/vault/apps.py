"""The app that owns the keys."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "attune.vault"
    label = "vault"
