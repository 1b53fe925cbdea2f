"""A client's questionnaires: their rhythm is set and ended here, one is asked once, and the scores are told."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, NotYours, Refused
from attune.care.checkins.models import Invitation
from attune.care.questionnaires.rules import LINES, LONGER_EVERY, RHYTHMS, TAPS
from attune.care.workflows.offer_checkin import Wanted, get_participant, offer_checkin
from attune.care.workflows.questionnaire_rhythm import end_rhythm, set_rhythm
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.invitations import show_link
from attune.doors.desk.measure_sentences import basis_of, rhythm, told
from attune.insight.questionnaires_page import get_questionnaires_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def questionnaires(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The page; what budget or client say no to comes back on it, with what was chosen."""
    if request.method != "POST":
        return _page(request, viewer, participant_id)
    get_participant(participant_id, by=viewer, at=clock.now())  # another's is missing, ended work is closed
    press = _PRESSES.get(request.POST.get("do", ""))
    if press is None:
        raise NotYours
    try:
        return press(request, viewer, participant_id)
    except (Refused, Conflict) as problem:
        return _page(request, viewer, participant_id, problem)


def _ask(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    every = request.POST.get("every", "")
    set_rhythm(
        participant_id,
        instrument=request.POST.get("instrument", ""),
        every=int(every) if every in map(str, RHYTHMS) else 0,
        by=viewer,
        at=clock.now(),
    )
    return redirect("desk:questionnaires", participant_id)


def _stop(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    end_rhythm(participant_id, instrument=request.POST.get("instrument", ""), by=viewer, at=clock.now())
    return redirect("desk:questionnaires", participant_id)


def _once(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    wanted = Wanted(
        participant_id,
        Invitation.Kind.QUESTIONNAIRE,
        instrument=request.POST.get("instrument", ""),
        beyond=request.POST.get("wanted") == "yes",
    )
    return show_link(request, offer_checkin(wanted, by=viewer, at=clock.now()))


_PRESSES: dict[str, Callable[[HttpRequest, Viewer, UUID], HttpResponse]] = {"ask": _ask, "stop": _stop, "once": _once}


def _page(
    request: HttpRequest, viewer: Viewer, participant_id: UUID, problem: Refused | Conflict | None = None
) -> HttpResponse:
    page = get_questionnaires_page(viewer, participant_id, at=clock.now())
    context = {
        "page": page,
        "running": [(one, rhythm(one.every)) for one in page.running],
        "courses": [
            (course, [(row, told(row)) for row in course.rows], basis_of(course.basis)) for course in page.courses
        ],
        "rhythms": [(str(every), rhythm(every)) for every in RHYTHMS],
        "budget": {"taps": TAPS, "lines": LINES, "longer": rhythm(LONGER_EVERY)},
        "sent": request.POST.dict() if problem else {},
        "problem": problem.sentence if problem else "",
    }
    return show(request, "desk/questionnaires.html", context, status=problem.status if problem else 200)
