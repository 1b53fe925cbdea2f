"""Where somebody is written to: sealed, one at a time, wiped when it ends."""

from datetime import timedelta

import pytest
from django.db import connection
from support.cast import NOW, Cast, make_cast

from attune.audit.models import Event
from attune.base.errors import Conflict, Refused
from attune.people.contacts import enter_address, get_contact, list_contacts, remove_address
from attune.people.models import Contact
from attune.vault.keys import CannotOpen, Owner, destroy, keyring


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def enter(cast: Cast, address: str, minutes: int = 0) -> None:
    with keyring():
        at = NOW + timedelta(minutes=minutes)
        enter_address(cast.amara.person_id, address=address, by=cast.ben, at=at)


def test_it_is_kept_sealed_with_who_entered_it_and_since_when(cast: Cast) -> None:
    enter(cast, " amara@example.net ")
    kept = get_contact(cast.amara.person_id)
    assert kept is not None
    assert (kept.address, kept.entered_by_id, kept.since) == ("amara@example.net", cast.ben.me, NOW)
    assert kept.seal_owner() == Owner("person", cast.amara.person_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM people_contact")
        assert b"amara" not in bytes(cursor.fetchone()[0])


def test_another_takes_its_place_and_wipes_it(cast: Cast) -> None:
    for minutes, address in enumerate(("one@example.net", "one@example.net", "two@example.net")):
        enter(cast, address, minutes)
    rows = [(row.address, row.until) for row in Contact.objects.order_by("since")]
    assert rows == [(None, NOW + timedelta(minutes=2)), ("two@example.net", None)]
    remove_address(cast.amara.person_id, by=cast.ben, at=NOW + timedelta(minutes=3))
    assert get_contact(cast.amara.person_id) is None
    assert not Contact.objects.filter(address__isnull=False).exists()
    with pytest.raises(Conflict):
        remove_address(cast.amara.person_id, by=cast.ben, at=NOW)
    verbs = Event.objects.filter(subject_kind="contact").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["contact.entered", "contact.removed", "contact.entered", "contact.removed"]


@pytest.mark.parametrize(
    "address",
    ["", "amara", "a@b", "a@example.org\nBcc: b@example.org", "a b@example.org", f"{'a' * 64}@{'b.' * 99}org"],
)
def test_what_is_no_address_is_refused(cast: Cast, address: str) -> None:
    with pytest.raises(Refused) as refused:
        enter(cast, address)
    assert set(refused.value.fields) == {"address"}
    assert address not in refused.value.fields["address"] or not address


def test_it_goes_with_the_persons_key(cast: Cast) -> None:
    enter(cast, "amara@example.net")
    destroy(Owner("person", cast.amara.person_id))
    (kept,) = list_contacts([cast.amara.person_id])
    with pytest.raises(CannotOpen):
        kept.address  # noqa: B018 - opening it is what is tried
