"""The forms of the sign-in where they differ from allauth's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError


class CodeByMail(RequestLoginCodeForm):  # type: ignore[misc]  # allauth's classes carry no types
    """A code goes to clients, and to staff who have set a password; who has not used their link is nobody so far."""

    _user: Any = None

    def clean_email(self) -> str:
        """The same answer for everybody."""
        email: str = super().clean_email()
        if self._user is not None and not (self._user.is_clients or self._user.has_usable_password()):
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


@contextmanager
def _no_passkey() -> Iterator[None]:
    """What stands in for a passkey is written by whoever sends it, and what reads it fails in many ways of its own.

    Whatever it fails by, there was no passkey: no fault of the server. A fault of the database stays one.
    """
    try:
        yield
    except (ValidationError, DatabaseError, InterfaceError):
        raise
    except Exception as problem:
        raise get_adapter().validation_error("incorrect_code") from problem


class _Told(forms.JSONField):
    """What a passkey says. Nested too deep, or a number too long, is refused like anything else that is no JSON."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as problem:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from problem


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]  # as above
    """Setting one up."""

    credential = _Told(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        with _no_passkey():
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class _Shown:
    """A passkey that is shown."""

    def clean_credential(self) -> Authenticator:
        with _no_passkey():
            return super().clean_credential()  # type: ignore[misc]  # each form below has it


class PasskeyAlone(_Shown, LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """Signing in by it alone."""

    credential = _Told(widget=forms.HiddenInput)


class Passkey(_Shown, AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """After the password."""

    credential = _Told(widget=forms.HiddenInput)


class PasskeyAgain(_Shown, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Asked again."""

    credential = _Told(widget=forms.HiddenInput)
