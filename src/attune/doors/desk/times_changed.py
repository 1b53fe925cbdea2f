"""A time is cancelled or moved, each on a page of its own that asks at whose wish; how the time of a session was kept.

Nobody is asked why, and nothing is counted.
"""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.care.schedule.actions import cancel_appointment, check_can_cancel, note_time_kept
from attune.care.schedule.models import Appointment, Session, Side
from attune.care.schedule.moves import check_can_move, move_appointment
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.times_typed import number_of, when_of
from attune.insight.appointments import AppointmentPage, get_appointment_page
from attune.insight.time_kept import get_time_kept
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def cancelled(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It will not take place: at whose wish, and whether that holds for what follows it in its series."""
    page = get_appointment_page(viewer, appointment_id, at=clock.now())
    sent, errors = request.POST.dict(), {}
    if request.method != "POST":
        check_can_cancel(page.appointment)
    if request.method == "POST":
        try:
            _cancel(page, sent, viewer)
            return redirect("desk:episode", page.appointment.episode_id)
        except Refused as problem:
            errors = problem.fields
    context = {"page": page, "sent": sent, "errors": errors, "sides": _sides(page)}
    return show(request, "desk/cancel.html", context, status=422 if errors else 200)


def _cancel(page: AppointmentPage, sent: dict[str, str], viewer: Viewer) -> None:
    side = sent.get("side", "")
    if not side:
        raise Refused("Say at whose wish.", {"side": "Say at whose wish. Nobody has to say why."})
    following = sent.get("which") == "following"
    cancel_appointment(page.appointment, side=side, following=following, by=viewer, at=page.at)


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def moved(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """Another time or place; who was overtaken by somebody else finds what they typed, beside what is so now."""
    page = get_appointment_page(viewer, appointment_id, at=clock.now())
    one = page.appointment
    check_can_move(one)
    sent, errors = request.POST.dict(), {}
    if request.method == "POST":
        try:
            move_appointment(
                one,
                to=when_of(sent, one.zone),
                side=sent.get("side", ""),
                seen=_seen(sent),
                by=viewer,
                at=page.at,
            )
            return redirect("desk:episode", one.episode_id)
        except Refused as problem:
            errors = problem.fields
        except Conflict as problem:
            errors = {"time": problem.sentence}
    now = {"day": one.day.isoformat(), "time": one.time.strftime("%H:%M"), "place": one.place}
    places = [("", gettext("leave open")), *Appointment.Place.choices]
    context = {"page": page, "sent": now | sent, "errors": errors, "sides": _sides(page), "places": places}
    return show(request, "desk/move.html", context, status=422 if errors else 200)


def _seen(sent: dict[str, str]) -> datetime:
    """When it was to begin on the page that was filled in; unreadable is as good as another time."""
    try:
        return datetime.fromisoformat(sent.get("seen", ""))
    except ValueError as problem:
        raise Refused("The page was incomplete.", {"time": "Look at the time, and press again."}) from problem


def _sides(page: AppointmentPage) -> list[tuple[str, str]]:
    return [(key, page.names if key == Side.CLIENT and page.alone else str(label)) for key, label in Side.choices]


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def time_kept(request: HttpRequest, viewer: Viewer, session_id: UUID) -> HttpResponse:
    """As planned, or late, early or over by some minutes; nothing marked is nothing said."""
    page = get_time_kept(viewer, session_id, at=clock.now())
    sent, errors = request.POST.dict(), {}
    if request.method == "POST":
        try:
            off_by = number_of(sent, "off_by")
            note_time_kept(session_id, kept=sent.get("kept", ""), off_by=off_by, by=viewer, at=clock.now())
            return redirect("desk:episode", page.session.episode_id)
        except Refused as problem:
            errors = problem.fields
    else:
        sent = {"kept": page.session.kept, "off_by": str(page.session.off_by or "")}
    choices = [*Session.Kept.choices, ("", gettext("leave open"))]
    context = {"page": page, "sent": sent, "errors": errors, "choices": choices}
    return show(request, "desk/time_kept.html", context, status=422 if errors else 200)
