"""What a client asked for and what came of it, on their own pages; and the place to say what is not working."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.base.ids import new_id
from attune.care.feedback.actions import LONGEST, say_something
from attune.care.feedback.verdicts import bear_out, give_verdict, tell_how_taken
from attune.doors.feedback_sentences import told_to_client
from attune.doors.portal.doorway import clients_only, show
from attune.doors.typed import id_in
from attune.insight.client_feedback import get_own_feedback
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@clients_only
def feedback(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """Say something, and say what came of each answer; what could not be kept comes back as it was typed."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    try:
        _press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)
    return redirect("portal:feedback", participant_id)


def _press(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> None:
    sent, at = request.POST, clock.now()
    about = id_in(sent.get("about", ""))
    if "verdict" in sent:
        give_verdict(participant_id, about, kind=sent["verdict"], by=viewer, at=at)
    elif "taken" in sent:
        tell_how_taken(participant_id, about, taken=sent["taken"], by=viewer, at=at)
    elif "said-so" in sent:
        bear_out(participant_id, about, said=sent["said-so"], by=viewer, at=at)
    elif sent.get("do") == "say":
        key = id_in(sent.get("submission", "")) or new_id()  # without a readable key it is one of its own
        say_something(participant_id, text=sent.get("words", ""), submission=key, by=viewer, at=at)
    else:
        raise NotYours


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_own_feedback(viewer, participant_id, at=clock.now())
    with timezone.override(page.participant.episode.zone):
        loops = [told_to_client(loop) for loop in page.loops]
    context: dict[str, Any] = {
        "page": page,
        "loops": loops,
        "here": "messages",
        "therapist": page.readers[0] if page.readers else "",
        "readers": get_text_list(list(page.readers), gettext("and")),
        "submission": new_id(),
        "words": request.POST.get("words", ""),
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if isinstance(problem, Conflict) else "",
        "longest": LONGEST,
    }
    return show(request, "portal/feedback.html", context, status=problem.status if problem else 200)
