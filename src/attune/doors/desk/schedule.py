"""Appointments as far as the loop needs them: plan one, say that it took place, or that it will not."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from attune.base import clock
from attune.base.errors import Conflict, Refused
from attune.care.access.relations import check_can_work_in
from attune.care.schedule.actions import When, cancel_appointment, hold_session, plan_appointment, reinstate_appointment
from attune.care.schedule.models import Appointment
from attune.doors.desk.doorway import show, therapists_only
from attune.insight.appointments import get_appointment
from attune.insight.episode_page import get_episode_page
from attune.people.viewers import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
@therapists_only
def new(request: HttpRequest, viewer: Viewer, episode_id: UUID) -> HttpResponse:
    """Plan the next meeting."""
    sent = request.POST.dict()
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            episode = check_can_work_in(viewer, episode_id, at=clock.now())
            plan_appointment(episode, when=_when(sent, episode.zone), by=viewer, at=clock.now())
            return redirect("desk:episode", episode_id)
        except Refused as problem:
            errors = problem.fields
        except Conflict as problem:
            errors = {"time": problem.sentence}
    page = get_episode_page(viewer, episode_id, at=clock.now())
    context = {"page": page, "sent": sent, "errors": errors, "places": [("", "–"), *Appointment.Place.choices]}
    return show(request, "desk/new_appointment.html", context, status=422 if errors else 200)


@require_POST
@therapists_only
def held(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It took place; then the therapist says how, before seeing what the client says."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    hold_session(appointment, by=viewer, at=clock.now())
    return redirect("desk:episode", appointment.episode_id)


@require_POST
@therapists_only
def reinstated(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It takes place after all."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    reinstate_appointment(appointment, by=viewer, at=clock.now())
    return redirect("desk:episode", appointment.episode_id)


@require_POST
@therapists_only
def cancelled(request: HttpRequest, viewer: Viewer, appointment_id: UUID) -> HttpResponse:
    """It will not take place."""
    appointment = get_appointment(viewer, appointment_id, at=clock.now())
    cancel_appointment(appointment, by=viewer, at=clock.now())
    return redirect("desk:episode", appointment.episode_id)


def _when(sent: dict[str, str], zone: str) -> When:
    fields: dict[str, str] = {}
    try:
        day = date.fromisoformat(sent.get("day", ""))
    except ValueError:
        fields["day"] = "Write the day as 2026-03-19."
    try:
        hour = datetime.strptime(sent.get("time", ""), "%H:%M").time()  # noqa: DTZ007 - wall time of the episode
    except ValueError:
        fields["time"] = "Write the time as 16:00."
    if fields:
        raise Refused("The day or the time could not be read.", fields)
    return When(day, hour, zone, sent.get("place", ""))
