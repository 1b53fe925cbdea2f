"""The summary of a session, for its clients to read: drafted, shown, taken back soon, or told anew."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.summaries.actions import LONGEST, drop_draft, release_summary, take_back_summary, write_summary
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.times_typed import number_of
from attune.insight.summary_page import get_about, get_summary_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def summary(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    """One's own above, what colleagues show beneath; what could not be kept comes back with its reason."""
    if request.method != "POST":
        return _page(request, viewer, session_id)
    try:
        _press(request, viewer, session_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, session_id, problem)
    return redirect("desk:summary", session_id)


def _press(request: HttpRequest, viewer: Viewer, session_id: UUID) -> None:
    sent, at = request.POST.dict(), clock.now()
    about = get_about(viewer, session_id, at=at)
    do, text, seen = sent.get("do", ""), sent.get("words", ""), number_of(sent, "revision") or 0
    if do == "keep":
        write_summary(about, text=text, seen=seen, by=viewer, at=at)
    elif do == "release":
        release_summary(about, text=text, seen=seen, by=viewer, at=at)
    elif do == "take-back":
        take_back_summary(about, by=viewer, at=at)
    elif do == "drop":
        drop_draft(about, by=viewer, at=at)
    else:
        raise NotYours


def _page(
    request: HttpRequest, viewer: Viewer, session_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_summary_page(viewer, session_id, at=clock.now())
    words, overtaken = request.POST.get("words", page.text), isinstance(problem, Conflict)
    context = {
        "page": page,
        "names": get_text_list(page.people, gettext("and")),
        "without_pages": get_text_list(page.without_pages, gettext("and")),
        "words": words,
        # What was refused is sent again as the page stood; what another window overtook, over what it kept.
        "revision": request.POST.get("revision", "") if problem and not overtaken else page.revision,
        "errors": problem.fields if isinstance(problem, Refused) else {},
        "problem": problem.sentence if overtaken and problem else "",
        "kept": page.draft.text if overtaken and page.draft and page.draft.text != words else "",
        "longest": LONGEST,
    }
    return show(request, "desk/summary.html", context, status=problem.status if problem else 200)
