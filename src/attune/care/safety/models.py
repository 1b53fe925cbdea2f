"""A concern is raised by an answer and closed only by a person, with words."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Concern(Row):
    """An answer told of danger. It stands first in the brief until a person says what was done."""

    field_classes = {
        FieldClass.CLINICAL: "source answer",
        FieldClass.OPERATIONAL: "participant response raised_at answered_at answered_by",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="concerns")
    response = models.OneToOneField("care.Response", on_delete=models.PROTECT, related_name="concern")
    source = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answer = Sealed("care.concern.answer")

    def seal_owner(self) -> Owner:
        """It is about the participant, and goes with them."""
        return Owner("person", self.participant.person_id)
