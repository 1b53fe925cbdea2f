"""An invitation grants one form. A response is kept exactly as given, its scores beside it, by rule and version."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Invitation(Row):
    """One form, offered to one participant by a link. The link's token is kept only as a hash."""

    class Kind(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"
        QUESTIONNAIRE = "questionnaire"

    field_classes = {
        FieldClass.OPERATIONAL: "participant session appointment kind instrument version form token_hash made_at "
        "expires_at withdrawn_at"
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="invitations")
    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, null=True, related_name="invitations")
    appointment = models.ForeignKey("care.Appointment", on_delete=models.PROTECT, null=True, related_name="invitations")
    kind = models.CharField(max_length=16, choices=Kind)
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    form = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Response(Row):
    """What a participant answered, once, exactly as given. Never edited: a correction replaces it by a new one."""

    class Channel(models.TextChoices):
        LINK = "link"
        SAID = "said in session"

    field_classes = {
        FieldClass.CLINICAL: "answers channel",
        FieldClass.OPERATIONAL: "invitation participant instrument version form language given_at submission replaces "
        "read_at",
    }

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="responses")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="responses")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    form = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.LINK)
    given_at = models.DateTimeField()
    submission = models.UUIDField(unique=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    read_at = models.DateTimeField(null=True)
    answers = Sealed("care.response.answers")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["invitation"],
                condition=models.Q(replaces__isnull=True),
                name="one_first_response_an_invitation",
            ),
        )
        indexes = (models.Index(fields=["participant", "given_at"]),)

    def seal_owner(self) -> Owner:
        """Answers are the participant's alone."""
        return Owner("person", self.participant.person_id)


class Score(Row):
    """A number by rule, or none with its reason. A better rule writes a new score beside the old."""

    field_classes = {FieldClass.CLINICAL: "value reason", FieldClass.OPERATIONAL: "response scale answered version"}

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="scores")
    scale = models.CharField(max_length=24)
    value = models.FloatField(null=True)
    reason = models.CharField(max_length=120, blank=True)
    answered = models.PositiveSmallIntegerField()
    version = models.CharField(max_length=16)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["response", "scale", "version"], name="one_score_a_rule"),)


class Prediction(Row):
    """How a therapist thinks that a client will answer, given before they see it, and one line of their own."""

    field_classes = {
        FieldClass.PRIVATE_NOTE: "answers",
        FieldClass.OPERATIONAL: "session participant therapist instrument version form given_at",
    }

    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, related_name="predictions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="predictions")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="predictions")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    form = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    answers = Sealed("care.prediction.answers")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "participant", "therapist"], name="one_prediction_before_seeing"
            ),
        )

    def seal_owner(self) -> Owner:
        """What therapists write about themselves is sealed with their own key."""
        return Owner("staff", self.therapist_id)
