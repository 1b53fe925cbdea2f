"""A message between one client and whoever works with them: their own, in a couple and a family too."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Message(Row):
    """Something that a participant wrote to their therapists, or one of these to them. The others never see it.

    `submission`: the key of the form that it came by, so that the same sent twice is one. `read_at`: when the other
    side opened it; kept, and shown to nobody. Whoever took it back left `taken_back_at` and no words. `about`: the
    summary that a client corrects or adds to.
    """

    field_classes = {
        FieldClass.CLINICAL: "text",
        FieldClass.OPERATIONAL: "participant author about submission sent_at read_at taken_back_at",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages")
    about = models.ForeignKey("care.Summary", on_delete=models.SET_NULL, null=True, related_name="additions")
    submission = models.UUIDField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    text = Sealed("care.message.text")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["participant", "author", "submission"], name="one_message_a_submission"),
        )
        indexes = (
            models.Index(fields=["participant", "sent_at"]),
            models.Index(fields=["participant"], condition=models.Q(read_at=None), name="messages_not_opened"),
        )

    def seal_owner(self) -> Owner:
        """All of a conversation is the client's own, whoever wrote it."""
        return Owner("person", self.participant.person_id)
