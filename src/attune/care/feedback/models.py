"""What a client asked for, what was answered, and what they say came of it: together one loop."""

from django.db import models

from attune.base.rows import FieldClass, Row
from attune.care.episodes.models import Participant
from attune.people.models import Person
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Word(Row):
    """Something a client asked for: of today, more of, less of, what was left unsaid, or at any time in own pages.

    What came in a check-in has its response, and is read with it; what was said at any time has `submission`, the key
    of its form, and `read_at`. `waiting_since`: from when it waits for an answer; None where it is none of the loops,
    or needs nothing now. It follows from answers and verdicts, and is kept so that Today can ask for it.
    """

    class Kind(models.TextChoices):
        TODAY = "today"
        UNSAID = "unsaid"
        MORE = "more"
        LESS = "less"
        ANY = "any"

    field_classes = {
        FieldClass.CLINICAL: "kind text",
        FieldClass.OPERATIONAL: "participant response said_at submission read_at waiting_since",
    }

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="words")
    response = models.ForeignKey("care.Response", on_delete=models.PROTECT, related_name="words", null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    said_at = models.DateTimeField()
    submission = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    text = Sealed("care.word.text")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["response", "kind"], name="one_word_of_a_kind_a_response"),
            models.UniqueConstraint(fields=["participant", "submission"], name="one_word_a_submission"),
            models.CheckConstraint(
                condition=models.Q(kind="any", response__isnull=True, submission__isnull=False)
                | ~models.Q(kind="any") & models.Q(response__isnull=False, submission__isnull=True),
                name="a_word_comes_by_a_check_in_or_by_itself",
            ),
        )
        indexes = (
            models.Index(
                fields=["participant"], condition=models.Q(waiting_since__isnull=False), name="words_that_wait"
            ),
        )

    def seal_owner(self) -> Owner:
        """A client's words are theirs alone."""
        return Owner("person", self.participant.person_id)


class Answer(Row):
    """What a therapist answered to a word: changed, from a day on; kept, with their reason; or let us talk.

    A later answer stands beside the earlier ones, which are never written over. `submission`: the key of its form.
    """

    class Kind(models.TextChoices):
        CHANGED = "changed"
        KEPT = "kept"
        TALK = "talk"

    field_classes = {
        FieldClass.CLINICAL: "kind since text",
        FieldClass.OPERATIONAL: "word answered_by answered_at submission",
    }

    word = models.ForeignKey(Word, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=8, choices=Kind)
    since = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="answers_to_words")
    answered_at = models.DateTimeField()
    submission = models.UUIDField()
    text = Sealed("care.answer.text")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["word", "submission"], name="one_answer_a_submission"),
            models.CheckConstraint(
                condition=models.Q(kind="changed", since__isnull=False)
                | ~models.Q(kind="changed") & models.Q(since__isnull=True),
                name="a_change_has_a_day",
            ),
        )

    def seal_owner(self) -> Owner:
        """The therapist's words, in the client's loop: the client's own, like the word."""
        return Owner("person", self.word.participant.person_id)


class Verdict(Row):
    """What the client says came of an answer. A later one stands beside the earlier ones.

    `entered_by`: who of the staff entered what was said in the room; `said_so`: what the client says to that, when
    they see it, and until then it stands as told by the therapist. `response`: the check-in in which it was told,
    which names no change. `taken`: how it was taken when they said so; "rather not" is shown to nobody.
    """

    class Kind(models.TextChoices):
        BETTER = "better"
        SAME = "same"
        WORSE = "worse"
        NOT_YET = "not_yet"
        ALL_RIGHT = "all_right"
        NOT_RIGHT = "not_right"

    class SaidSo(models.TextChoices):
        RIGHT = "right"
        NOT_QUITE = "not_quite"
        NOT_SAID = "not_said"

    class Taken(models.TextChoices):
        WELL = "well"
        SO_SO = "so_so"
        BADLY = "badly"
        RATHER_NOT = "rather_not"

    field_classes = {
        FieldClass.CLINICAL: "kind said_so taken",
        FieldClass.OPERATIONAL: "answer given_at entered_by response said_so_at taken_at",
    }

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=10, choices=Kind)
    given_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verdicts_entered", null=True)
    response = models.ForeignKey("care.Response", on_delete=models.PROTECT, related_name="verdicts", null=True)
    said_so = models.CharField(max_length=10, choices=SaidSo, blank=True, default="")
    said_so_at = models.DateTimeField(null=True)
    taken = models.CharField(max_length=10, choices=Taken, blank=True, default="")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["response"], name="one_verdict_a_response"),
            models.CheckConstraint(
                condition=models.Q(entered_by__isnull=True) | models.Q(response__isnull=True, taken=""),
                name="a_verdict_is_given_by_one_way",
            ),
        )
