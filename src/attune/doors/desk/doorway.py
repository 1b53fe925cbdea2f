"""Who may pass to the desk: somebody signed in, with the role of therapist. Everybody else finds no page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from attune.base import clock
from attune.base.errors import NotYours
from attune.people.models import Role
from attune.people.viewers import get_viewer


def therapists_only(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the viewer to the page; anonymous: the way to sign in; any other role: a missing page."""

    @wraps(page)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("entrance:sign-in"))
        viewer = get_viewer(request.user.person_id, at=clock.now())
        if Role.Name.THERAPIST not in viewer.roles:
            raise NotYours
        return page(request, viewer, **address)

    return guarded


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the desk, with the name of whoever is signed in, and times in their zone where none is nearer."""
    if not request.user.is_authenticated:
        raise NotYours
    me = request.user.person
    signed_in = {"signed_in": me.name, "sign_out": reverse("entrance:sign-out")}
    with timezone.override(me.zone):
        return render(request, template, signed_in | context, status=status)
