"""The pages of allauth that this house uses, in our dress and no others: `account_urls` says where they are."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter as get_sign_in
from allauth.account.decorators import reauthentication_required
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import require_http_methods
from django.views.generic import FormView

from attune.base.errors import Conflict, NotYours
from attune.doors.gates import opened_by_pin, signed_in_just_now
from attune.people.models import Account
from attune.people.own_account import WHOLE

Page = Callable[..., HttpResponse]


def anybodys(view: type[View], template: str = "") -> Page:
    """A page of the way in: anybody may open it."""
    return _methods(view)(_dressed(view, template))


def mailed(view: type[View], template: str) -> Page:
    """A page about a code by mail: there is none where no letter goes out."""
    page = anybodys(view, template)

    @wraps(page)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
        if not app_settings.LOGIN_BY_CODE_ENABLED:
            raise NotYours
        return page(request, **address)

    return guarded


def own(view: type[View], template: str, *, clients: bool = False) -> Page:
    """A page about one's own sign-in: whoever has not signed in is led there, whatever they asked.

    `clients`: theirs, too, when they came in just now and behind the PIN that opens everything; else it is the staff's.
    """
    page = _dressed(view, template)

    @wraps(page)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "/sign-in/")
        if request.user.is_clients:
            if not clients or opened_by_pin(request) != WHOLE:
                raise NotYours
            if not signed_in_just_now(request):
                return render(request, "entrance/who_is_there.html", status=403)
        return page(request, **address)

    return _methods(view)(guarded)


def _dressed(view: type[View], template: str) -> Page:
    page = view.as_view(**({"template_name": f"entrance/{template}.html"} if template else {}))
    return cast(Page, page)


def _methods(view: type[View]) -> Callable[[Page], Page]:
    return require_http_methods(["GET", "HEAD", *(["POST"] if hasattr(view, "post") else [])])


class AskForCode(RequestLoginCodeView):  # type: ignore[misc]  # allauth's classes carry no types
    """A code by mail. For an address that nobody has, the same letter is written, and goes to nobody.

    Otherwise the time that the writing takes would tell who has an account here.
    """

    def form_valid(self, form: Any) -> HttpResponse:
        if form._user is None:
            adapter = get_sign_in()
            adapter.send_mail("", "", {"code": adapter.generate_login_code()})
        response: HttpResponse = super().form_valid(form)
        return response


class EnterCode(ConfirmLoginCodeView):  # type: ignore[misc]  # as above
    """The code that was mailed. Where there is nobody to find, a row is read all the same, for the same reason."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        stage = getattr(self, "stage", None)
        if stage is not None and stage.login.user is None:
            Account.objects.filter(is_active=True).first()
        return response


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # as above
    """A passkey, unlocked by its owner, is both factors. GET gives the challenge that the script asks for."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({"request_options": begin_authentication(user=None)})

    def form_invalid(self, form: Any) -> HttpResponse:
        return redirect("/sign-in/?passkey=no")


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class AddApp(ActivateTOTPView):  # type: ignore[misc]  # as above
    """The app of a new phone takes the place of the one before, in one step: there is one at a time, and never none.

    Else whoever has lost their phone, and has only codes to recover by, could remove nothing and set up nothing.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return cast(HttpResponse, FormView.dispatch(self, request, *args, **kwargs))  # allauth's leads away from here

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"replaces": self._before().exists()}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            for one in self._before():
                one.delete()
                transaction.on_commit(partial(_tell_removed, self.request, one))
            response: HttpResponse = super().form_valid(form)
        return response

    def _before(self) -> QuerySet[Authenticator]:
        found: QuerySet[Authenticator] = Authenticator.objects.filter(
            user_id=self.request.user.pk, type=Authenticator.Type.TOTP
        )
        return found


def _tell_removed(request: HttpRequest, authenticator: Authenticator) -> None:
    authenticator_removed.send(sender=Authenticator, request=request, user=request.user, authenticator=authenticator)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # as above
    """Always one that can sign in by itself: it is kept on the device and asks for finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # The form with its faults, which allauth's own page leaves out; and the challenge made last is the one kept.
        context |= kwargs | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if not self.request.user.is_clients:
            return response
        # A passkey is a way in for a client, beside the code by mail, and no second factor: no codes to recover by.
        Authenticator.objects.filter(user_id=self.request.user.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
        return redirect("portal:ways")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # as above
    """Never the last second factor."""

    def get_success_url(self) -> str:
        return reverse("portal:ways" if self.request.user.is_clients else "mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.object):
            raise Conflict(str(get_adapter().error_messages["cannot_delete_authenticator"]))
        response: HttpResponse = super().form_valid(form)
        return response


@method_decorator(reauthentication_required(allow_get=True), name="post")
class Sessions(ListUserSessionsView):  # type: ignore[misc]  # as above
    """Where one is signed in; ending the others asks who is there."""
