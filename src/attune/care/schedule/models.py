"""An appointment is planned; a session happened. An appointment is wall time, a zone, and the instant they give."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Episode


class Side(models.TextChoices):
    """At whose wish a time was moved or cancelled. Nobody has to say why."""

    CLIENT = "client", _("the client")
    THERAPIST = "therapist", _("the therapist")
    OTHER = "other", _("the clinic, or something else")


class Series(Row):
    """An hour that is kept free every so many weeks. Its appointments are rows of their own, each changed by itself."""

    field_classes = {FieldClass.SHARED: "weeks", FieldClass.OPERATIONAL: "episode made_at"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="series")
    weeks = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()


class Appointment(Row):
    """A time that was promised. The instant is computed once from wall time and zone, and kept beside them.

    `cancelled_by`: empty where nobody said, or from before that was asked. `told_at`: when it was entered that it was
    cancelled or not seen.
    """

    class Place(models.TextChoices):
        ROOM = "room", _("in the room")
        VIDEO = "video", _("video")

    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"
        NOT_SEEN = "not-seen"

    field_classes = {
        FieldClass.SHARED: "day time zone starts_at minutes place state cancelled_by told_at",
        FieldClass.OPERATIONAL: "episode series",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="appointments")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="appointments")
    day = models.DateField()
    time = models.TimeField()
    zone = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=50)
    place = models.CharField(max_length=8, choices=Place, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PLANNED)
    cancelled_by = models.CharField(max_length=12, choices=Side, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["episode", "starts_at"],
                condition=models.Q(state__in=["planned", "not-seen"]),
                name="an_hour_is_promised_once_an_episode",
            ),
        )
        indexes = (models.Index(fields=["episode", "starts_at"]),)


class Move(Row):
    """An appointment was moved: from when, at whose wish, and when that was said. What it was moved to, it tells."""

    field_classes = {
        FieldClass.SHARED: "from_at side moved_at",
        FieldClass.OPERATIONAL: "appointment",
    }

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="moves")
    from_at = models.DateTimeField()
    side = models.CharField(max_length=12, choices=Side)
    moved_at = models.DateTimeField()


class Session(Row):
    """A meeting that took place, counted within its episode. How its time was kept is said by whoever likes to."""

    class Kept(models.TextChoices):
        PLANNED = "planned", _("as planned")
        LATE = "late", _("started late")
        EARLY = "early", _("ended early")
        OVER = "over", _("ran over")

    field_classes = {
        FieldClass.SHARED: "number held_at kept off_by",
        FieldClass.OPERATIONAL: "episode appointment",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="sessions")
    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="session")
    number = models.PositiveIntegerField()
    held_at = models.DateTimeField()
    kept = models.CharField(max_length=8, choices=Kept, blank=True)
    off_by = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["episode", "number"], name="sessions_are_counted_once"),)
