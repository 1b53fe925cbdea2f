"""An open summary: a note about a session that is written to be read by the clients of the episode."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Episode
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Summary(Row):
    """One version of what one therapist tells of one session. As long as it is not `released_at`, its author's alone.

    What was shown is not written over: a change is a new version, and the earlier ones stay readable as they were.
    Every writing counts `revision` up, so that two windows do not write over one another.
    """

    field_classes = {
        FieldClass.SHARED: "text",
        FieldClass.OPERATIONAL: "episode session author version revision written_at released_at",
    }

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="summaries")
    session = models.ForeignKey("care.Session", on_delete=models.PROTECT, related_name="summaries")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="summaries")
    version = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    text = Sealed("care.summary.text")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["session", "author", "version"], name="summaries_are_counted_once"),
            models.UniqueConstraint(
                fields=["session", "author"],
                condition=models.Q(released_at__isnull=True),
                name="one_draft_of_a_summary",
            ),
        )

    def seal_owner(self) -> Owner:
        """All who take part share it."""
        return Owner("episode", self.episode_id)
