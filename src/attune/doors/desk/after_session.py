"""After the session: how I think it was for them, said before theirs is seen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Refused
from attune.care.workflows.foretell import foretell
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.prediction_form import lines_of
from attune.insight.after_session import AfterSession, get_after_session
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def after(request: HttpRequest, viewer: Viewer, session_id: UUID, participant_id: UUID) -> HttpResponse:
    """The same lines as the client's, and one of one's own."""
    page = get_after_session(viewer, session_id, participant_id, at=clock.now())
    sent = {key: str(value) for key, value in request.POST.items() if key != "csrfmiddlewaretoken"}
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            foretell(page.session, page.participant, raw=sent, by=viewer, at=clock.now())
            return redirect(_onward(request, page))
        except Refused as problem:
            errors = problem.fields
    context = {"page": page, "errors": errors, "lines": lines_of(page, sent, errors)}
    context["not_today"] = f"{_onward(request, page)}?now=1"
    return show(request, "desk/after.html", context, status=422 if errors else 200)


def _onward(request: HttpRequest, page: AfterSession) -> str:
    """Back to the episode; or on to what the client wrote or said, where that waited for this."""
    if request.GET.get("then") == "enter":
        return reverse("desk:enter-after", args=[page.session.id, page.participant.id])
    return reverse("desk:episode", args=[page.session.episode_id])
