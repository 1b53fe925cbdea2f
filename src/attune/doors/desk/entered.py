"""A check-in without a phone: a sheet to be printed, and what was written on it, or said aloud, entered at the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.base.ids import new_id
from attune.care.checkins.models import Response
from attune.care.workflows.enter_checkin import enter_checkin
from attune.care.workflows.offer_checkin import Wanted
from attune.care.workflows.receive_checkin import Sent
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.sheet import address_of, parts_of
from attune.doors.form_page import NOT_ANSWERS, context_of
from attune.doors.typed import get_typed
from attune.insight.entry_form import get_entry_form
from attune.pages.components.forms import Choices, choices
from attune.people.viewers import Viewer

#: The field for how it came, beside the client's answers.
CHANNEL = "channel"


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def enter(request: HttpRequest, viewer: Viewer, participant_id: UUID, **about: Any) -> HttpResponse:
    """The client's form, filled in for them. Where a prediction is still open, that is offered first.

    What has been answered is entered, whatever the budget says: it guards the asking.
    """
    wanted = _wanted(participant_id, beyond=True, **about)
    if request.method != "POST":
        return _form(request, viewer, wanted)
    sent = _sent(request)
    try:
        entered = enter_checkin(wanted, sent=sent, by=viewer, at=clock.now())
    except Refused as problem:
        return _form(request, viewer, wanted, sent, problem)
    except Conflict as problem:
        context = {"sentence": problem.sentence, "typed": get_typed(request)}
        return show(request, "desk/not_entered.html", context, status=problem.status)
    if entered.receipt.danger:  # the concern stands first there
        return redirect("desk:episode", entered.episode_id)
    return redirect("desk:response", entered.receipt.response_id)


@require_safe
@therapists_only
def sheet(request: HttpRequest, viewer: Viewer, participant_id: UUID, **about: Any) -> HttpResponse:
    """The same form on paper. It bears initials alone."""
    wanted = _wanted(participant_id, beyond=request.GET.get("wanted") == "yes", **about)
    page = get_entry_form(viewer, wanted, at=clock.now())
    context = {
        "page": page,
        "parts": parts_of(page.form),
        "helped": Response.Helped.labels,
        "enter": address_of("enter", wanted),
    }
    return show(request, "desk/sheet.html", context)


def _wanted(
    participant_id: UUID,
    *,
    beyond: bool,
    session_id: UUID | None = None,
    appointment_id: UUID | None = None,
    instrument: str = "",
) -> Wanted:
    kind = "questionnaire" if instrument else "after" if session_id else "before"
    return Wanted(participant_id, kind, session_id or appointment_id, instrument, beyond)


def _form(
    request: HttpRequest, viewer: Viewer, wanted: Wanted, sent: Sent | None = None, problem: Refused | None = None
) -> HttpResponse:
    page = get_entry_form(viewer, wanted, at=clock.now())
    if page.may_predict and sent is None and "now" not in request.GET:
        return show(request, "desk/predict_first.html", {"page": page, "wanted": wanted})
    errors = problem.fields if problem else {}
    context = context_of(page.form, sent.raw if sent else {}, errors) | {
        "page": page,
        "wanted": wanted,
        "client": page.name,
        "submission": sent.submission if sent else new_id(),
        "channel": choices(
            Choices(
                name=CHANNEL,
                legend=gettext("How did it come?"),
                options=[("on paper", gettext("written on paper")), ("said in session", gettext("said aloud"))],
                checked=sent.channel if sent else None,
                error=errors.get(CHANNEL, ""),
                across=True,
                voice="therapist",
            )
        ),
    }
    return show(request, "desk/enter.html", context, status=422 if problem else 200)


def _sent(request: HttpRequest) -> Sent:
    raw = {key: str(value) for key, value in request.POST.items() if key not in (*NOT_ANSWERS, CHANNEL)}
    try:
        submission = UUID(request.POST.get("submission", ""))
    except ValueError:  # without a readable key this is a submission of its own
        submission = new_id()
    return Sent(raw, submission, get_language() or "en", channel=request.POST.get(CHANNEL, ""))
