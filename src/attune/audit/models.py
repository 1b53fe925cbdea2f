"""Events, and the persons shown by them. Rows are only ever added: triggers see to it."""

from typing import ClassVar

from django.db import models

from attune.base.ids import new_id
from attune.base.rows import FieldClass, Row


class Event(models.Model):
    """Something was done, shown or refused. Its hash covers all that it says and the hash of the event before it."""

    class By(models.TextChoices):
        PERSON = "person"
        MACHINE = "machine"
        ANONYMOUS = "anonymous"

    field_classes: ClassVar[dict[FieldClass, str]] = {
        FieldClass.OPERATIONAL: "seq at actor actor_kind verb subject_kind subject episode shown prev hash"
    }

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True, default=new_id, editable=False)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12, choices=By)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField(null=True)
    episode = models.UUIDField(null=True)
    shown = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)


class Shown(Row):
    """A person whose things a page showed. The event holds a digest of all of them, so none can be slipped in."""

    field_classes = {FieldClass.OPERATIONAL: "event person"}

    # By the event's id, which is known before the insert: on PostgreSQL a trigger gives the place in the chain.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, to_field="id", related_name="shown_persons")
    person = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["person"]),)  # whoever asks who looked at something of theirs
