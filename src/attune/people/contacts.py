"""Where somebody is written to: entered at their word, changed or removed at any time, and wiped with that.

Or at the address with which they sign in, when something waits for them there: unless they want no such letters.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Refused
from attune.people.models import Account, Contact, Person
from attune.people.viewers import Viewer
from attune.vault.sealed import load_for

#: As long as an address can be (RFC 5321).
ADDRESS_LENGTH = 254


def enter_address(person_id: UUID, *, address: str, by: Viewer, at: datetime) -> None:
    """From now on this person is written to here; the address before is wiped. The same one twice is once."""
    address = check_address(address)
    with unit() as record:
        Person.objects.select_for_update().get(pk=person_id)  # two at once: one after the other
        before = get_contact(person_id)
        if before is not None and before.address == address:
            return
        if before is not None:
            _wipe(before, record, by=by, at=at)
        kept = Contact.objects.create(person_id=person_id, address=address, entered_by_id=by.me, since=at)
        _note(record, "contact.entered", kept, by=by, at=at)


def remove_address(person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Nothing is sent to this person any more; the address is wiped."""
    with unit() as record:
        Person.objects.select_for_update().get(pk=person_id)
        before = get_contact(person_id)
        if before is None:
            raise Conflict("There is no address any more.")
        _wipe(before, record, by=by, at=at)


def check_address(address: str) -> str:
    """The address as it is kept; `Refused` where it is none."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise Refused(
            "This is no address.", {"address": "Write an e-mail address, such as a@example.org."}
        ) from problem
    if len(address) > ADDRESS_LENGTH:
        raise Refused("This address is too long.", {"address": f"At most {ADDRESS_LENGTH} characters."})
    return address


def get_contact(person_id: UUID) -> Contact | None:
    """Where this person is written to now."""
    return Contact.objects.filter(person=person_id, channel=Contact.Channel.MAIL, until=None).first()


def list_contacts(people: Collection[UUID]) -> list[Contact]:
    """Where these people are written to now, their keys at hand."""
    found = list(Contact.objects.filter(person__in=people, channel=Contact.Channel.MAIL, until=None))
    load_for(found)
    return found


def is_same(one: str | None, other: str | None) -> bool:
    """Two addresses that lead to one letter box, whatever the case they were typed in."""
    return bool(one) and (one or "").casefold() == (other or "").casefold()


def is_used_by(people: Collection[UUID], address: str | None) -> bool:
    """Whether one of these people is written to at this address."""
    return any(is_same(one.address, address) for one in list_contacts(people))


def want_letters(account: Account, *, wanted: bool, by: Viewer, at: datetime) -> None:
    """From now on a letter goes to its address when something waits behind the sign-in, or none does. Twice is once."""
    with unit() as record:
        if Account.objects.filter(pk=account.pk, wants_letters=not wanted).update(wants_letters=wanted):
            verb = "letters.wanted" if wanted else "letters.refused"
            record(verb, by=by, at=at, subject=account.id, subject_kind="account")


def get_account_written_to(person_id: UUID) -> Account | None:
    """The account of this person, where they can sign in and want to be told that something waits there."""
    return Account.objects.filter(person=person_id, is_active=True, wants_letters=True).first()


def _wipe(contact: Contact, record: Record, *, by: Viewer, at: datetime) -> None:
    Contact.objects.filter(pk=contact.pk).update(until=at, address=None)
    _note(record, "contact.removed", contact, by=by, at=at)


def _note(record: Record, verb: str, contact: Contact, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=contact.id, subject_kind="contact")
