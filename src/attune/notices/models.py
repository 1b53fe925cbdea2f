"""The outbox, without a word of any letter; and the lease that lets one sweeper work at a time."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.people.models import Person


class Notice(Row):
    """One letter to one person about one thing: when it was due, and what became of it. It is never sent twice.

    It holds neither body nor address: both are made at the moment of sending. `until`: later it makes no sense.
    `next_at`: when it is tried next; `changed_at`: since when its state is what it is.
    """

    class Kind(models.TextChoices):
        BEFORE = "checkin-before"
        AFTER = "checkin-after"
        CAME = "came"

    class Channel(models.TextChoices):
        MAIL = "mail"

    class State(models.TextChoices):
        """What becomes of one; `states.py` says which follows on which."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        STOPPED = "stopped"
        MISSED = "missed"
        REFUSED = "refused"
        UNSURE = "unsure"

    field_classes = {
        FieldClass.OPERATIONAL: "person kind about channel due until state tries next_at changed_at",
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=24, choices=Kind)
    about = models.UUIDField()
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    due = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "about", "person"], name="one_letter_about_a_thing"),)
        indexes = (models.Index(fields=["state", "next_at"]),)


class Lease(Row):
    """Who may do a piece of work now, and until when. Whoever dies holding it keeps the others waiting no longer."""

    field_classes = {FieldClass.OPERATIONAL: "name holder until"}

    name = models.CharField(max_length=24, unique=True)
    holder = models.UUIDField()
    until = models.DateTimeField()
