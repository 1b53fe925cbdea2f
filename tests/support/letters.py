"""A sealed row of the tests' own, so that the vault is tested without the record above it."""

from django.db import models

from attune.base.rows import Row
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Letter(Row):
    """A letter with two lines, sealed for the one who wrote it."""

    writer = models.UUIDField()
    subject = models.CharField(max_length=40, blank=True)
    text = Sealed("tests.letter.text")
    aside = Sealed("tests.letter.aside")

    class Meta:
        app_label = "letters"

    def seal_owner(self) -> Owner:
        return Owner("person", self.writer)
