"""What every door of the staff does first: who is signed in, and which role lets them pass."""

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
from attune.people.viewers import get_viewer

Page = Callable[..., HttpResponse]


def only(role: str) -> Callable[[Page], Page]:
    """Hands the viewer to the page; anonymous: the way to sign in; any other role: a missing page."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, **address: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            viewer = get_viewer(request.user.person_id, at=clock.now())
            if role not in viewer.roles:
                raise NotYours
            request.roles = viewer.roles  # type: ignore[attr-defined]  # what `show` offers a way to
            return page(request, viewer, **address)

        return guarded

    return guard


def show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page behind a door: who is signed in, what else they do here, and times in their zone where none is nearer."""
    if not request.user.is_authenticated:
        raise NotYours
    me = request.user.person
    signed_in = {
        "signed_in": me.name,
        "how_to_sign_in": reverse("mfa_index"),
        "sign_out": reverse("entrance:sign-out"),
        "roles": getattr(request, "roles", ()),
    }
    with timezone.override(me.zone):
        return render(request, template, signed_in | context, status=status)
