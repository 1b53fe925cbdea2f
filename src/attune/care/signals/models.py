"""A signal is a rule that fired when a response came. Only the client's own word raises one so far."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant


class Signal(Row):
    """Something a rule noticed, kept with the rule's version, the figures it rests on and what limits it."""

    class Level(models.TextChoices):
        RAISED = "raised"
        COMPARISON = "comparison"

    field_classes = {
        FieldClass.CLINICAL: "rule level basis limits",
        FieldClass.OPERATIONAL: "participant response version noticed_at",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="signals")
    response = models.ForeignKey("care.Response", on_delete=models.CASCADE, related_name="signals")
    rule = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    level = models.CharField(max_length=12, choices=Level)
    basis = models.JSONField()
    limits = models.CharField(max_length=300)
    noticed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["response", "rule", "version"], name="a_rule_once_a_response"),)
