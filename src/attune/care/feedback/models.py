"""A free line of a check-in lives once, here, with the response that it came in."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Word(Row):
    """Something a client asked for: of today, more of, less of, or what was left unsaid."""

    class Kind(models.TextChoices):
        TODAY = "today"
        UNSAID = "unsaid"
        MORE = "more"
        LESS = "less"

    field_classes = {FieldClass.CLINICAL: "kind text", FieldClass.OPERATIONAL: "participant response said_at"}

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="words")
    response = models.ForeignKey("care.Response", on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=8, choices=Kind)
    said_at = models.DateTimeField()
    text = Sealed("care.word.text")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["response", "kind"], name="one_word_of_a_kind_a_response"),)

    def seal_owner(self) -> Owner:
        """A client's words are theirs alone."""
        return Owner("person", self.participant.person_id)
