"""Two windows wrote the same page: what the first had kept otherwise stands beside what the second typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Field:
    """What a field is called on its page, and the words of its choices where it has some."""

    label: str
    choices: type[TextChoices] | None = None

    def told(self, kept: str) -> str:
        """What was kept, as the page says it."""
        return str(self.choices(kept).label) if kept and self.choices else kept or "–"


def differing(fields: Mapping[str, Field], kept: Mapping[str, str], sent: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each field that was kept otherwise: its label, and what was kept."""
    return [
        (field.label, field.told(kept.get(key, "")))
        for key, field in fields.items()
        if kept.get(key, "") != sent.get(key, "")
    ]
