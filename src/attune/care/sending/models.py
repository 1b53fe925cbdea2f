"""A choice: the check-in before an appointment, or after a session, is sent by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant


class Sending(Row):
    """From `since` until `until`, the check-in of this moment goes to this participant by itself, at this hour.

    No row that is open: nothing is sent. Choosing anew ends one row and begins another.
    """

    class Moment(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    class How(models.TextChoices):
        """The first two are for before, the others for after."""

        DAY = "day", _("the day before, at 18:00")
        HOURS = "hours", _("two hours before")
        END = "end", _("when it has ended")
        EVENING = "evening", _("in the evening of the day, at 19:00")

    field_classes = {FieldClass.SHARED: "moment how", FieldClass.OPERATIONAL: "participant since until"}

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="sendings")
    moment = models.CharField(max_length=8, choices=Moment)
    how = models.CharField(max_length=8, choices=How)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "moment"], condition=models.Q(until__isnull=True), name="one_sending_a_moment"
            ),
        )
