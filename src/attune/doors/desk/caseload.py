"""The caseload: everybody a therapist works with, searched, narrowed and sorted.

What is looked for is sent as a form, so that no name stands in an address, in a history or in a log.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.caseload import Choice, list_caseload
from attune.people.viewers import Viewer

WAITS = (
    ("", _("everybody")),
    ("unread", _("unread words")),
    ("concern", _("a concern, unanswered")),
    ("unplanned", _("no appointment planned")),
    ("working", _("work that goes on")),
    ("ended", _("work that has ended")),
)
ORDERS = (
    ("waits", _("what waits first")),
    ("next", _("who comes next first")),
    ("name", _("by name")),
    ("heard", _("longest not heard from first")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def caseload(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What cannot be found is an empty list, and the way back to everybody."""
    asked = request.POST
    choice = Choice(asked.get("name", ""), asked.get("waits", ""), asked.get("order", "waits"))
    context = {
        "here": "caseload",
        "rows": list_caseload(viewer, choice, at=clock.now()),
        "choice": choice,
        "find": "find" in request.GET,
        "narrowed": bool(choice.name.strip() or choice.waits),
        "waits": WAITS,
        "orders": ORDERS,
    }
    return show(request, "desk/caseload.html", context)
