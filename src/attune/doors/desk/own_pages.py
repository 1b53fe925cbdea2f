"""A client's own pages are opened at their wish: a way in, their address, and whether this work stands there."""

from collections.abc import Callable
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.workflows.own_pages import (
    close_own_pages,
    make_own_link,
    move_own_address,
    open_own_pages,
    show_in_own_pages,
)
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.client_account import get_client_account
from attune.people.viewers import Viewer

_PRESSES: dict[str, Callable[..., None]] = {"show": show_in_own_pages, "close": close_own_pages}
_WITH_ADDRESS: dict[str, Callable[..., None]] = {"open": open_own_pages, "move": move_own_address}


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def own_pages(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """How it stands, and what can be done; what cannot be done comes back with its reason and what was typed."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    try:
        return _press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    wanted, email = request.POST.get("do", ""), request.POST.get("email", "")
    if wanted == "link":
        return _link(request, viewer, participant_id)
    if wanted in _WITH_ADDRESS:
        _WITH_ADDRESS[wanted](participant_id, email=email, by=viewer, at=clock.now())
    elif wanted in _PRESSES:
        _PRESSES[wanted](participant_id, by=viewer, at=clock.now())
    else:
        get_client_account(viewer, participant_id, at=clock.now())
        raise NotYours
    return redirect("desk:own-pages", participant_id)


def _link(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The way in and its code, on this answer alone: nothing keeps the token."""
    token = make_own_link(participant_id, by=viewer, at=clock.now())
    link = settings.ATTUNE.url + reverse("entrance:welcome", args=[token])
    drawing = segno.make(link, error="m").svg_inline(border=2, dark="#000", omitsize=True)
    context = {
        "page": get_client_account(viewer, participant_id, at=clock.now()),
        "link": link,
        "qr": mark_safe(drawing),  # noqa: S308 - drawn by segno from our own link
    }
    return show(request, "desk/own_pages_link.html", context)


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    context = {
        "page": get_client_account(viewer, participant_id, at=clock.now()),
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if isinstance(problem, Conflict) else "",
        "email": request.POST.get("email", "") if problem else "",
    }
    return show(request, "desk/own_pages.html", context, status=problem.status if problem else 200)
