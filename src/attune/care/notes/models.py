"""A therapist's own note about an hour: how they arrived, one intention, a reflection. About themselves alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Episode
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class PrivateNote(Row):
    """What one therapist wrote about themselves around one appointment: theirs alone, and gone on `folds_at`.

    `arrived`: body, mind and heart, as they were touched. `became`: what became of the intention. `moved`: what moved
    them, in their own words. `taken`: how they took it, where the client was unhappy with them. `days`: how long they
    chose to keep it. Every writing counts `revision` up, so that two windows do not write over one another.
    """

    class Arrived(models.TextChoices):
        """Body, mind, heart: each of the three."""

        HERE = "here", _("here")
        WAY = "way", _("on the way")
        NOT_YET = "not-yet", _("not yet")

    class Became(models.TextChoices):
        """What became of the intention. All three are fine."""

        DID = "did", _("did")
        PARTLY = "partly", _("partly")
        ELSE = "else", _("something else mattered more")

    class Taken(models.TextChoices):
        """How the therapist took it that the client was unhappy with them: their own word, in no figure."""

        LISTENED = "listened", _("I listened")
        EXPLAINED = "explained", _("I explained")
        DEFENDED = "defended", _("I defended")
        APOLOGISED = "apologised", _("I apologised at once")
        QUIET = "quiet", _("I went quiet")
        NOT_SURE = "not-sure", _("not sure")

    field_classes = {
        FieldClass.PRIVATE_NOTE: "arrived intention became words moved taken",
        FieldClass.OPERATIONAL: "episode appointment author written_at days folds_at revision",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="private_notes")
    appointment = models.ForeignKey("care.Appointment", on_delete=models.PROTECT, related_name="private_notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="private_notes")
    written_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    folds_at = models.DateTimeField(db_index=True)
    revision = models.PositiveIntegerField(default=0)
    arrived = Sealed("care.note.arrived")
    intention = Sealed("care.note.intention")
    became = Sealed("care.note.became")
    words = Sealed("care.note.words")
    moved = Sealed("care.note.moved")
    taken = Sealed("care.note.taken")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["appointment", "author"], name="one_note_an_hour_of_each_therapist"),
        )

    def seal_owner(self) -> Owner:
        """What therapists write about themselves is sealed with their own key."""
        return Owner("staff", self.author_id)


class Keeping(Row):
    """For how many days a therapist keeps their private notes, as they chose last: it outlives the notes themselves."""

    field_classes = {FieldClass.OPERATIONAL: "author days"}

    author = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="keeping")
    days = models.PositiveSmallIntegerField()


class Moment(Row):
    """A moment of the hour that its therapist wants to come back to: the time, and no words. Folds with its note."""

    field_classes = {FieldClass.PRIVATE_NOTE: "at", FieldClass.OPERATIONAL: "note"}

    note = models.ForeignKey(PrivateNote, on_delete=models.CASCADE, related_name="moments")
    at = models.DateTimeField()
