"""The demo's cast: one click signs in as one of the staff, or opens a client's check-in. Refuses on clinic data."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from attune.audit.journal import note
from attune.base import clock
from attune.base.errors import NotYours
from attune.care.workflows.offer_next import offer_next
from attune.doors.entrance.leaving import end_session
from attune.insight.cast import get_demo_staff, list_demo_clients, list_desks
from attune.people.models import Account, Role
from attune.people.readers import get_installation
from attune.people.viewers import MACHINE, Viewer


def demo_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A missing page wherever the installation is not a demo: a second lock behind the missing address."""

    @wraps(page)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
        if get_installation().kind != "demo":
            raise NotYours
        return page(request, **address)

    return guarded


@require_safe
@demo_only
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody in the demo, and what they can do."""
    return render(
        request,
        "entrance/cast.html",
        {"staff": get_demo_staff(), "desks": list_desks(), "clients": list_demo_clients()},
    )


@require_POST
@demo_only
def sit_at_the_desk(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's therapists: the one named, or the first."""
    named = request.POST.get("therapist")
    if named is None:
        return _sign_in(request, get_demo_staff().get(Role.Name.THERAPIST), "desk:today")
    chosen = next((desk.person for desk in list_desks() if str(desk.person.id) == named), None)
    return _sign_in(request, chosen.account if chosen else None, "desk:today")


@require_POST
@demo_only
def sit_in_the_office(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo's operator."""
    return _sign_in(request, get_demo_staff().get(Role.Name.OPERATOR), "office:instruments")


@require_POST
@demo_only
def open_own_pages(request: HttpRequest) -> HttpResponse:
    """Sign in as the client who is named, or the first of those who can."""
    clients, named = list_demo_clients(), request.POST.get("client")
    chosen = next((one for one in clients if named in (None, str(one.pk))), None)
    return _sign_in(request, chosen, "portal:home")


def _sign_in(request: HttpRequest, account: Account | None, onward: str) -> HttpResponse:
    if account is None:  # nobody of that name, or a demo from before there was an office
        raise NotYours
    if request.user.is_authenticated:
        end_session(request)
    for method in ("password", "mfa"):  # one click counts as both factors: nobody here exists
        record_authentication(request, account, method, reauthenticated=True)
    auth.login(request, account)
    note("sign-in.done", by=Viewer(account.person_id), at=clock.now(), subject=account.pk, subject_kind="account")
    return redirect(onward)


@require_POST
@demo_only
def answer_as(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Open a new link for this client's next check-in, as their phone would."""
    token = offer_next(participant_id, by=MACHINE, at=clock.now())
    return redirect("portal:checkin", token)
