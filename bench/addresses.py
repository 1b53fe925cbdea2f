"""The product's addresses, and the empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from attune.audit.journal import note
from attune.base import clock
from attune.doors.desk.doorway import show, therapists_only
from attune.people.viewers import Viewer
from attune.urls import urlpatterns as product

EMPTY = "bench.empty"


@therapists_only
def empty(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who is it, may they, one event, one page."""
    note(EMPTY, by=viewer, at=clock.now())
    return show(request, "empty.html", {})


urlpatterns = [*product, path("bench/empty/", empty)]
