"""Sign-in by address and password, for staff. Clients have no accounts yet."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from attune.audit.journal import note
from attune.base import clock
from attune.people.viewers import ANONYMOUS, Viewer


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One answer for an unknown address and for a wrong password."""
    onward = request.POST.get("next") or request.GET.get("next") or ""
    if request.method != "POST":
        return render(request, "entrance/sign_in.html", {"next": onward})
    email = request.POST.get("email", "")
    account = auth.authenticate(request, username=email, password=request.POST.get("password", ""))
    if account is None:
        note("sign-in.refused", by=ANONYMOUS, at=clock.now())
        error = gettext("This address and password do not go together here. Look at both and try again.")
        return render(request, "entrance/sign_in.html", {"next": onward, "email": email, "error": error}, status=422)
    auth.login(request, account)
    note("sign-in.done", by=Viewer(account.person_id), at=clock.now(), subject=account.pk, subject_kind="account")
    return redirect(onward if _ours(request, onward) else "entrance:home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server, not only in this browser."""
    if request.user.is_authenticated:
        note("sign-out.done", by=Viewer(request.user.person_id), at=clock.now())
    auth.logout(request)
    return redirect("entrance:home")


def _ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
