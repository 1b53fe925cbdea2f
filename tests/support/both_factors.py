"""Signing in with both factors, for every test that needs somebody who works here; how it is done by hand has its own.

The session is made as the sign-in makes it, without its forms: hundreds of tests begin here.
"""

import time

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from attune.base import clock
from attune.people.models import Account
from attune.vault.keys import keyring

#: The seed of everybody's app.
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30


def give_app(account: Account) -> None:
    """They have set up an app that shows codes, and were given codes for the day when it is lost."""
    if not Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists():
        with keyring():
            TOTP.activate(account, SEED)
            RecoveryCodes.activate(account)


def code_of_app(seed: str = SEED, *, periods_ago: int = 0) -> str:
    """What the app shows, now or a little before."""
    return str(format_hotp_value(hotp_value(seed, int(time.time()) // PERIOD - periods_ago)))


def with_password_only(account: Account, browser: Client | None = None) -> Client:
    """A browser in which they have signed in and shown no second factor."""
    browser = browser or Client()
    _come_in(browser, account)
    _record(browser, account, "password")
    return browser


def with_both(account: Account, browser: Client | None = None) -> Client:
    """A browser in which they have signed in with password and app."""
    give_app(account)
    browser = with_password_only(account, browser)
    _record(browser, account, "mfa", type="totp", reauthenticated=True)
    return browser


def signed_in(account: Account, browser: Client | None = None) -> Client:
    """A client's browser, in which they have signed in with their own account, just now."""
    browser = browser or Client()
    _come_in(browser, account)
    return browser


def key_of(browser: Client) -> str:
    """The cookie that says who is there."""
    return str(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def _come_in(browser: Client, account: Account) -> None:
    """At the hour of the test: Django would write down its own."""
    browser.force_login(account)
    account.last_login = clock.now()
    account.save(update_fields=["last_login"])


def _record(browser: Client, account: Account, method: str, **more: object) -> None:
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, account, method, **more)
    request.session.save()
