"""The app that owns transcripts."""

from django.apps import AppConfig


class TranscriptsConfig(AppConfig):
    name = "attune.transcripts"
    label = "transcripts"
