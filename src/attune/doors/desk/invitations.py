"""A check-in is offered: the link and its QR code are shown once, on the therapist's screen."""

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from attune.base import clock
from attune.base.errors import NotYours
from attune.care.workflows.hand_over import hand_over
from attune.care.workflows.offer_checkin import Offer, Wanted, offer_checkin
from attune.doors.desk.doorway import show, therapists_only
from attune.doors.desk.sheet import address_of
from attune.doors.links import checkin_link
from attune.doors.tablet import hand_to_client, tablet_of
from attune.people.viewers import Viewer


@require_POST
@therapists_only
def invite(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """Offer the check-in before an appointment or after a session."""
    return show_link(request, offer_checkin(_wanted(request, participant_id), by=viewer, at=clock.now()))


@require_POST
@therapists_only
def hand_over_here(request: HttpRequest, viewer: Viewer, participant_id: UUID) -> HttpResponse:
    """Hand this very screen to the client: the session of whoever is signed in ends, and one form is open."""
    wanted = _wanted(request, participant_id)
    offer = hand_over(wanted, tablet=tablet_of(request), by=viewer, at=clock.now())
    return hand_to_client(request, redirect("portal:checkin", offer.token), offer.invitation.id)


def _wanted(request: HttpRequest, participant_id: UUID) -> Wanted:
    sent = request.POST
    try:
        about = UUID(sent["about"]) if sent.get("about") else None
    except ValueError as problem:
        raise NotYours from problem
    return Wanted(
        participant_id, sent.get("kind", ""), about, sent.get("instrument", ""), beyond=sent.get("wanted") == "yes"
    )


def show_link(request: HttpRequest, offer: Offer) -> HttpResponse:
    """The link and its code, on this answer alone: nothing keeps the token."""
    link = checkin_link(offer.token)
    drawing = segno.make(link, error="m").svg_inline(border=2, dark="#000", omitsize=True)
    context = {
        "offer": offer,
        "link": link,
        "qr": mark_safe(drawing),  # noqa: S308 - drawn by segno from our own link
        "sheet": address_of("sheet", offer.wanted),
        "enter": address_of("enter", offer.wanted),
    }
    return show(request, "desk/invitation.html", context)
