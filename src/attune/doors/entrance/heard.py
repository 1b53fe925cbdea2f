"""What allauth tells when somebody signs in or changes how they do: noted in the audit, and the session's key changes.

The one file that hears signals. Imported when the app is ready.
"""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in as session_began
from django.dispatch import receiver
from django.http import HttpRequest

from attune.audit.journal import note
from attune.base import clock
from attune.doors.times import BEGAN
from attune.people.limits import WRONG_SIGN_INS
from attune.people.models import Account
from attune.people.viewers import ANONYMOUS, Viewer


@receiver(user_logged_in)
def _signed_in(user: Account, **_: Any) -> None:
    _note("sign-in.done", user)


@receiver(session_began)
def _session_began(request: HttpRequest, **_: Any) -> None:
    """Whatever is opened first: from now on its time runs."""
    request.session[BEGAN] = clock.now().timestamp()


@receiver(authentication_failed)
def _wrong_code(**_: Any) -> None:
    WRONG_SIGN_INS.count()
    note("sign-in.refused", by=ANONYMOUS, at=clock.now())


@receiver(authenticator_added)
def _factor_added(request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    _note("factor.added", user)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        # Setting it up was showing it. What this session may do has grown, so it goes by another key from here on.
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
        change_key(request)


@receiver(authenticator_used)
def _factor_shown_again(request: HttpRequest, reauthenticated: bool, **_: Any) -> None:
    # What this session may do has grown: to all, where it had shown a password only. At the sign-in it changes anyway.
    if reauthenticated:
        change_key(request)


@receiver(authenticator_removed)
def _factor_removed(user: Account, **_: Any) -> None:
    _note("factor.removed", user)


@receiver(authenticator_reset)
def _codes_made_anew(user: Account, **_: Any) -> None:
    _note("factor.codes-made-anew", user)


@receiver(password_changed)
def _password_changed(user: Account, **_: Any) -> None:
    _note("password.changed", user)


def change_key(request: HttpRequest) -> None:
    """Another key for the same session, in the list of sessions too; the old one opens nothing any more."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def _note(verb: str, user: Account) -> None:
    note(verb, by=Viewer(user.person_id), at=clock.now(), subject=user.pk, subject_kind="account")
