"""People: an installation begins once, names are sealed, addresses and roles are given once."""

from datetime import timedelta

import pytest
from django.db import connection
from support.cast import NOW, PASSWORD, ZONE, Cast, make_cast

from attune.base.errors import Conflict, Misconfigured, NotYours, Refused
from attune.people.actions import Called, begin_installation, enter_person, give_account, give_role
from attune.people.models import Installation, Person, Role
from attune.people.readers import get_installation
from attune.people.viewers import ANONYMOUS, MACHINE, get_viewer
from attune.vault.keys import keyring

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_an_installation_begins_once(cast: Cast) -> None:
    for kind in ("demo", "clinic"):
        with pytest.raises(Conflict):
            begin_installation(kind=kind, name="Another", zone=ZONE, version="0.1.0", by=MACHINE, at=NOW)
    assert Installation.objects.get().kind == "clinic"


def test_without_an_installation_there_is_no_house() -> None:
    get_installation.cache_clear()
    with pytest.raises(Misconfigured):
        get_installation()


def test_a_name_is_sealed_in_the_database(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, pronouns FROM people_person")
        stored = b"".join(bytes(value) for row in cursor.fetchall() for value in row)
    assert b"Amara" not in stored
    with keyring():
        assert Person.objects.get(pk=cast.amara.person_id).name == "Amara"


@pytest.mark.parametrize(
    ("called", "field"),
    [
        (Called("", "she", ZONE), "name"),
        (Called("   ", "she", ZONE), "name"),
        (Called("x" * 81, "she", ZONE), "name"),
        (Called("two\nlines", "she", ZONE), "name"),
        (Called("Hana", "it", ZONE), "pronouns"),
        (Called("Hana", "they", "Mars/Olympus"), "zone"),
    ],
)
def test_a_person_without_a_name_is_refused(called: Called, field: str) -> None:
    with pytest.raises(Refused) as refused:
        enter_person(called, by=MACHINE, at=NOW)
    assert list(refused.value.fields) == [field]
    assert not Person.objects.exists()


def test_one_account_an_address(cast: Cast) -> None:
    person = Person.objects.get(pk=cast.amara.person_id)
    with pytest.raises(Conflict):
        give_account(person, email=" BEN@example.org ", password=PASSWORD, by=MACHINE, at=NOW)
    for email, password in (("no address", PASSWORD), ("amara@example.org", "short")):
        with pytest.raises(Refused):
            give_account(person, email=email, password=password, by=MACHINE, at=NOW)


def test_the_same_role_twice_is_one(cast: Cast) -> None:
    ben = Person.objects.get(pk=cast.ben.me)
    give_role(ben, name="therapist", by=MACHINE, at=NOW)
    assert Role.objects.filter(person=ben).count() == 1
    with pytest.raises(Refused):
        give_role(ben, name="king", by=MACHINE, at=NOW)


def test_a_viewer_has_the_roles_of_the_hour(cast: Cast) -> None:
    Role.objects.filter(person_id=cast.ben.me).update(until=NOW)
    moment = timedelta(microseconds=1)
    assert get_viewer(cast.ben.me, at=NOW - moment).roles == {"therapist"}
    assert get_viewer(cast.ben.me, at=NOW).roles == set()
    for nobody in (MACHINE, ANONYMOUS):
        with pytest.raises(NotYours):
            _ = nobody.me
