"""The outbox is tested on the standing cast, with keys at hand, and a mail server that is one."""

from collections.abc import Iterator

import pytest
from support.cast import Cast, make_cast
from support.mail_server import MailServer, mail_server

from attune.vault.keys import keyring


@pytest.fixture
def cast(transactional_db: None) -> Iterator[Cast]:
    """On disk, so that threads and other processes see it."""
    with keyring():
        yield make_cast()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running
