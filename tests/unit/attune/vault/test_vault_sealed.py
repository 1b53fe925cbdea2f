"""A sealed field opens on its own row, for its own owner, and nowhere else."""

import copy
import logging
import pickle
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, connections, models
from django.db.migrations.writer import MigrationWriter
from support.letters import Letter

from attune.vault.keys import CannotOpen, KeyDestroyed, destroy, keyring
from attune.vault.sealed import Sealed, load_for

pytestmark = pytest.mark.django_db
CANARY = "the canary sang at five in the morning"


@pytest.fixture
def letter(letters, amara) -> Letter:
    return letters.objects.create(writer=amara.id, subject="plain canary", text=CANARY)


def raw(letter: Letter, field: str = "text") -> bytes:
    return bytes(Letter.objects.filter(pk=letter.pk).values_list(field, flat=True).get())


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def test_text_comes_back_as_it_was_given(letter):
    assert fresh(letter).text == letter.text == CANARY
    changed = fresh(letter)
    changed.text = "ünïcode – 漢字 🙂"
    changed.save()
    assert fresh(letter).text == "ünïcode – 漢字 🙂"


def test_the_form_of_what_is_stored(letter):
    blob = raw(letter)
    assert blob[0] == 1
    assert len(blob) == 1 + 16 + 12 + len(CANARY) + 16
    assert CANARY.encode() not in blob


def test_nothing_is_stored_as_null(letters, letter, amara):
    empty = letters.objects.create(writer=amara.id, text="", aside=None)
    assert empty.text is None
    assert fresh(empty).text is None
    assert set(letters.objects.filter(text__isnull=True)) == {empty}
    assert set(letters.objects.filter(text__isnull=False)) == {letter}


def test_untouched_bytes_are_saved_as_they_are(letter):
    before = raw(letter)
    row = fresh(letter)
    row.subject = "another"
    row.save()
    assert raw(letter) == before
    assert fresh(letter).text == CANARY


def test_only_defer_and_refresh_work(letters, letter, django_assert_num_queries):
    row = letters.objects.only("writer").get(pk=letter.pk)
    assert row.get_deferred_fields() == {"subject", "text", "aside"}
    with django_assert_num_queries(1):
        assert row.text == row.text == CANARY
    assert letters.objects.defer("aside").get(pk=letter.pk).aside is None
    row.text = "something else"
    row.refresh_from_db()
    assert row.text == CANARY


def test_many_at_once(letters, amara):
    made = letters.objects.bulk_create(letters(writer=amara.id, text=f"letter {n}") for n in range(5))
    assert [fresh(row).text for row in made] == [f"letter {n}" for n in range(5)]


def test_the_keys_of_all_rows_in_one_query(letters, letter, dana, django_assert_num_queries):
    letters.objects.create(writer=dana.id, text="from Dana")
    rows = list(letters.objects.all())
    with keyring():
        with django_assert_num_queries(1, connection=connections["vault"]):
            load_for(rows)
        with django_assert_num_queries(0, connection=connections["vault"]):
            assert {row.text for row in rows} == {CANARY, "from Dana"}


def test_a_row_moved_to_another_owner_refuses_to_open(letters, letter, dana):
    letters.objects.create(writer=dana.id, text="Dana has a key too")
    letters.objects.filter(pk=letter.pk).update(writer=dana.id)
    with pytest.raises(CannotOpen, match="another owner") as caught:
        _ = fresh(letter).text
    assert CANARY not in str(caught.value)


def test_a_value_copied_to_another_row_refuses_to_open(letters, letter, amara):
    other = letters.objects.create(writer=amara.id, text="mine")
    letters.objects.filter(pk=other.pk).update(text=raw(letter), aside=None)
    with pytest.raises(CannotOpen, match="another row"):
        _ = fresh(other).text


def test_a_value_copied_to_another_field_refuses_to_open(letters, letter):
    letters.objects.filter(pk=letter.pk).update(aside=models.F("text"))
    with pytest.raises(CannotOpen, match="another row"):
        _ = fresh(letter).aside


@pytest.mark.parametrize("at", [1, 20, 30, -1])
def test_one_bit_changed_refuses_to_open(letters, letter, at):
    blob = bytearray(raw(letter))
    blob[at] ^= 1
    letters.objects.filter(pk=letter.pk).update(text=bytes(blob))
    with pytest.raises(CannotOpen):
        _ = fresh(letter).text


@pytest.mark.parametrize("blob", [b"\x02" + bytes(60), b"\x01short"])
def test_what_was_never_sealed_refuses_to_open(letters, letter, blob):
    letters.objects.filter(pk=letter.pk).update(text=blob)
    with pytest.raises(CannotOpen, match="not something that was sealed"):
        _ = fresh(letter).text


def test_a_destroyed_key_has_erased_the_text_and_leaves_the_row(letter, amara):
    destroy(amara)
    with pytest.raises(KeyDestroyed):
        _ = fresh(letter).text
    row = fresh(letter)
    row.text = "a new beginning"
    row.save()
    assert fresh(letter).text == "a new beginning"


def test_what_cannot_be_sealed_is_refused(letters, letter):
    with pytest.raises(FieldError, match="row by row"):
        letters.objects.update(text="for everybody")
    letter.text = "changed"
    with pytest.raises(FieldError, match="row by row"):
        letters.objects.bulk_update([letter], ["text"])
    with pytest.raises(TypeError, match="takes text"):
        letter.text = 5


@pytest.mark.parametrize("lookup", ["text", "text__icontains", "text__in", "text__gt", "text__startswith"])
def test_the_database_cannot_look_inside(letters, lookup):
    with pytest.raises(FieldError, match="sealed"):
        letters.objects.filter(**{lookup: "canary"}).exists()


def test_an_instance_says_nothing_by_accident(letter, caplog):
    opened = fresh(letter)
    assert opened.text == CANARY
    logging.getLogger("attune").warning("%r %s", opened, vars(opened))
    assert "sealed text" in caplog.text
    assert CANARY not in caplog.text
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(opened)
    with pytest.raises(TypeError, match="not serialized"):
        serializers.serialize("json", [opened])
    assert CANARY.encode() not in pickle.dumps(fresh(letter))
    assert copy.deepcopy(vars(opened))["text"].text == CANARY  # Django copies rows in a class's test data


def test_full_clean_leaves_the_text_alone(letter):
    letter.full_clean()
    letter.save()
    assert fresh(letter).text == CANARY


def test_the_label_goes_into_the_migration():
    written, _imports = MigrationWriter.serialize(Letter._meta.get_field("text"))
    assert written == "attune.vault.sealed.Sealed('tests.letter.text')"


def test_a_sealed_field_needs_a_label_and_an_owner():
    class Loose(models.Model):
        text = Sealed()

        class Meta:
            app_label = "letters"

    assert [str(problem.msg) for problem in Loose._meta.get_field("text").check()] == [
        "A sealed field needs a label, and its model seal_owner()."
    ]
    assert Letter._meta.get_field("text").check() == []


def test_no_two_fields_share_a_label():
    sealed = [f for model in apps.get_models() for f in model._meta.local_fields if isinstance(f, Sealed)]
    labels = [field.label for field in sealed]
    assert len(set(labels)) == len(labels)


@pytest.mark.django_db(transaction=True)
def test_the_text_is_nowhere_in_the_files(letter):
    if connection.vendor != "sqlite":
        pytest.skip("the files of a server are not ours to read")
    letter.text = CANARY + " again"
    letter.save()
    folder = Path(connection.settings_dict["NAME"]).parent
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"plain canary" in everything
    assert b"canary sang" not in everything
