"""The chain of events. Rows hold ids and words of ours, never content, so that they may outlive an erasure."""

from django.db import models

from attune.base.ids import new_id
from attune.base.rows import FieldClass, Row


class Event(models.Model):
    """Something was done, seen or refused. `hash` covers the row and the hash before it; triggers refuse any change."""

    field_classes = {
        FieldClass.OPERATIONAL: "seq at actor actor_kind verb subject_kind subject episode shown prev hash"
    }

    seq = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True, default=new_id, editable=False)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    verb = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=24, blank=True)
    subject = models.UUIDField(null=True)
    episode = models.UUIDField(null=True)
    shown = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)


class Shown(Row):
    """Somebody who stood on a page that was looked at. The event's `shown` covers all of its rows here."""

    field_classes = {FieldClass.OPERATIONAL: "event person"}

    event = models.ForeignKey(Event, to_field="id", on_delete=models.PROTECT, related_name="people_shown")
    person = models.UUIDField()
