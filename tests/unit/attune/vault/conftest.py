"""The table of the letters: it is in no migration, and gone when the tests of others look."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection
from support.letters import Letter

from attune.base.ids import new_id
from attune.vault.keys import Owner


@pytest.fixture(scope="module")
def _letters(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Letter)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Letter)


@pytest.fixture
def letters(_letters: None, db: None) -> type[Letter]:
    Letter.objects.all().delete()  # a flush knows nothing of this table
    return Letter


@pytest.fixture
def amara() -> Owner:
    return Owner("person", new_id())


@pytest.fixture
def dana() -> Owner:
    return Owner("person", new_id())


@pytest.fixture
def masters(settings):
    """Set the master key, and the one before it."""

    def put(new: bytes | None, old: bytes | None = None) -> None:
        settings.ATTUNE = replace(settings.ATTUNE, master_key=new, master_key_old=old)

    return put
