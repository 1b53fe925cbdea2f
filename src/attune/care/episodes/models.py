"""An episode is one client, a pair or a family with one or more therapists, for one stretch of work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Episode(Row):
    """One stretch of work. Every row of the record names its episode: who may see it, how long it is kept."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("one client")
        COUPLE = "couple", _("a couple")
        FAMILY = "family", _("a family")

    class State(models.TextChoices):
        WORKING = "working"
        ENDED = "ended"

    field_classes = {FieldClass.OPERATIONAL: "kind state opened_at ended_at zone"}

    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=12, choices=State, default=State.WORKING)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64)


class Participant(Row):
    """A client in an episode. What they say is theirs: the others of the episode never see it.

    `own_pages_since`: since when it stands in the client's own pages, where a therapist of this episode opened them.
    """

    field_classes = {FieldClass.OPERATIONAL: "episode person since until own_pages_since"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    own_pages_since = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["episode", "person"], name="a_person_once_an_episode"),)


class Assignment(Row):
    """A therapist in an episode, from when until when. After `until` the doors are shut to them."""

    field_classes = {FieldClass.OPERATIONAL: "episode therapist since until"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assignments")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["episode", "therapist"], condition=models.Q(until__isnull=True), name="one_open_assignment"
            ),
        )


class Grant(Row):
    """Somebody else may see something of this episode: what, from when until when, and why."""

    class Kind(models.TextChoices):
        DEPUTY = "deputy"
        SUPERVISOR = "supervisor"
        GUARDIAN = "guardian"
        BREAK_GLASS = "break-glass"

    field_classes = {FieldClass.OPERATIONAL: "episode person kind since until", FieldClass.SHARED: "reason"}

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="grants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=12, choices=Kind)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = Sealed("care.grant.reason")

    def seal_owner(self) -> Owner:
        """The reason is of the episode, not of one of its people."""
        return Owner("episode", self.episode_id)


class KeptOut(Row):
    """*Not these people*: a client said that somebody of the staff must see nothing of theirs.

    It holds in every episode of that client, whatever else would let that person in, until the client takes it back. It
    is seen where it was said alone: what somebody tells one therapist is not for the others.
    """

    field_classes = {FieldClass.CLINICAL: "staff", FieldClass.OPERATIONAL: "participant since until"}

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="keeps_out")
    staff = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_out_by")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "staff"], condition=models.Q(until__isnull=True), name="kept_out_once"
            ),
        )
