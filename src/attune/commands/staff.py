"""`attune staff add`, `attune staff link`: a colleague is entered, or finds their way in again, by a link."""

from argparse import Namespace
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from attune.audit.journal import unit
from attune.base import clock
from attune.base.errors import Refused
from attune.people.actions import Called, enter_person, give_account, give_role
from attune.people.links import make_link
from attune.people.models import Account
from attune.people.readers import get_installation
from attune.people.viewers import MACHINE
from attune.vault.keys import keyring


def run(words: Namespace) -> int:
    """Enter somebody with their account and role, all or nothing; or give a new link to somebody who is here."""
    if words.what == "add":
        invite(words)
    else:
        _again(words.email, forget=words.forget_factors, at=clock.now())
    return 0


def invite(words: Namespace) -> None:
    """A person, an account without a password, a role, and the link by which they set one."""
    at = clock.now()
    called = Called(words.name, words.pronouns, get_installation().zone)
    with keyring(), unit():
        person = enter_person(called, by=MACHINE, at=at)
        account = give_account(person, email=words.email, by=MACHINE, at=at)
        give_role(person, name=words.role, by=MACHINE, at=at)
        token = make_link(account, by=MACHINE, at=at)
    _print(token)


def _again(email: str, *, forget: bool, at: datetime) -> None:
    account = Account.objects.filter(email__iexact=email, kind=Account.Kind.STAFF).first()
    if account is None:
        raise Refused("Nobody signs in with this address: `attune staff add` enters somebody.")
    with unit() as record:
        if forget:
            Authenticator.objects.filter(user_id=account.pk).delete()
            for session in UserSession.objects.filter(user_id=account.pk):  # the lost phone may be signed in
                session.end()
            record("factor.forgotten", by=MACHINE, at=at, subject=account.pk, subject_kind="account")
        token = make_link(account, by=MACHINE, at=at)
    _print(token)


def _print(token: str) -> None:
    print("Give them this link, by a way that nobody else reads. It sets their password, once, within 72 hours:")
    print(f"{settings.ATTUNE.url}/welcome/{token}/")
