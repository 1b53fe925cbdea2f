"""How a session ends: on the server, whatever a browser still holds."""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from attune.audit.journal import note
from attune.base import clock
from attune.people.viewers import Viewer


def end_session(request: HttpRequest, verb: str = "sign-out.done") -> None:
    """End it for good, and have the browser forget the pages that it showed (`doors.gates` adds the header)."""
    if request.user.is_authenticated:
        note(verb, by=Viewer(request.user.person_id), at=clock.now())
    auth.logout(request)
    request.session_ended = True  # type: ignore[attr-defined]  # heard by the gate


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server, not only in this browser."""
    end_session(request)
    return redirect("entrance:home")
