"""The app that owns identity and roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "attune.people"
    label = "people"
