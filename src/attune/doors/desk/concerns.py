"""A concern is answered by a person, in words."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Refused
from attune.care.safety.actions import LONGEST_ANSWER, answer_concern
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.concern_page import get_concern
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def answer(request: HttpRequest, viewer: Viewer, concern_id: UUID) -> HttpResponse:
    """What was asked, what was answered, and the line that closes it."""
    concern = get_concern(viewer, concern_id, at=clock.now())
    words, error = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            answer_concern(concern.row, words=words, by=viewer, at=clock.now())
            return redirect("desk:episode", concern.row.participant.episode_id)
        except Refused as problem:
            error = problem.fields["words"]
    context = {"concern": concern, "words": words, "error": error, "longest": LONGEST_ANSWER}
    return show(request, "desk/concern.html", context, status=422 if error else 200)
