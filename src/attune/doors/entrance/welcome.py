"""The first way in, by a link that works once: staff set their password, and a second factor next; a client is in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Refused
from attune.care.workflows.own_pages import come_in_by_link
from attune.doors.entrance.leaving import end_session
from attune.people.links import get_link, use_link
from attune.people.models import Account


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, so that whatever looks at links in mails does not use it up."""
    at = clock.now()
    account = get_link(token, at=at).account
    # A client's is for their own phone: it is not used up in the browser of somebody who works here.
    elsewhere = account.is_clients and request.user.is_authenticated and request.user.pk != account.pk
    context: dict[str, object] = {
        "email": account.email,
        "is_clients": account.is_clients,
        "elsewhere": elsewhere,
    }
    if request.method != "POST":
        return render(request, "entrance/welcome.html", context)
    if elsewhere:
        return render(request, "entrance/welcome.html", context, status=409)
    if account.is_clients:
        return _let_in(request, come_in_by_link(token, at=at), "link")
    try:
        account = use_link(token, request.POST.get("password", ""), at=at)
    except Refused as problem:
        return render(request, "entrance/welcome.html", context | {"error": problem.fields["password"]}, status=422)
    return _let_in(request, account, "password")


def _let_in(request: HttpRequest, account: Account, method: str) -> HttpResponse:
    if request.user.is_authenticated:
        end_session(request)
    record_authentication(request, account, method, reauthenticated=True)
    response: HttpResponse = perform_login(request, account)
    return response
