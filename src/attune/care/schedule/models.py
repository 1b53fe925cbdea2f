"""An appointment is planned; a session happened. An appointment is wall time, a zone, and the instant they give."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Episode


class Appointment(Row):
    """A time that was promised. The instant is computed once from wall time and zone, and kept beside them."""

    class Place(models.TextChoices):
        ROOM = "room", _("in the room")
        VIDEO = "video", _("video")

    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"

    field_classes = {
        FieldClass.SHARED: "day time zone starts_at minutes place state",
        FieldClass.OPERATIONAL: "episode",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    day = models.DateField()
    time = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=50)
    place = models.CharField(max_length=8, choices=Place, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["episode", "starts_at"],
                condition=models.Q(state="planned"),
                name="an_hour_is_promised_once_an_episode",
            ),
        )
        indexes = (models.Index(fields=["episode", "starts_at"]),)


class Session(Row):
    """A meeting that took place, counted within its episode."""

    field_classes = {FieldClass.SHARED: "number held_at", FieldClass.OPERATIONAL: "episode appointment"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="session")
    number = models.PositiveIntegerField()
    held_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["episode", "number"], name="sessions_are_counted_once"),)
