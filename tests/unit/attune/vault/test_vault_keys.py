"""One key an owner: made once, fetched together, gone with the request, destroyed for good."""

from contextlib import suppress
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connections

from attune.base.errors import Misconfigured
from attune.base.ids import new_id
from attune.vault import keys
from attune.vault.keys import CannotOpen, KeyDestroyed, Owner, check_master, destroy, key_for, keyring, load, open_key
from attune.vault.models import OwnerKey
from attune.vault.router import VaultRouter

pytestmark = pytest.mark.django_db


def test_a_key_is_made_once_and_kept_in_the_vault(amara):
    first, again = key_for(amara), key_for(amara)
    assert first.id == again.id
    row = OwnerKey.objects.get()
    assert (row.kind, row.owner, row._state.db) == ("person", amara.id, "vault")
    assert again.cipher.decrypt(b"n" * 12, first.cipher.encrypt(b"n" * 12, b"hello", None), None) == b"hello"


def test_the_same_person_as_client_and_as_staff_has_two_keys(amara):
    assert key_for(amara).id != key_for(Owner("staff", amara.id)).id


def test_nothing_of_a_key_is_printed(amara):
    assert "cipher" not in repr(key_for(amara))


def test_the_keys_of_a_page_come_in_one_query(django_assert_num_queries):
    owners = [Owner("person", new_id()) for _ in range(30)]
    made = [key_for(owner) for owner in owners]
    stranger = Owner("person", new_id())
    with keyring():
        with django_assert_num_queries(1, connection=connections["vault"]):
            load([*owners, stranger])
        with django_assert_num_queries(0, connection=connections["vault"]):
            load(owners)
            assert [open_key(key.id, key.owner).id for key in made] == [key.id for key in made]
            with pytest.raises(KeyDestroyed):
                open_key(new_id().bytes, stranger)


def test_without_a_ring_each_call_stands_alone(amara, django_assert_num_queries):
    key = key_for(amara)
    load([amara])
    with django_assert_num_queries(2, connection=connections["vault"]):
        assert open_key(key.id, amara).id == open_key(key.id, amara).id == key.id


def test_no_key_is_left_in_the_ring_after_the_request(amara):
    with suppress(ZeroDivisionError), keyring():
        key_for(amara)
        ring = keys._ring.get()
        assert ring.by_id
        assert "Key" not in repr(ring)
        with keyring():  # a command inside a request shares its ring
            assert keys._ring.get() is ring
        assert ring.by_owner
        1 / 0  # noqa: B018
    assert keys._ring.get() is None
    assert not ring.by_id
    assert not ring.by_owner


def test_a_key_opens_for_its_owner_only(amara, dana):
    key = key_for(amara)
    with pytest.raises(CannotOpen, match="another owner"):
        open_key(key.id, dana)


def test_a_destroyed_key_is_gone_from_the_vault_and_from_the_ring(amara):
    with keyring():
        key = key_for(amara)
        assert destroy(amara)
        assert not destroy(amara)
        with pytest.raises(KeyDestroyed):
            open_key(key.id, amara)


def test_without_its_master_key_the_vault_says_so(amara, masters):
    key = key_for(amara)
    check_master()
    masters(None)
    for asked in (check_master, lambda: key_for(Owner("person", new_id())), lambda: open_key(key.id, amara)):
        with pytest.raises(Misconfigured, match="ATTUNE_MASTER_KEY is not set"):
            asked()
    masters(b"w" * 32)
    for asked in (check_master, lambda: key_for(amara), lambda: open_key(key.id, amara)):
        with pytest.raises(Misconfigured, match="not the one set"):
            asked()


def test_a_damaged_key_is_never_taken_for_a_key(amara):
    key_for(amara)
    row = OwnerKey.objects.get()
    row.wrapped = bytes(row.wrapped)[:-1] + bytes([bytes(row.wrapped)[-1] ^ 1])
    row.save()
    with pytest.raises(Misconfigured, match="damaged"):
        key_for(amara)


@pytest.mark.django_db(transaction=True)
def test_two_makers_at_once_use_one_key(amara):
    ready, made = Barrier(4), []

    def make() -> None:
        ready.wait(10)
        made.append(key_for(amara).id)
        connections.close_all()

    threads = [Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 4
    assert len(set(made)) == 1


def test_the_router_keeps_the_two_databases_apart():
    router = VaultRouter()
    assert router.allow_migrate("vault", "vault")
    assert router.allow_migrate("default", "audit")
    assert not router.allow_migrate("vault", "audit")
    assert not router.allow_migrate("default", "vault")
    assert "vault_ownerkey" in connections["vault"].introspection.table_names()
    assert "vault_ownerkey" not in connections["default"].introspection.table_names()
    assert "audit_event" not in connections["vault"].introspection.table_names()


def test_models_and_migrations_agree():
    call_command("makemigrations", "vault", "audit", check=True, dry_run=True, verbosity=0)
