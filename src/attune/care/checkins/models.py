"""An invitation grants one form. A response is kept exactly as given, its scores beside it, by rule and version."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


@dataclass(frozen=True)
class Part:
    """One instrument in a check-in: the version and the form of it that is asked."""

    instrument: str
    version: str
    form: str


class Invitation(Row):
    """One check-in, of one instrument or several, offered to one participant by a link.

    The link's token is kept only as a hash. `asked` lists instrument, version and form of each part, in the order in
    which they are shown.
    """

    class Kind(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"
        QUESTIONNAIRE = "questionnaire"

    field_classes = {
        FieldClass.OPERATIONAL: "participant session appointment kind asked token_hash made_at expires_at withdrawn_at"
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="invitations")
    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, null=True, related_name="invitations")
    appointment = models.ForeignKey("care.Appointment", on_delete=models.PROTECT, null=True, related_name="invitations")
    kind = models.CharField(max_length=16, choices=Kind)
    asked = models.JSONField()
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    @property
    def parts(self) -> list[Part]:
        """What is asked, in order."""
        return [Part(*listed) for listed in self.asked]


class Draft(Row):
    """A check-in that somebody has begun: what was typed so far, for the browser in which it was typed and no other.

    Of `browser` only a hash is kept, bound to the invitation: two check-ins of one browser cannot be told to be that.
    """

    field_classes = {FieldClass.CLINICAL: "fields", FieldClass.OPERATIONAL: "invitation browser saved_at"}

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="draft")
    browser = models.CharField(max_length=64)
    saved_at = models.DateTimeField(db_index=True)
    fields = Sealed("care.draft.fields")

    def seal_owner(self) -> Owner:
        """What is typed is the participant's alone, sent or not."""
        return Owner("person", self.invitation.participant.person_id)


class Response(Row):
    """What a participant answered to one instrument, once, exactly as given. Never edited: a correction replaces it.

    `browser`: a hash of where it was typed, so that it can be corrected there alone; empty where it cannot.
    """

    class Channel(models.TextChoices):
        """Where it was answered; the last two were entered by a therapist."""

        LINK = "link"
        TABLET = "tablet"
        PAPER = "on paper"
        SAID = "said in session"

    class Helped(models.TextChoices):
        """Who lent eyes or mouth, if the client said: then it passed through somebody else."""

        NOBODY = "nobody", _("nobody")
        READ = "read", _("somebody read it to me")
        INTERPRETER = "interpreter", _("an interpreter")
        SOMEBODY = "somebody", _("somebody else")

    field_classes = {
        FieldClass.CLINICAL: "answers channel helped",
        FieldClass.OPERATIONAL: "invitation participant instrument version form language given_at submission replaces "
        "read_at browser",
    }

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="responses")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="responses")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=24)
    form = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.LINK)
    helped = models.CharField(max_length=12, choices=Helped, blank=True)
    browser = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField()
    submission = models.UUIDField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    read_at = models.DateTimeField(null=True)
    answers = Sealed("care.response.answers")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["invitation", "instrument"],
                condition=models.Q(replaces__isnull=True),
                name="one_first_response_a_part",
            ),
            models.UniqueConstraint(fields=["submission", "instrument"], name="one_response_a_submission"),
        )
        # With what lists ask of every response, they need not look at the rows, which lie far apart after some years.
        indexes = (
            models.Index(fields=["participant", "given_at", "read_at", "id"], name="responses_of_a_participant"),
        )

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


class Holding(Row):
    """A therapist wants what came in after a session to wait until the last session of that day is over."""

    field_classes = {FieldClass.OPERATIONAL: "therapist since until"}

    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["therapist"], condition=models.Q(until__isnull=True), name="one_open_holding_a_therapist"
            ),
        )
