"""The app that holds the doors' templates. No tables."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    name = "attune.doors"
    label = "doors"
