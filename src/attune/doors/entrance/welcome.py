"""The first way in of somebody who works here: a link that sets their password, once; the second factor comes next."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Refused
from attune.doors.entrance.leaving import end_session
from attune.people.links import get_link, use_link


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, so that whatever looks at links in mails does not use it up."""
    at = clock.now()
    context: dict[str, object] = {"email": get_link(token, at=at).account.email}
    if request.method != "POST":
        return render(request, "entrance/welcome.html", context)
    try:
        account = use_link(token, request.POST.get("password", ""), at=at)
    except Refused as problem:
        return render(request, "entrance/welcome.html", context | {"error": problem.fields["password"]}, status=422)
    if request.user.is_authenticated:
        end_session(request)
    record_authentication(request, account, "password", reauthenticated=True)
    response: HttpResponse = perform_login(request, account)
    return response
