"""The app that owns the chain of events."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "attune.audit"
    label = "audit"
