"""What every table shares: an id of our own making, and a class for every field.

The class of a field says what it is in the life of a person, and drives export, erasure and the
scrubbed copy. A model names it in `field_classes`; a rule test refuses a field without one.
"""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from attune.base.ids import new_id


class FieldClass(StrEnum):
    """What a field is: drives what is exported, erased and scrubbed."""

    IDENTITY = "identity"
    CLINICAL = "clinical"
    SHARED = "shared"
    PRIVATE_NOTE = "private note"
    OPERATIONAL = "operational"


class Row(models.Model):
    """A row with a UUIDv7 of our own making."""

    field_classes: ClassVar[dict[FieldClass, str]] = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


def class_of(model: type[models.Model], field: str) -> FieldClass | None:
    """The class that `model` gives to `field`; the id is operational everywhere."""
    if field == "id":
        return FieldClass.OPERATIONAL
    classes: dict[FieldClass, str] = getattr(model, "field_classes", {})
    return next((kind for kind, names in classes.items() if field in names.split()), None)
