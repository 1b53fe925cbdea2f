"""One response. It is opened by a press (POST), never by a link that a browser may follow by itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.care.checkins.actions import mark_read
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.response_sentences import sentences_of
from attune.insight.response_page import get_newest, get_response, get_response_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def response(request: HttpRequest, viewer: Viewer, response_id: UUID) -> HttpResponse:
    """What was answered, line by line; before it was opened, only the button that opens it."""
    found = get_response(viewer, response_id, at=clock.now())
    newest = get_newest(found)
    if newest.id != found.id:  # corrected since: what stands now is read, not what was replaced
        return redirect("desk:response", newest.id)
    if request.method == "POST":
        mark_read(found, by=viewer, at=clock.now())
        return redirect("desk:response", response_id)
    if found.read_at is None:
        return show(request, "desk/response_unread.html", {"response": found})
    page = get_response_page(viewer, response_id, at=clock.now())
    return show(request, "desk/response.html", {"page": page} | sentences_of(page))
