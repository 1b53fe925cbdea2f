"""What a client writes to those who work with them, and what these wrote: on the client's own pages."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.messages.actions import LONGEST, open_from_therapist, send_to_therapist, take_back_own
from attune.care.workflows.add_to_summary import add_to_summary, find_shown
from attune.doors.portal.doorway import clients_only, show
from attune.doors.typed import id_in
from attune.insight.conversation import get_own_conversation, list_own_conversations
from attune.insight.own_summaries import list_own_summaries
from attune.people.viewers import Viewer


@require_safe
@clients_only
def conversations(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One for each work."""
    found = list_own_conversations(viewer, at=clock.now())
    return show(request, "portal/conversations.html", {"conversations": found, "here": "messages"})


@require_http_methods(["GET", "HEAD", "POST"])
@clients_only
def conversation(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The newest at the bottom; what could not be sent comes back with its reason, to be sent again."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    try:
        _press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)
    return redirect(reverse("portal:conversation", args=[participant_id]) + "#newest")


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> None:
    sent, at = request.POST, clock.now()
    if "take-back" in sent:
        take_back_own(participant_id, id_in(sent["take-back"]), by=viewer, at=at)
    elif sent.get("do") == "open":
        open_from_therapist(participant_id, by=viewer, at=at)
    elif sent.get("do") == "send":
        key = id_in(sent.get("submission", "")) or new_id()  # without a readable key it is one of its own
        text, about = sent.get("words", ""), id_in(sent.get("about", ""))
        if about is None:
            send_to_therapist(participant_id, text=text, submission=key, by=viewer, at=at)
        else:
            add_to_summary(participant_id, about, text=text, submission=key, by=viewer, at=at)
    else:
        raise NotYours


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    before = id_in(request.GET.get("before", ""))
    page = get_own_conversation(viewer, participant_id, before=before, at=clock.now())
    about = id_in(request.POST.get("about", "") or request.GET.get("about", ""))
    context = {
        "page": page,
        "here": "messages",
        "therapist": page.readers[0] if page.readers else "",
        "readers": get_text_list(list(page.readers), gettext("and")),
        "submission": new_id(),
        "about": find_shown(participant_id, about, by=viewer) if about else None,
        "words": request.POST.get("words", ""),
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if isinstance(problem, Conflict) else "",
        "longest": LONGEST,
    }
    return show(request, "portal/conversation.html", context, status=problem.status if problem else 200)


@require_safe
@clients_only
def summaries(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was shown to them of their sessions, the newest first."""
    works = list_own_summaries(viewer, at=clock.now())
    return show(request, "portal/summaries.html", {"works": works, "here": "home"})
