"""A transcript is kept as it was read, sealed with its own key; findings point into it and quote nothing."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Episode
from attune.care.schedule.models import Session
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Transcript(Row):
    """What was said in one session: lines, who speaks in which role. One a session; withdrawn means gone."""

    field_classes = {
        FieldClass.CLINICAL: "content measures",
        FieldClass.OPERATIONAL: "episode session format version uploaded_by uploaded_at",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="transcripts")
    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="transcript")
    format = models.CharField(max_length=16)
    version = models.CharField(max_length=16)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    measures = models.JSONField()
    content = Sealed("transcripts.transcript.content")

    def seal_owner(self) -> Owner:
        """A key of its own: destroying it erases the text in every copy."""
        return Owner("transcript", self.id)


class Finding(Row):
    """One place in a transcript to which a rule points: which line, from which character to which. No words.

    A contested finding is in no sum and in no reading; who contested it is kept. `contested_person`: the client, where
    they said it in their own pages.
    """

    class Whose(models.TextChoices):
        """At whose word a finding is contested."""

        CLIENT = "client"
        THERAPIST = "therapist"

    field_classes = {
        FieldClass.CLINICAL: "utterance start end code contested_by",
        FieldClass.OPERATIONAL: "transcript rule version contested_person contested_at",
    }

    transcript = models.ForeignKey(Transcript, on_delete=models.CASCADE, related_name="findings")
    utterance = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    version = models.CharField(max_length=16)
    contested_by = models.CharField(max_length=12, choices=Whose, blank=True)
    contested_person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    contested_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transcript", "utterance", "start", "end", "code", "rule"], name="one_finding_a_place"
            ),
        )
        indexes = (models.Index(fields=["transcript", "code"]),)
