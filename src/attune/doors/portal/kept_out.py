"""Whom a client does not want to see anything of theirs, chosen by themselves."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.workflows.keep_out import keep_out, let_in
from attune.doors.portal.doorway import clients_only, show
from attune.doors.typed import id_in
from attune.insight.not_these_people import get_own_list
from attune.people.viewers import Viewer

_PRESSES = {"keep-out": keep_out, "let-in": let_in}


@require_http_methods(["GET", "HEAD", "POST"])
@clients_only
def not_these_people(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The list; what cannot be entered comes back on it with its reason."""
    page = get_own_list(viewer, participant_id, at=clock.now())  # another's is missing, whatever is pressed
    if request.method != "POST":
        return show(request, "portal/not_these_people.html", {"page": page})
    press = _PRESSES.get(request.POST.get("do", ""))
    if press is None:
        raise NotYours
    try:
        press(participant_id, staff_id=id_in(request.POST.get("staff", "")), by=viewer, at=clock.now())
    except (Refused, Conflict) as problem:
        context = {"page": page, "problem": problem.sentence}
        return show(request, "portal/not_these_people.html", context, status=problem.status)
    return redirect("portal:not-these-people", participant_id)
