"""Where allauth asks how this house does it: what it tells, how often one may try, what it seals, what it mails."""

from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from attune.audit.journal import note
from attune.base import clock
from attune.doors.entrance.heard import change_key
from attune.people import letters
from attune.people.limits import WRONG_SIGN_INS
from attune.people.models import Account
from attune.people.viewers import ANONYMOUS
from attune.vault.house import open_text, seal_text

#: What a seed is sealed for. Frozen: changing it shuts what was sealed.
SEEDS = "entrance.factor.seed"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]  # allauth's classes carry no types
    """Signing in."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and password do not go together here. Look at both and try again."),
        "incorrect_password": _("This is not the password. Look at it and try again."),
        "enter_current_password": _("This is not the password that you have now."),
        "incorrect_code": _("This code does not open anything now. Look at it, or take the next one."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: whoever works here is entered by somebody who does already."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages, and nothing else: no second way to ask."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that a limit counts by; those that cannot be told apart count together."""
        return get_client_ip(request) or "0.0.0.0"  # noqa: S104 - no address to listen at

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nobody tries a password while the whole house is being tried."""
        if WRONG_SIGN_INS.is_reached():
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Whoever may not sign in any more is nobody, with the right password too."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is None or account.is_active:
            return account
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Counted and noted; the address that was typed is kept nowhere."""
        WRONG_SIGN_INS.count()
        note("sign-in.refused", by=ANONYMOUS, at=clock.now())

    def reauthenticate(self, user: Account, password: str) -> bool:
        """The password again. The address is on the account: allauth would look for it in a table of its own."""
        again = self.authenticate(context.request, email=user.email, password=password)
        right = again is not None and again.pk == user.pk
        if right:  # for five minutes this session may change how they sign in
            change_key(context.request)
        return right

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        """As if there were nobody."""
        return redirect("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return "/account/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A code, and not a word about what it is for."""
        text = render_to_string("entrance/letter_code.txt", {"code": context["code"]})
        letters.post(to=email, subject=gettext("There is something for you"), text=text)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Second factors."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": SignIn.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("This is your only second factor. Set up another one first."),
    }

    def encrypt(self, text: str) -> str:
        """A seed, or a code to recover by, sealed with the key of the house."""
        return seal_text(SEEDS, text)

    def decrypt(self, encrypted_text: str) -> str:
        """The same again."""
        return open_text(SEEDS, encrypted_text)

    def is_mfa_enabled(self, user: Account, types: Any = None) -> bool:
        """Whether a second factor is asked for. Never of a client: a code by mail or a passkey, each opens alone."""
        return not getattr(user, "is_clients", False) and bool(super().is_mfa_enabled(user, types))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never the last of the staff's: none is left without a second factor by their own press."""
        if authenticator.user.is_clients:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def get_totp_issuer(self) -> str:
        """What an authenticator app writes above the code."""
        return "Attune"

    def build_totp_svg(self, url: str) -> SafeString:
        """Drawn into the page, as the code of an invitation is."""
        drawn = segno.make(url, error="m").svg_inline(border=2, dark="#000", omitsize=True)
        return mark_safe(drawn)  # noqa: S308 - lines of a drawing: no word of the address stands in it

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        """What a passkey is called in the list."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: this host and no other."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Attune"}
