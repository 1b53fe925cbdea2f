"""How a participant likes to be asked."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant


class Rhythm(Row):
    """A participant's own choice of form; without a row the house's rhythm holds."""

    field_classes = {FieldClass.CLINICAL: "always_eight", FieldClass.OPERATIONAL: "participant chosen_at"}

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="rhythm")
    always_eight = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()
