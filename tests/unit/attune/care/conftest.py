"""The record is tested on the standing cast, with keys at hand."""

from collections.abc import Iterator

import pytest
from support.cast import Cast, make_cast

from attune.vault.keys import keyring


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with keyring():
        yield make_cast()
