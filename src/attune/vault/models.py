"""The one table of the vault."""

from django.db import models

from attune.base.rows import FieldClass, Row


class OwnerKey(Row):
    """The key of one owner, wrapped by the master key. While it is here, what the owner's fields seal can be read;
    deleting it makes all of that unreadable, in every copy of the record, for good."""

    class Kind(models.TextChoices):
        PERSON = "person"
        EPISODE = "episode"
        TRANSCRIPT = "transcript"
        STAFF = "staff"
        HOUSE = "house"

    field_classes = {FieldClass.OPERATIONAL: "kind owner wrapped master made_at"}

    kind = models.CharField(max_length=12, choices=Kind)
    owner = models.UUIDField()
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "kind"], name="one_key_an_owner"),)
