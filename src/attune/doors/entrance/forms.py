"""The forms of the sign-in where they differ from allauth's."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.core.cache import cache


class CodeByMail(RequestLoginCodeForm):  # type: ignore[misc]  # allauth's classes carry no types
    """A code goes to whoever has set a password; a colleague who has not yet used their link is nobody so far."""

    _user: Any = None

    def clean_email(self) -> str:
        """The same answer for everybody."""
        email: str = super().clean_email()
        if self._user is not None and not self._user.has_usable_password():
            self._user = None
        return email


class _Once:
    """A code of an app counts once. allauth remembers a used one for a period, but takes the one before and after."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # either form below has it
        factor: Authenticator = self.authenticator  # type: ignore[attr-defined]  # set by it, from the account's own
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if factor.type == Authenticator.Type.TOTP and not cache.add(f"used:{factor.pk}:{code.strip()}", 1, lives):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(_Once, AuthenticateForm):  # type: ignore[misc]  # allauth's classes carry no types
    """The second step of signing in."""


class CodeAgain(_Once, ReauthenticateForm):  # type: ignore[misc]  # as above
    """Asked again before something that matters."""
