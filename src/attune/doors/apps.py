"""The app that holds the doors' templates. No tables."""

from importlib import import_module

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "attune.doors"
    label = "doors"

    def ready(self) -> None:
        """Hear what allauth tells."""
        import_module("attune.doors.entrance.heard")
