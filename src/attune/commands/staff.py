"""`attune staff add`: a colleague is entered and can sign in."""

import sys
from argparse import Namespace
from getpass import getpass

from attune.audit.journal import unit
from attune.base import clock
from attune.people.actions import Called, enter_person, give_account, give_role
from attune.people.readers import get_installation
from attune.people.viewers import MACHINE
from attune.vault.keys import keyring


def run(words: Namespace) -> int:
    """Enter the person, their account and their role, all or nothing."""
    at = clock.now()
    called = Called(words.name, words.pronouns, get_installation().zone)
    password = getpass("Password for the new account: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with keyring(), unit():
        person = enter_person(called, by=MACHINE, at=at)
        give_account(person, email=words.email, password=password, by=MACHINE, at=at)
        give_role(person, name=words.role, by=MACHINE, at=at)
    print("They can sign in now.")
    return 0
