"""Consent is one participant's own, given for one thing. It ends when they say so, and nobody asks why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person


class Consent(Row):
    """A participant agreed that the transcript of one session is read here. Recorded from what they signed or said.

    `terms` is the version of the sentences that were put before them.
    """

    class How(models.TextChoices):
        PAPER = "paper", _("on paper, signed")
        PHONE = "phone", _("by phone")
        OWN_PAGES = "own-pages", _("in their own pages")

    field_classes = {
        FieldClass.CLINICAL: "how given_on",
        FieldClass.OPERATIONAL: "participant session terms recorded_by recorded_at revoked_at revoked_by",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, related_name="consents")
    terms = models.CharField(max_length=16)
    how = models.CharField(max_length=12, choices=How)
    given_on = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "session"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_standing_consent_a_session",
            ),
        )


class Asked(Row):
    """A client was asked in their own pages whether the transcript of one session may be read, once: a no is a no.

    What they answered is not kept: where they agreed there is a consent, and else nobody is told.
    """

    field_classes = {FieldClass.OPERATIONAL: "participant session asked_by asked_at answered_at"}

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="asked")
    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, related_name="asked")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["participant", "session"], name="asked_once_a_session"),)
