"""How a participant likes to be asked, which questionnaires come again, and a clinic's own licensed wording."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person


class Rhythm(Row):
    """A participant's own choice of form; without a row the house's rhythm holds."""

    field_classes = {FieldClass.CLINICAL: "always_eight", FieldClass.OPERATIONAL: "participant chosen_at"}

    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="rhythm")
    always_eight = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()


class Questionnaire(Row):
    """An instrument that a participant is asked again and again. Another rhythm is another row; the old one ends."""

    class Whose(models.TextChoices):
        """Who chose the rhythm, or ended it. What the client chose, a therapist can only make rarer."""

        THERAPIST = "therapist"
        CLIENT = "client"

    field_classes = {
        FieldClass.CLINICAL: "instrument every chosen_by ended_by",
        FieldClass.OPERATIONAL: "participant since until",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="questionnaires")
    instrument = models.CharField(max_length=40)
    every = models.PositiveSmallIntegerField()
    chosen_by = models.CharField(max_length=16, choices=Whose)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=16, choices=Whose, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "instrument"],
                condition=models.Q(until__isnull=True),
                name="one_rhythm_a_questionnaire",
            ),
        )


class Wording(Row):
    """The words of an instrument that ships without any, loaded by an operator who said that the licence is held.

    A withdrawn wording is asked of nobody any more; what was answered in it can still be read.
    """

    field_classes = {FieldClass.OPERATIONAL: "instrument version text loaded_by loaded_at withdrawn_at"}

    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=24)
    text = models.TextField()
    loaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["instrument"], condition=models.Q(withdrawn_at__isnull=True), name="one_wording_at_a_time"
            ),
        )
