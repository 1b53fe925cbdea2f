"""Appointments: plan one or a series, say that it took place, that nobody came, or that it takes place after all."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.care.access.relations import check_can_work_in
from attune.care.schedule.actions import hold_session, note_not_seen, plan_appointment, reinstate_appointment
from attune.care.schedule.models import Appointment
from attune.care.schedule.series import plan_series
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.times_typed import repeats_of, when_of
from attune.insight.appointments import get_appointment
from attune.insight.episode_page import get_episode_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def new(request: HttpRequest, viewer: Viewer, episode_id: UUID) -> HttpResponse:
    """Plan the next meeting, or the same hour again and again."""
    sent = request.POST.dict()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _plan(sent, viewer, episode_id)
            return redirect("desk:episode", episode_id)
        except Refused as problem:
            errors = problem.fields
        except Conflict as problem:
            errors = {"time": problem.sentence}
    page = get_episode_page(viewer, episode_id, at=clock.now())
    context = {
        "page": page,
        "sent": sent,
        "errors": errors,
        "places": [("", gettext("leave open")), *Appointment.Place.choices],
        "repeat": sent.get("repeat") or "once",
        "repeats": [("once", gettext("once")), ("1", gettext("every week")), ("2", gettext("every second week"))],
    }
    return show(request, "desk/new_appointment.html", context, status=422 if errors else 200)


def _plan(sent: dict[str, str], viewer: Viewer, episode_id: UUID) -> None:
    now = clock.now()
    episode = check_can_work_in(viewer, episode_id, at=now)
    when, repeats = when_of(sent, episode.zone), repeats_of(sent)
    if repeats is None:
        plan_appointment(episode, when=when, by=viewer, at=now)
    else:
        plan_series(episode, first=when, repeats=repeats, leave_out="leave_out" in sent, by=viewer, at=now)


@require_POST
@therapists_only
def held(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It took place; then the therapist says how, before seeing what the client says."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    session = hold_session(appointment, by=viewer, at=clock.now())
    return redirect(f"{reverse('desk:episode', args=[appointment.episode_id])}#session-{session.number}")


@require_POST
@therapists_only
def not_seen(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """Nobody came, and nobody had said."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    note_not_seen(appointment, by=viewer, at=clock.now())
    return redirect("desk:episode", appointment.episode_id)


@require_POST
@therapists_only
def reinstated(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It takes place after all, by itself or with all that was cancelled together with it."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    reinstate_appointment(appointment, together="together" in request.POST, by=viewer, at=clock.now())
    return redirect("desk:episode", appointment.episode_id)
