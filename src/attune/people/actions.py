"""What may change about people: an installation begins, a person is entered, staff are given sign-in and roles."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from attune.audit.journal import unit
from attune.base.errors import Conflict, Refused
from attune.people.models import Account, Installation, Person, Role
from attune.people.viewers import Viewer

NAME_LENGTH = 80


@dataclass(frozen=True)
class Called:
    """What a person is called here, and the zone that they live by."""

    name: str
    pronouns: str
    zone: str


def begin_installation(*, kind: str, name: str, zone: str, version: str, by: Viewer, at: datetime) -> Installation:
    """Write once what this installation is. A second time is refused: the kind never changes."""
    check_zone(zone)
    with unit() as record:
        if Installation.objects.exists():
            raise Conflict("This database belongs to an installation already: choose another ATTUNE_HOME.")
        house = Installation.objects.create(kind=kind, name=name, zone=zone, version=version, made_at=at)
        record("installation.begun", by=by, at=at, subject=house.id, subject_kind="installation")
    return house


def enter_person(called: Called, *, by: Viewer, at: datetime) -> Person:
    """Enter a person under the name that they go by; their key is made first."""
    check_called(called)
    with unit() as record:
        person = Person.objects.create(name=called.name.strip(), pronouns=called.pronouns, zone=called.zone, made_at=at)
        record("person.entered", by=by, at=at, subject=person.id, subject_kind="person")
    return person


def give_account(person: Person, *, email: str, password: str | None = None, by: Viewer, at: datetime) -> Account:
    """Let a member of staff sign in. Without a password they set one by a link (`links.make_link`)."""
    account = Account(person=person, email=email.strip())
    try:
        validate_email(account.email)
        if password is not None:
            validate_password(password, account)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from problem
    if Account.objects.filter(email__iexact=account.email).exists():
        raise Conflict("Somebody signs in with this address already: use another one.")
    account.set_password(password)
    return _keep_account(account, by=by, at=at)


def give_client_account(person: Person, *, email: str, by: Viewer, at: datetime) -> Account:
    """Let a client sign in, at their wish: by a code sent to this address, or by a passkey. There is no password."""
    account = Account(person=person, email=email.strip(), kind=Account.Kind.CLIENT)
    check_free(account.email)
    account.set_unusable_password()
    return _keep_account(account, by=by, at=at)


def check_free(email: str, *, but_for: UUID | None = None) -> None:
    """An address that can be written to and that nobody signs in with; raises `Refused` by field."""
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused("Nothing was kept.", {"email": "Write an address such as name@example.org."}) from problem
    others = Account.objects.filter(email__iexact=email)
    if (others if but_for is None else others.exclude(pk=but_for)).exists():
        # Not a word about who: it may be somebody else's client.
        raise Refused("Nothing was kept.", {"email": "This address cannot be used here. Take another one."})


def _keep_account(account: Account, *, by: Viewer, at: datetime) -> Account:
    try:
        with unit() as record:
            account.save(force_insert=True)
            record("account.given", by=by, at=at, subject=account.id, subject_kind="account")
    except IntegrityError as problem:
        raise Conflict("This person has an account already: look again how it stands.") from problem
    return account


def give_role(person: Person, *, name: str, by: Viewer, at: datetime) -> Role:
    """Give a role from now on; the same role twice is one."""
    if name not in Role.Name.values:
        raise Refused(f"“{name}” is no role here: choose one of {', '.join(Role.Name.values)}.")
    with unit() as record:
        role, new = Role.objects.get_or_create(person=person, name=name, until=None, defaults={"since": at})
        if new:
            record("role.given", by=by, at=at, subject=role.id, subject_kind="role")
    return role


def check_called(called: Called) -> None:
    """A name of 1 to 80 characters, known pronouns, a known zone; raises `Refused` by field."""
    fields: dict[str, str] = {}
    if not 0 < len(called.name.strip()) <= NAME_LENGTH or not called.name.isprintable():
        fields["name"] = f"Write a name of 1 to {NAME_LENGTH} characters, all of them visible."
    if called.pronouns not in Person.Pronouns.values:
        fields["pronouns"] = "Choose one of the three; the client can say it differently later."
    if fields:
        raise Refused("Something about this person is missing.", fields)
    check_zone(called.zone)


@cache
def _zones() -> frozenset[str]:
    """Every zone that this machine knows: a walk over some six hundred files, which is made once."""
    return frozenset(available_timezones())


def check_zone(zone: str) -> ZoneInfo:
    """The zone by its IANA name; raises `Refused` otherwise."""
    if zone not in _zones():
        raise Refused(
            f"“{zone[:64]}” is not a time zone: use a name such as Europe/London or Asia/Kolkata.",
            {"zone": "Unknown zone."},
        )
    return ZoneInfo(zone)
