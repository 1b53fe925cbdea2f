"""How a client signs in: their passkeys, where they are signed in, their PINs; and the PIN that is asked for.

And whether a letter goes to the address with which they do.
"""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attune.base import clock
from attune.base.errors import NotYours, Refused
from attune.doors.entrance.heard import change_key
from attune.doors.entrance.leaving import end_session
from attune.doors.gates import PIN, opened_by_pin, show_pin
from attune.doors.portal.doorway import clients_only, show, signed_in_only, with_account_only
from attune.people.contacts import want_letters
from attune.people.models import Account
from attune.people.own_account import PIN_LONGEST, WHOLE, drop_pins, set_pins, what_opens
from attune.people.viewers import Viewer


@require_safe
@with_account_only
def ways(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything about how they sign in."""
    passkeys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    names = [(one.pk, str(one.wrap().name)) for one in passkeys.order_by("created_at")]
    return show(request, "portal/ways.html", {"passkeys": names, "email": _account(request).email})


@sensitive_post_parameters("dates", "whole")
@require_http_methods(["GET", "HEAD", "POST"])
@with_account_only
def pins(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Two PINs, or none. What was typed does not come back: it is a secret."""
    if request.method != "POST":
        return _pins(request)
    account, sent = _account(request), request.POST
    if sent.get("do") == "drop":
        drop_pins(account, by=viewer, at=clock.now())
        return redirect("portal:ways")
    try:
        set_pins(account, dates=sent.get("dates", ""), whole=sent.get("whole", ""), by=viewer, at=clock.now())
    except Refused as problem:
        return _pins(request, problem)
    show_pin(request, WHOLE)  # who set them knows both
    return redirect("portal:ways")


def _pins(request: HttpRequest, problem: Refused | None = None) -> HttpResponse:
    context = {"errors": problem.fields if problem else {}, "longest": PIN_LONGEST}
    return show(request, "portal/pins.html", context, status=problem.status if problem else 200)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def pin(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Asked for after the sign-in, or after the pages were locked; it leads on to where they were going."""
    account = _account(request)
    if not account.has_pins:
        raise NotYours
    if request.method == "POST":
        try:
            opens = what_opens(account, request.POST.get("pin", ""), at=clock.now())
        except Refused as problem:
            return show(request, "portal/pin.html", {"problem": problem, "next": _next(request)}, problem.status)
        show_pin(request, opens)
        change_key(request)
        return redirect(_next(request) if opens == WHOLE else "portal:home")
    return show(request, "portal/pin.html", {"next": _next(request)})


@require_POST
@signed_in_only
def lock(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The PIN is asked for again; where there is none, this signs out."""
    if not _account(request).has_pins or not opened_by_pin(request):
        end_session(request)
        return redirect("entrance:home")
    del request.session[PIN]
    change_key(request)
    request.session_ended = True  # type: ignore[attr-defined]  # the gate has the browser forget what it showed
    return redirect("portal:pin")


@require_POST
@clients_only
def letters(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whether a letter tells them that something came: from here on, or not any more."""
    wanted = {"send": True, "stop": False}.get(request.POST.get("do", ""))
    account = _account(request)
    if wanted is None:
        raise NotYours
    want_letters(account, wanted=wanted, by=viewer, at=clock.now())
    return redirect(reverse("portal:record") + "#letters")


@require_POST
@signed_in_only
def again(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Out and in again, to change how they sign in."""
    _account(request)
    end_session(request)
    return redirect("/sign-in/?next=/my/ways/")


def _account(request: HttpRequest) -> Account:
    """A client's own; how the staff sign in stands on pages of their own."""
    account = request.user
    if not isinstance(account, Account) or not account.is_clients:
        raise NotYours
    return account


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/my/"
