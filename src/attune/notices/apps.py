"""The app that owns the outbox."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "attune.notices"
    label = "notices"
