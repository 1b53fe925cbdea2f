"""A new master key: all keys are wrapped anew, pages go on meanwhile, a kill costs nothing."""

import pytest

from attune.base.errors import Misconfigured
from attune.base.ids import new_id
from attune.vault import rotation
from attune.vault.keys import Owner, check_master, key_for, open_key
from attune.vault.models import OwnerKey
from attune.vault.rotation import rotate_master

pytestmark = pytest.mark.django_db
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def made(masters):
    masters(OLD)
    return [key_for(Owner("person", new_id())) for _ in range(7)]


def test_after_a_rotation_the_old_master_key_is_not_needed(made, masters):
    assert rotate_master(OLD, NEW) == 7
    masters(NEW)
    check_master()
    for key in made:
        sealed = key.cipher.encrypt(b"n" * 12, b"the same key", None)
        assert open_key(key.id, key.owner).cipher.decrypt(b"n" * 12, sealed, None) == b"the same key"
    masters(OLD)
    with pytest.raises(Misconfigured, match="not the one set"):
        open_key(made[0].id, made[0].owner)


def test_a_rotation_that_was_killed_goes_on_where_it_was(made, masters, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    rewrap, calls = rotation._rewrap, []

    def killed(*args):
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return rewrap(*args)

    monkeypatch.setattr(rotation, "_rewrap", killed)
    with pytest.raises(KeyboardInterrupt):
        rotate_master(OLD, NEW)
    assert OwnerKey.objects.values("master").distinct().count() == 2
    masters(NEW, OLD)
    assert [open_key(key.id, key.owner).id for key in made] == [key.id for key in made]
    monkeypatch.setattr(rotation, "_rewrap", rewrap)
    assert rotate_master(OLD, NEW) == 4
    assert rotate_master(OLD, NEW) == 0
    masters(NEW)
    check_master()


def test_a_key_of_a_third_master_stops_the_rotation_before_it_begins(made, masters):
    masters(b"t" * 32)
    key_for(Owner("person", new_id()))
    with pytest.raises(Misconfigured, match="not the one set"):
        rotate_master(OLD, NEW)
    masters(OLD)
    assert open_key(made[0].id, made[0].owner)


def test_a_rotation_needs_two_keys():
    with pytest.raises(Misconfigured, match="is the old one"):
        rotate_master(OLD, OLD)
