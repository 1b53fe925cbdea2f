"""Whom a client does not want to see anything of theirs: entered here at the client's word, and taken back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.workflows.keep_out import keep_out, let_in
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.typed import id_in
from attune.insight.not_these_people import get_not_these_people
from attune.people.viewers import Viewer

_PRESSES = {"keep-out": keep_out, "let-in": let_in}


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def not_these_people(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The list; what cannot be entered comes back on it with its reason."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    press = _PRESSES.get(request.POST.get("do", ""))
    if press is None:
        raise NotYours
    try:
        press(participant_id, staff_id=id_in(request.POST.get("staff", "")), by=viewer, at=clock.now())
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)
    return redirect("desk:not-these-people", participant_id)


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_not_these_people(viewer, participant_id, at=clock.now())
    context = {"page": page, "problem": problem.sentence if problem else ""}
    return show(request, "desk/not_these_people.html", context, status=problem.status if problem else 200)
