"""The desk's first page: the caseload."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from attune.base import clock
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.caseload import list_caseload
from attune.people.viewers import Viewer


@require_safe
@therapists_only
def caseload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everybody this therapist works with."""
    return show(request, "desk/caseload.html", {"rows": list_caseload(viewer, at=clock.now())})
