"""What one client and their therapists write to each other, at the desk. What came in is opened by a press."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.messages.actions import LONGEST, open_from_client, send_to_client, take_back_at_desk
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.typed import id_in
from attune.insight.conversation import get_conversation
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def messages(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The newest at the bottom; what could not be sent comes back with its reason, to be sent again."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    try:
        _press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)
    return redirect(reverse("desk:messages", args=[participant_id]) + "#newest")


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> None:
    sent, at = request.POST, clock.now()
    if "take-back" in sent:
        take_back_at_desk(participant_id, id_in(sent["take-back"]), by=viewer, at=at)
    elif sent.get("do") == "open":
        open_from_client(participant_id, by=viewer, at=at)
    elif sent.get("do") == "send":
        key = id_in(sent.get("submission", "")) or new_id()  # without a readable key it is one of its own
        send_to_client(participant_id, text=sent.get("words", ""), submission=key, by=viewer, at=at)
    else:
        raise NotYours


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    before = id_in(request.GET.get("before", ""))
    page = get_conversation(viewer, participant_id, before=before, at=clock.now())
    context = {
        "page": page,
        "readers": get_text_list([page.name, *page.readers], gettext("and")),
        "submission": new_id(),
        "words": request.POST.get("words", ""),
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if isinstance(problem, Conflict) else "",
        "longest": LONGEST,
    }
    return show(request, "desk/messages.html", context, status=problem.status if problem else 200)
