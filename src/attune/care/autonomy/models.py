"""The client's own step and what became of it, and things they want to keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Step(Row):
    """A next step that a client chose. All three outcomes are fine, and none is fine too."""

    class Outcome(models.TextChoices):
        DONE = "done", _("I did it")
        PARTLY = "partly", _("partly")
        CHANGED = "changed", _("I changed my mind")

    field_classes = {
        FieldClass.CLINICAL: "text outcome outcome_text",
        FieldClass.OPERATIONAL: "participant response chosen_at outcome_response outcome_at",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="steps")
    response = models.OneToOneField("care.Response", on_delete=models.PROTECT, related_name="step")
    chosen_at = models.DateTimeField()
    text = Sealed("care.step.text")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    outcome_text = Sealed("care.step.outcome")
    outcome_response = models.OneToOneField(
        "care.Response", on_delete=models.PROTECT, null=True, related_name="step_told"
    )
    outcome_at = models.DateTimeField(null=True)

    def seal_owner(self) -> Owner:
        """A step belongs to the one who chose it."""
        return Owner("person", self.participant.person_id)


class Kept(Row):
    """Something from a session that a client wants to keep. Empty is normal and means nothing."""

    field_classes = {FieldClass.CLINICAL: "text", FieldClass.OPERATIONAL: "participant response kept_at"}

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="kept")
    response = models.OneToOneField("care.Response", on_delete=models.PROTECT, related_name="kept")
    kept_at = models.DateTimeField()
    text = Sealed("care.kept.text")

    def seal_owner(self) -> Owner:
        """It is the client's own."""
        return Owner("person", self.participant.person_id)
