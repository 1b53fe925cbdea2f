"""The brief: one page before a session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.care.workflows.open_brief import open_brief
from attune.doors.desk.brief_text import context_of
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.brief import get_brief
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def brief(request: HttpRequest, viewer: Viewer, episode_id: UUID) -> HttpResponse:
    """POST opens what has come in and leads to the page; GET shows nothing that was not opened."""
    if request.method == "POST":
        open_brief(episode_id, by=viewer, at=clock.now())
        return redirect("desk:brief", episode_id)
    found = get_brief(viewer, episode_id, at=clock.now())
    if found is None:
        return show(request, "desk/brief_unread.html", {"episode_id": episode_id})
    return show(request, "desk/brief.html", context_of(found))
