"""A client's own pages: home, what they said, who looked, their record."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from attune.base import clock
from attune.care.workflows.offer_next import offer_own_next
from attune.doors.feedback_sentences import told_to_client
from attune.doors.gates import opened_by_pin
from attune.doors.portal.browser import browser_of
from attune.doors.portal.doorway import clients_only, show, signed_in_only
from attune.insight.client_home import OwnWork, get_dates, get_home, list_works
from attune.insight.client_looks import list_who_looked
from attune.insight.client_said import get_said, list_said
from attune.people.own_account import DATES
from attune.people.viewers import Viewer


@require_safe
@signed_in_only
def home(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Where a client arrives. Behind the PIN for dates: when they come next, and no sign that there is more."""
    if opened_by_pin(request) == DATES:
        return show(request, "portal/dates.html", {"dates": get_dates(viewer, at=clock.now())})
    page = get_home(viewer, at=clock.now())
    loops = [(work, _loops(work)) for work in page.works]
    return show(request, "portal/home.html", {"home": page, "loops": loops, "here": "home"})


def _loops(work: OwnWork) -> list[dict[str, Any]]:
    with timezone.override(work.participant.episode.zone):
        return [told_to_client(loop) for loop in work.loops]


@require_POST
@clients_only
def check_in(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """The check-in that comes next, by a link of its own, as if it had been sent."""
    token = offer_own_next(participant_id, browser=browser_of(request), by=viewer, at=clock.now())
    return redirect("portal:checkin", token)


@require_safe
@clients_only
def said(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What they said, and when."""
    return show(request, "portal/said.html", {"months": list_said(viewer, at=clock.now()), "here": "said"})


@require_safe
@clients_only
def one_said(request: HttpRequest, viewer: Viewer, response_id: UUID) -> HttpResponse:
    """One check-in as they gave it."""
    page = get_said(viewer, response_id, at=clock.now())
    with timezone.override(page.response.participant.episode.zone):
        loops = [told_to_client(loop) for loop in page.loops]
    return show(request, "portal/one_said.html", {"page": page, "loops": loops, "here": "said"})


@require_safe
@clients_only
def looked(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who opened something of theirs, by day."""
    return show(request, "portal/looked.html", {"months": list_who_looked(viewer, at=clock.now())})


@require_safe
@clients_only
def record(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything that is kept about them here, and what they may do with it."""
    return show(request, "portal/record.html", {"works": list_works(viewer, at=clock.now())})
