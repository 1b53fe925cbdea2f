"""A client's own pages are opened at their wish, by a therapist of the work that is to stand in them.

Whoever can make a way in could look at what stands behind it. So a way in made in one work shows that work alone:
what a client said elsewhere is added there, by whoever hears it.
"""

from datetime import datetime
from uuid import UUID

from attune.audit.journal import Record, unit
from attune.base.errors import Conflict, Gone
from attune.care.access.relations import check_can_read_client, visible_episodes
from attune.care.episodes.models import Participant
from attune.people.actions import give_client_account
from attune.people.links import come_in, get_link, make_link
from attune.people.models import Account
from attune.people.own_account import change_address, end_account, end_ways, open_again
from attune.people.viewers import Viewer, get_viewer


def come_in_by_link(token: str, *, at: datetime) -> Account:
    """A client is let in. Not by a link of somebody who may not read any more what stands behind it."""
    link = get_link(token, at=at)
    own = Participant.objects.filter(person=link.account.person_id, own_pages_since__isnull=False)
    maker = get_viewer(link.made_by_id, at=at) if link.made_by_id else None
    if maker is None or not visible_episodes(maker, at=at).filter(participants__in=own).exists():
        raise Gone("This link does not open any more. Ask for a new one.")
    return come_in(link, at=at)


def open_own_pages(participant_id: UUID, *, email: str, by: Viewer, at: datetime) -> None:
    """The client may sign in with this address, and finds this work there; refuses when they can already."""
    who = check_can_read_client(by, participant_id, at=at)
    with unit() as record:
        account = _lock_account(who)
        if account is None:
            give_client_account(who.person, email=email, by=by, at=at)
        elif account.is_active or not account.is_clients:
            raise Conflict("This client can sign in already: look again how it stands.")
        else:
            open_again(account, email=email, by=by, at=at)
        _show_this_alone(who, record, by=by, at=at)


def show_in_own_pages(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The client can sign in already, and wants to find this work there, too.

    Whoever is in, or holds a link, is out: only the address, which they confirm, or a new way in opens it again.
    """
    who = check_can_read_client(by, participant_id, at=at)
    with unit() as record:
        account = _lock_account(who)
        if account is None or not account.is_active:
            raise Conflict("This client cannot sign in: look again how it stands.")
        if account.is_clients and who.own_pages_since is None:
            end_ways(account, at=at)
        if Participant.objects.filter(pk=who.pk, own_pages_since=None).update(own_pages_since=at):
            _record(record, "own-pages.opened", who, by=by, at=at)


def make_own_link(participant_id: UUID, *, by: Viewer, at: datetime) -> str:
    """A way in for a client who has none, or has lost theirs, as its token; it shows this work alone."""
    who = _opened(participant_id, by=by, at=at)
    with unit() as record:
        token = make_link(_get_account(who), by=by, at=at)
        _show_this_alone(who, record, by=by, at=at)
    return token


def move_own_address(participant_id: UUID, *, email: str, by: Viewer, at: datetime) -> None:
    """Codes go to another address; it shows this work alone."""
    who = _opened(participant_id, by=by, at=at)
    with unit() as record:
        change_address(_get_account(who), email=email, by=by, at=at)
        _show_this_alone(who, record, by=by, at=at)


def close_own_pages(participant_id: UUID, *, by: Viewer, at: datetime) -> None:
    """This work stands there no more; with the last, nobody signs in any more. In ended work, too. Twice is once."""
    who = check_can_read_client(by, participant_id, at=at)
    if who.own_pages_since is None:
        return
    with unit() as record:
        account = _lock_account(who)
        Participant.objects.filter(pk=who.pk).update(own_pages_since=None)
        _record(record, "own-pages.closed", who, by=by, at=at)
        left = Participant.objects.filter(person=who.person_id, own_pages_since__isnull=False).exists()
        if account is not None and account.is_clients and not left:
            end_account(account, by=by, at=at)


def _opened(participant_id: UUID, *, by: Viewer, at: datetime) -> Participant:
    who = check_can_read_client(by, participant_id, at=at)
    if who.own_pages_since is None:
        raise Conflict("This work does not stand in the client’s own pages: look again how it stands.")
    return who


def _lock_account(who: Participant) -> Account | None:
    return Account.objects.select_for_update(of=("self",)).filter(person=who.person_id).first()


def _get_account(who: Participant) -> Account:
    """Never one of the staff's: what they sign in with is given by an operator, and by nobody else."""
    account = _lock_account(who)
    if account is None or not account.is_active or not account.is_clients:
        raise Conflict("This client cannot sign in: look again how it stands.")
    return account


def _show_this_alone(who: Participant, record: Record, *, by: Viewer, at: datetime) -> None:
    others = Participant.objects.filter(person=who.person_id, own_pages_since__isnull=False).exclude(pk=who.pk)
    for other in others:
        _record(record, "own-pages.closed", other, by=by, at=at)
    others.update(own_pages_since=None)
    if Participant.objects.filter(pk=who.pk, own_pages_since=None).update(own_pages_since=at):
        _record(record, "own-pages.opened", who, by=by, at=at)


def _record(record: Record, verb: str, who: Participant, *, by: Viewer, at: datetime) -> None:
    record(verb, by=by, at=at, subject=who.id, subject_kind="participant", episode=who.episode_id)
