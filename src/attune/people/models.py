"""Identity and roles. A client has an account only where they asked for one; one installation is one clinic."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from attune.base.rows import FieldClass, Row
from attune.vault.keys import Owner
from attune.vault.sealed import Sealed


class Installation(Row):
    """This clinic, or this demo: which of the two is written once and never changed."""

    class Kind(models.TextChoices):
        DEMO = "demo"
        CLINIC = "clinic"

    field_classes = {FieldClass.OPERATIONAL: "only kind name zone made_at version"}

    only = models.BooleanField(default=True, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    version = models.CharField(max_length=32)


class Person(Row):
    """Someone in the house: a client or one of the staff. What they are called is sealed with their own key."""

    class Pronouns(models.TextChoices):
        SHE = "she", _("she/her")
        HE = "he", _("he/him")
        THEY = "they", _("they/them")

    field_classes = {FieldClass.IDENTITY: "name pronouns", FieldClass.OPERATIONAL: "zone made_at"}

    name = Sealed("people.person.name")
    pronouns = Sealed("people.person.pronouns")
    zone = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def seal_owner(self) -> Owner:
        """A name belongs to the person who bears it."""
        return Owner("person", self.id)


class Contact(Row):
    """Where a person is written to, entered by somebody of the staff at that person's word. One at a time.

    When it ends the address is wiped, and the row says only that there was one, from when until when.
    """

    class Channel(models.TextChoices):
        MAIL = "mail"

    field_classes = {FieldClass.IDENTITY: "address", FieldClass.OPERATIONAL: "person channel entered_by since until"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.MAIL)
    address = Sealed("people.contact.address")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "channel"], condition=models.Q(until__isnull=True), name="one_open_contact_a_person"
            ),
        )

    def seal_owner(self) -> Owner:
        """Where somebody can be reached is theirs alone."""
        return Owner("person", self.person_id)


class Accounts(BaseUserManager["Account"]):
    """Finds an account by its address, whatever the case it was typed in; with its person, whom every page names."""

    def get_queryset(self) -> "models.QuerySet[Account]":
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser, Row):
    """How a person signs in. The address stays in clear because it must be looked up.

    A client may have two PINs: the one opens the dates of their appointments and looks as if there were nothing else,
    the other opens everything. Both are kept as passwords are.

    `wants_letters`: whether a letter goes to its address when something waits behind the sign-in.
    """

    class Kind(models.TextChoices):
        STAFF = "staff"
        CLIENT = "client"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    field_classes = {
        FieldClass.IDENTITY: "email",
        FieldClass.OPERATIONAL: "password last_login person kind is_active dates_pin whole_pin wants_letters",
    }

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.STAFF)
    is_active = models.BooleanField(default=True)
    dates_pin = models.CharField(max_length=128, blank=True)
    whole_pin = models.CharField(max_length=128, blank=True)
    wants_letters = models.BooleanField(default=True)

    objects = Accounts()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="one_account_an_address"),)

    @property
    def is_clients(self) -> bool:
        """Whether it was given to a client, at their wish."""
        return self.kind == self.Kind.CLIENT

    @property
    def has_pins(self) -> bool:
        """Whether a PIN is asked for after the sign-in."""
        return bool(self.whole_pin)


class Role(Row):
    """What a member of staff may do in this clinic, from when until when."""

    class Name(models.TextChoices):
        THERAPIST = "therapist"
        SUPERVISOR = "supervisor"
        OPERATOR = "operator"

    field_classes = {FieldClass.OPERATIONAL: "person name since until"}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(max_length=16, choices=Name)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "name"], condition=models.Q(until__isnull=True), name="one_open_role_of_a_name"
            ),
        )


class EntryLink(Row):
    """A way in, once: one of the staff sets the password of their account by it, a client is let in."""

    field_classes = {FieldClass.OPERATIONAL: "account token_hash made_by made_at until used_at"}

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entry_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Remembered(models.Model):
    """A count or a mark kept for a short while (`memory.py`): under a hash, so that it says nothing about anybody."""

    field_classes = {FieldClass.OPERATIONAL: "key value until"}

    key = models.CharField(max_length=64, primary_key=True)
    value = models.TextField()
    until = models.DateTimeField(db_index=True)
