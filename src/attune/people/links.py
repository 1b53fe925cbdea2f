"""The link by which somebody comes in for the first time, or again: once, within 72 hours, by pressing.

Staff set their password by it; a client is let in.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from attune.audit.journal import unit
from attune.base.errors import Gone, NotYours, Refused
from attune.people.models import Account, EntryLink
from attune.people.own_account import begin_anew
from attune.people.viewers import Viewer

HOLDS = timedelta(hours=72)


def make_link(account: Account, *, by: Viewer, at: datetime) -> str:
    """A new link for this account, as its token; those from before no longer open. Only a hash of it is kept."""
    token = token_urlsafe(32)
    with unit() as record:
        EntryLink.objects.filter(account=account, used_at=None).update(until=at)
        link = EntryLink.objects.create(
            account=account, token_hash=_hash(token), made_by_id=by.person_id, made_at=at, until=at + HOLDS
        )
        record("link.made", by=by, at=at, subject=link.id, subject_kind="entry-link")
    return token


def get_link(token: str, *, at: datetime) -> EntryLink:
    """The open link of this token; raises `NotYours` where there is none and `Gone` where it no longer opens."""
    link = EntryLink.objects.select_related("account").filter(token_hash=_hash(token)).first()
    if link is None:
        raise NotYours
    if link.used_at is not None or link.until <= at or not link.account.is_active:
        raise _gone()
    return link


def _gone() -> Gone:
    return Gone("This link has been used, or its time is over. Ask for a new one.")


def use_link(token: str, password: str, *, at: datetime) -> Account:
    """Set the password, once: the second of two at the same moment finds the link used."""
    link = get_link(token, at=at)
    _check_password(password, link.account)
    with unit() as record, transaction.atomic(savepoint=False):
        _use(link, at=at)
        link.account.set_password(password)
        link.account.save(update_fields=["password"])
        me = Viewer(link.account.person_id)
        record("link.used", by=me, at=at, subject=link.id, subject_kind="entry-link")
    return link.account


def come_in(link: EntryLink, *, at: datetime) -> Account:
    """Let a client in, once. Every other way in from before is gone: a new link is for whoever has lost theirs."""
    with unit() as record, transaction.atomic(savepoint=False):
        _use(link, at=at)
        begin_anew(link.account, at=at)
        record("link.used", by=Viewer(link.account.person_id), at=at, subject=link.id, subject_kind="entry-link")
    return link.account


def _use(link: EntryLink, *, at: datetime) -> None:
    if not EntryLink.objects.filter(pk=link.pk, used_at=None, until__gt=at).update(used_at=at):
        raise Gone("This link has just been used. If it was not you, tell whoever runs Attune here.")


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise Refused("Choose another password.", {"password": " ".join(problem.messages)}) from problem


def _hash(token: str) -> str:
    # The token has 256 bits of its own, so a plain hash is enough.
    return sha256(token.encode("utf-8", "replace")).hexdigest()
