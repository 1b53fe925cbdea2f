"""Transcripts in a client's own pages: asked and answered, read, contested, taken back."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from attune.base import clock
from attune.base.errors import Conflict, NotYours
from attune.care.consent.actions import TERMS
from attune.doors.portal.doorway import clients_only, show
from attune.doors.transcript_lines import lines
from attune.insight.client_transcripts import (
    get_own_asked,
    get_own_consent,
    get_own_transcript_page,
    list_own_transcripts,
)
from attune.people.viewers import Viewer
from attune.transcripts.actions import contest_own, let_own_stand
from attune.transcripts.consented import answer_asked, take_consent_back
from attune.transcripts.readers import get_own_finding


@require_safe
@clients_only
def transcripts(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What they were asked, and what they agreed to."""
    return show(request, "portal/transcripts.html", {"page": list_own_transcripts(viewer, at=clock.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@clients_only
def asked(request: HttpRequest, viewer: Viewer, asked_id: UUID) -> HttpResponse:
    """Whether a transcript may be read: yes or no, each by one press, or left alone."""
    if request.method == "POST":
        agrees = {"yes": True, "no": False}.get(request.POST.get("answer", ""))
        if agrees is None:
            raise NotYours
        with suppress(Conflict):  # answered before: how it stands is shown
            answer_asked(asked_id, agrees=agrees, by=viewer, at=clock.now())
        return redirect("portal:transcripts")
    page = get_own_asked(viewer, asked_id, at=clock.now())
    if page.agreed is not None:
        return redirect("portal:consent", page.agreed.consent.id)
    return show(request, "portal/consent.html", {"page": page, "terms": TERMS})


@require_http_methods(["GET", "HEAD", "POST"])
@clients_only
def consent(request: HttpRequest, viewer: Viewer, consent_id: UUID) -> HttpResponse:
    """What they agreed to; taken back, the transcript that rests on it is erased at once."""
    page = get_own_consent(viewer, consent_id, at=clock.now())
    if request.method == "POST":
        with suppress(Conflict):  # taken back before
            take_consent_back(consent_id, by=viewer, at=clock.now())
    if request.method == "POST" or page.agreed is None:
        return redirect("portal:transcripts")
    return show(request, "portal/consent.html", {"page": page, "terms": page.agreed.consent.terms})


@require_safe
@clients_only
def transcript(request: HttpRequest, viewer: Viewer, transcript_id: UUID) -> HttpResponse:
    """The text, with what rules found beside it."""
    page = get_own_transcript_page(viewer, transcript_id, at=clock.now())
    return show(request, "portal/transcript.html", {"page": page, "lines": lines(page), "me": viewer.me})


@require_POST
@clients_only
def finding(request: HttpRequest, viewer: Viewer, finding_id: UUID) -> HttpResponse:
    """They say that a finding is not so, or let it stand again; back to its line."""
    found, press = get_own_finding(viewer, finding_id), request.POST.get("do", "")
    if press == "contest":
        contest_own(found, by=viewer, at=clock.now())
    elif press == "let-stand":
        let_own_stand(found, by=viewer, at=clock.now())
    else:
        raise NotYours
    return redirect(f"{reverse('portal:transcript', args=[found.transcript_id])}#line-{found.utterance + 1}")
