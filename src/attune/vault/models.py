"""The one table of the second database."""

from django.db import models

from attune.base.rows import FieldClass, Row


class OwnerKey(Row):
    """The key of one owner, wrapped by the master key. To delete this row is to erase what it sealed."""

    field_classes = {FieldClass.OPERATIONAL: "kind owner wrapped master made_at"}

    kind = models.CharField(max_length=12)
    owner = models.UUIDField()
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "kind"], name="one_key_an_owner"),)
