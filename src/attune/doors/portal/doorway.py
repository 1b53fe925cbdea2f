"""Who may pass to a client's own pages: the client whose they are. Readers find nothing for anybody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from attune.base.errors import NotYours
from attune.doors.gates import opened_by_pin, signed_in_just_now
from attune.people.own_account import WHOLE
from attune.people.viewers import Viewer

Page = Callable[..., HttpResponse]


def signed_in_only(page: Page) -> Page:
    """Hands the viewer to the page, whatever the PIN opened; anonymous: the way to sign in."""

    @wraps(page)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        return page(request, Viewer(request.user.person_id), **address)

    return guarded


def clients_only(page: Page) -> Page:
    """The same, but behind the PIN for dates there is no such page."""

    @wraps(page)
    @signed_in_only
    def guarded(request: HttpRequest, viewer: Viewer, **address: Any) -> HttpResponse:
        if opened_by_pin(request) != WHOLE:
            raise NotYours
        return page(request, viewer, **address)

    return guarded


def with_account_only(page: Page) -> Page:
    """A page about the client's own sign-in: for whoever has an account as a client, and came in just now."""

    @wraps(page)
    @clients_only
    def guarded(request: HttpRequest, viewer: Viewer, **address: Any) -> HttpResponse:
        if not request.user.is_clients:  # type: ignore[union-attr]  # somebody is signed in
            raise NotYours
        if not signed_in_just_now(request):
            return render(request, "entrance/who_is_there.html", status=403)
        return page(request, viewer, **address)

    return guarded


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of a client's own, with times in the zone that they live by."""
    if not request.user.is_authenticated:
        raise NotYours
    account = request.user
    signed_in = {"has_pins": account.has_pins, "has_account": account.is_clients, "here": "record"}
    with timezone.override(request.user.person.zone):
        return render(request, template, signed_in | context, status=status)
